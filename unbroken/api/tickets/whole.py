"""One ticket with everything around it: promises, the chain of hands, the timeline."""

from collections.abc import Sequence
from datetime import datetime

from unbroken.api.tickets.hands import Hands
from unbroken.api.tickets.options import WHOLE
from unbroken.api.tickets.promises import promises_of
from unbroken.api.tickets.queries import COUNTED, Json, as_json, hands_by_number, iso, ticket_row
from unbroken.ground.log import events_of

HANDS = COUNTED | {"chain"}


def whole_ticket(
    number: int, fields: Sequence[str] = WHOLE, *, at: datetime, is_new: bool = False
) -> Json:
    """One ticket, which the caller has found for a reader who may see it.

    One that is new was in nobody's hands yet, so nobody looks for them.
    """
    hands = Hands()
    if not is_new and HANDS.intersection(fields):
        hands = hands_by_number([number]).get(number, hands)
    ticket = as_json(ticket_row(number), hands, fields)
    if "promises" in fields:
        ticket["promises"] = promises_of(number, at=at)
    if "chain" in fields:
        ticket["chain"] = [
            {
                "group": link.group,
                "person": link.person,
                "since": iso(link.since),
                "until": iso(link.until),
            }
            for link in hands.chain
        ]
    return ticket


def timeline_of(number: int) -> list[Json]:
    """Every event of a ticket, in order. Who did it is named by kind and number."""
    return [
        {"at": iso(event.at), "by": event.by, "kind": event.kind, "data": dict(event.data)}
        for event in events_of([f"ticket:{number}"])
    ]
