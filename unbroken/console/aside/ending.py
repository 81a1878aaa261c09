"""What is asked before a request ends: things to do that are not done."""

from unbroken.conversation import queries as record
from unbroken.conversation.ending import ENDS, check_fields
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _

refusals(
    {
        "console.things_left": _(
            "Not everything is done: {left} of the things to do are open. "
            "Do them, or tick “anyway”."
        )
    }
)


def check_ending(ticket_id: int, *, to: str, anyway: bool) -> None:
    """Ask once, when it is to be resolved or closed with things left to do; insist on fields."""
    if to not in ENDS:
        return
    check_fields(ticket_id)
    if anyway:
        return
    left = record.open_items(ticket_id)
    if left:
        raise Refused("console.things_left", left=left)
