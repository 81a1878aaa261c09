"""What reading made of something that came in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.conversation.ids import MessageId, TicketId
from unbroken.intake.ids import IntakeId


@dataclass(frozen=True, slots=True)
class Outcome:
    """`outcome`: opened, joined, remark, bounce; of an agent's mail answered, held (not sent) or
    kept (a machine's: nothing came of it). Each names its ticket but `reported`: a crew's step, or
    whether service is well again."""

    outcome: str
    ticket_id: TicketId
    message_id: MessageId | None = None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What was kept of the raw thing when it was taken in."""

    id: IntakeId
    channel: str
    mailbox: str
    envelope: dict[str, Any]
    sha256: bytes
    taken_at: datetime
