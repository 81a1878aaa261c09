"""Whether the clocks that are kept are those that the record gives: asked night by night."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation.states import OPEN
from unbroken.ground.sql import rows
from unbroken.promise.models import ClockCheck
from unbroken.promise.queries.promises import standings
from unbroken.promise.queries.terms import KINDS, TicketTerms, book
from unbroken.promise.timeline import KeptClock, Standing, differing, earliest


@dataclass(frozen=True, slots=True)
class KeptTicket:
    """One line of `check_clocks.sql`."""

    ticket_id: int
    ticket_type: str
    priority: str
    status: str
    service_id: int | None
    topic_id: int | None
    asked: str
    asked_by: str
    stamp: str
    record: str | None
    edition: int | None
    next_measure: str | None
    next_due: datetime | None
    clocks: str | None
    is_awaited: bool

    @property
    def terms(self) -> TicketTerms:
        """What is needed to count it."""
        return TicketTerms(
            self.ticket_id, self.ticket_type, self.priority, self.status,
            self.service_id, self.topic_id, self.asked, self.asked_by, self.stamp, self.record,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """A batch that was compared: where to go on, and what differs of which ticket."""

    reached: int
    count: int
    differing: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A nightly check: how far it came, how many tickets differed, and the first of them."""

    id: int
    began_at: datetime
    ended_at: datetime | None
    reached: int
    looked_at: int
    differed: int
    tickets: list[int]


def compared(
    *,
    after: int,
    at: datetime,
    limit: int,
    upto: int | None = None,
    states: Collection[str] = OPEN,
) -> Looked | None:
    """One batch of tickets (the open ones) against their record; None at the end."""
    found = rows(
        KeptTicket,
        "promise/queries/check_clocks.sql",
        after=after,
        at=at,
        limit=limit,
        upto=upto,
        states=sorted(states),
        kinds=KINDS,
    )
    if not found:
        return None
    wrong = {one.ticket_id: _wrong(one, at) for one in found if not one.is_awaited}
    return Looked(found[-1].ticket_id, len(found), {k: v for k, v in wrong.items() if v})


def _wrong(kept: KeptTicket, at: datetime) -> tuple[str, ...]:
    """The measures whose clock is not what the record gives."""
    ticket = kept.terms
    resolved = book(ticket.stamp).resolve(ticket.asked)
    if kept.edition is not None and kept.edition != resolved.edition:
        return ()  # other terms since: the timer is about to count it
    last = {key: found[-1] for key, found in standings(ticket, resolved, at=at).items()}
    wrong = differing(_clocks(kept.clocks), last)
    return wrong or _wrong_next(kept, last)


def _wrong_next(kept: KeptTicket, last: Mapping[str, Standing]) -> tuple[str, ...]:
    """The one promise that stands in the list, if it is not the earliest."""
    measure, due = earliest(last) or ("", None)
    if (kept.next_due, kept.next_measure if due else "") == (due, measure):
        return ()
    return (measure or kept.next_measure or "",)


def _clocks(text: str | None) -> dict[str, KeptClock]:
    return {
        measure: KeptClock(cause, _at(start), _at(end), _at(due), _at(warn), _at(paused), seconds)
        for measure, cause, start, end, due, warn, paused, seconds in json.loads(text or "[]")
    }


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def last_check() -> CheckRow | None:
    """The check that goes on, or that was made last."""
    columns = CheckRow.__slots__
    found = ClockCheck.objects.order_by("-id").values_list(*columns).first()
    return CheckRow(*found) if found else None
