"""What a request asks for before people, rules or programs end it: fields, and things to do.

A customer who says that it works again is never held back by it.
"""

from typing import Final

from unbroken.conversation import queries
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _, current_language

ENDS: Final = frozenset({"resolve", "close"})

refusals(
    {"ticket.things_left": _("Not everything is done: {left} of the things to do are open.")},
)


def check_ending(ticket_id: int) -> None:
    """Refused while a field that it needs is empty, or one of the things to do is open."""
    check_fields(ticket_id)
    left = queries.open_items(ticket_id)
    if left:
        raise Refused("ticket.things_left", left=left)


def check_fields(ticket_id: int) -> None:
    """Some fields must be filled in before a request is resolved or closed."""
    ticket = queries.ticket_facts(ticket_id)
    wanting = queries.missing_at_closing(ticket_id, ticket.topic_id if ticket else None)
    if wanting:
        raise Refused("field.missing", name=wanting[0].name_in(current_language()))
