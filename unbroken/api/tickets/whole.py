"""One ticket with everything around it: promises, the chain of hands, the timeline."""

from collections.abc import Sequence
from datetime import datetime

from unbroken.api.tickets.hands import Hands
from unbroken.api.tickets.narrowing import Narrowing
from unbroken.api.tickets.options import WHOLE
from unbroken.api.tickets.promises import promises_of
from unbroken.api.tickets.queries import SEES_ALL, Json, hands_by_number, iso, tickets
from unbroken.ground.log import events_of


def whole_ticket(number: int, fields: Sequence[str] = WHOLE, *, at: datetime) -> Json:
    """One ticket, which the caller has found for a reader who may see it."""
    (ticket,) = tickets(Narrowing(numbers=(number,)), sight=SEES_ALL, limit=1, fields=fields)
    if "promises" in fields:
        ticket["promises"] = promises_of(number, at=at)
    if "chain" in fields:
        hands = hands_by_number([number]).get(number, Hands())
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
