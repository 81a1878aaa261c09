"""Whether a request is only the echo of our own automatic mails."""

from datetime import datetime

from unbroken.conversation.echoes import LOOK_BACK, Said, is_echo
from unbroken.ground.sql import rows

TICKETS_MAX = 60


def is_echo_of_ours(contact_id: int, *, at: datetime) -> bool:
    """Whether the last words of this contact answer a machine of ours as a machine would."""
    return is_echo(
        rows(
            Said,
            "conversation/queries/echoes.sql",
            contact=contact_id,
            since=at - LOOK_BACK,
            tickets=TICKETS_MAX,
        )
    )
