"""What was taken in, read once more: how it would enter the record if it came now."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from unbroken.directory import queries as directory
from unbroken.ground.clock import now
from unbroken.intake.channels import channels
from unbroken.intake.entering.mail import may_join
from unbroken.intake.inbound import Inbound
from unbroken.intake.models import Intake
from unbroken.intake.threading import belongs, find_ticket


@dataclass(frozen=True, slots=True)
class Kept:
    """A raw thing as it is stored; `raw` is None once it was erased."""

    id: int
    channel: str
    mailbox: str
    raw: bytes | None
    sha256: bytes
    envelope: dict[str, Any]
    taken_at: datetime
    outcome: str
    ticket_id: int | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What it says, and what would become of it: opened, joined, remark or bounce; and why."""

    kept: Kept
    said: Any
    outcome: str
    ticket_id: int | None = None
    by: str = ""
    linked: tuple[int, ...] = ()


def stored(intake_id: int) -> Kept | None:
    """What was taken in under this number."""
    row = Intake.objects.filter(pk=intake_id).first()
    if row is None:
        return None
    return Kept(
        id=row.pk,
        channel=row.channel,
        mailbox=row.mailbox,
        raw=None if row.raw is None else bytes(row.raw),
        sha256=bytes(row.sha256),
        envelope=row.envelope,
        taken_at=row.taken_at,
        outcome=row.outcome,
        ticket_id=row.ticket_id,
    )


def replay(kept: Kept) -> Replayed:
    """Read it again; nothing is written."""
    said = channels()[kept.channel].read(kept.raw or b"")
    if isinstance(said, Inbound):
        return _mail(kept, said)
    joins = getattr(said, "ticket_id", None)
    return Replayed(kept, said, "joined" if joins else "opened", joins)


def _mail(kept: Kept, mail: Inbound) -> Replayed:
    sender = (
        directory.who_writes("email", mail.sender.email, name=mail.sender.name)
        if mail.sender
        else None
    )
    # Its own name leads to the ticket that it opened the first time.
    found = find_ticket(replace(mail, message_id=None), sender=sender)
    if found.ticket_id is None or not may_join(found.ticket_id, mail, at=now()):
        return Replayed(kept, mail, "opened", None, found.by, found.linked)
    if mail.kind == "bounce":
        outcome = "bounce"
    else:
        outcome = (
            "joined" if mail.kind == "message" and belongs(sender, found.ticket_id) else "remark"
        )
    return Replayed(kept, mail, outcome, found.ticket_id, found.by, found.linked)
