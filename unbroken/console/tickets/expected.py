"""When a request will probably be over, said as a person would, and held against its promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.tickets.promises import PromiseLine
from unbroken.conversation.ids import TicketId
from unbroken.routing import eta
from unbroken.routing.estimate.spoken import by_when

OVER = frozenset({"time_to_restore", "time_to_resolve", "request_delivered"})
"""The promises that are kept by being done."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Round times by which half, and four of five, of such requests are resolved."""

    half_by: datetime
    most_by: datetime
    news_by: datetime | None
    is_late: bool
    """More likely than not after what was promised."""


def expected_of(
    number: TicketId, promises: Iterable[PromiseLine], at: datetime, zone: str
) -> Expected | None:
    """None when it is over, or when too little is known to say anything."""
    found = next(iter(eta.estimates([number], at=at)), None)
    if found is None:
        return None
    dues = [
        one.due_at
        for one in promises
        if one.key in OVER and one.due_at is not None and one.ended_at is None
    ]
    return Expected(
        half_by=by_when(found.p50_at, at, zone),
        most_by=by_when(found.p80_at, at, zone),
        news_by=by_when(found.news_p80_at, at, zone) if found.news_p80_at else None,
        is_late=bool(dues) and found.p50_at > min(dues),
    )
