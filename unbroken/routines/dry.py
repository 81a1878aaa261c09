"""What a rule would have done: over the past days, on which requests, and why.

Each request is judged as it stood then. Nothing is written; the latest requests come first, and it
ends at so many, or when it took too long for a page.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db import connection

from unbroken.conversation import queries as asked
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import events_of
from unbroken.routines.conditions import Facts, Judged, judge
from unbroken.routines.queries import facts_of
from unbroken.routines.queries.rules import base_of, due_of, open_after
from unbroken.routines.replay import stood
from unbroken.routines.sheets import RuleSheet
from unbroken.routines.triggers import STATE_KINDS, kinds_of

DAYS: Final = 30
PERIODS: Final = (7, 30, 90, 365)
TICKETS_MAX: Final = 5_000
SECONDS_MAX: Final = 5.0
AT_ONCE: Final = 100
"""Requests whose events are read together."""

SHOWN_MAX: Final = 30

STARTS: Final = {
    "wrote": frozenset({"ticket.acknowledged", "ticket.message_added"}),
    "answered": frozenset({"ticket.replied"}),
    "state": STATE_KINDS,
}
ENDS: Final = {
    "wrote": frozenset({"ticket.replied", "ticket.merged"}),
    "answered": frozenset({"ticket.message_added", "ticket.replied", "ticket.merged"}),
    "state": STATE_KINDS | {"ticket.merged"},
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Once it would have acted: on which request, when, and what was found."""

    number: int
    at: datetime
    judged: tuple[Judged, ...]


@dataclass(slots=True)
class Rehearsal:
    """What came out. `looked_at`: how often it was started and asked its conditions; `tickets`: on
    how many requests, of so many to which it applies in these days."""

    days: int = DAYS
    tickets: int = 0
    of: int = 0
    looked_at: int = 0
    count: int = 0
    hits: list[Hit] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        """Whether there are more requests than were looked at."""
        return self.tickets < self.of

    def ask(self, sheet: RuleSheet, number: int, at: datetime, facts: Facts) -> None:
        """Would it have acted here?"""
        judged = judge(sheet.conditions, facts)
        self.looked_at += 1
        for verdict in judged:
            if not verdict.holds:
                self.failed[verdict.key] = self.failed.get(verdict.key, 0) + 1
        if all(verdict.holds for verdict in judged):
            self.count += 1
            self.hits.append(Hit(number, at, judged))


def rehearse(sheet: RuleSheet, *, at: datetime, days: int = DAYS) -> Rehearsal:
    """Go through what happened since then. Of promises only those that still run are known."""
    found = Rehearsal(days)
    ends = time.monotonic() + SECONDS_MAX
    if sheet.base == "promise":
        _ahead(sheet, found, at, ends)
    else:
        kinds = STARTS[sheet.base] if sheet.base else kinds_of(sheet.on)
        numbers = _tickets_with(kinds, found, since=at - timedelta(days=days + sheet.hours / 24))
        for some in _handfuls(numbers):
            if time.monotonic() > ends:
                break
            _past(sheet, some, found, since=at - timedelta(days=days), at=at)
    found.hits = sorted(found.hits, key=lambda hit: hit.at, reverse=True)[:SHOWN_MAX]
    return found


def _handfuls(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(numbers)
    while some := tuple(islice(rest, AT_ONCE)):
        yield some


def _past(
    sheet: RuleSheet, numbers: Sequence[int], found: Rehearsal, *, since: datetime, at: datetime
) -> None:
    """A handful of requests, whose events are read together."""
    happened: dict[str, list[LoggedEvent]] = {f"ticket:{number}": [] for number in numbers}
    for event in events_of(happened):
        happened[event.stream].append(event)
    for number in numbers:
        found.tickets += 1
        ticket = asked.ticket_facts(number)
        if ticket is None or ticket.imported:
            continue
        events = [event for event in happened[f"ticket:{number}"] if not event.imported]
        _past_of(sheet, ticket, events, found, since=since, at=at)


def _past_of(
    sheet: RuleSheet,
    ticket: TicketFacts,
    events: Sequence[LoggedEvent],
    found: Rehearsal,
    *,
    since: datetime,
    at: datetime,
) -> None:
    told = list(stood(facts_of(ticket), events))
    if sheet.base:
        for due, facts in _dues(sheet, told, at):
            if since <= due <= at:
                found.ask(sheet, ticket.id, due, facts)
        return
    kinds = kinds_of(sheet.on)
    for event, facts in told:
        if event.kind in kinds and event.at >= since and not event.by.startswith("house:rule:"):
            found.ask(sheet, ticket.id, event.at, facts)


def _dues(
    sheet: RuleSheet, told: list[tuple[LoggedEvent, Facts]], at: datetime
) -> Iterable[tuple[datetime, Facts]]:
    """When its time came, with the request as it stood then."""
    starts, ends = STARTS[sheet.base], ENDS[sheet.base]
    for place, (event, _facts) in enumerate(told):
        if event.kind not in starts:
            continue
        due, later = due_of(sheet, event.at), told[place + 1 :]
        over = next((one.at for one, _ in later if one.kind in ends | starts), None)
        if due <= at and (over is None or over > due):
            before = [facts for one, facts in told if one.at <= due]
            yield due, before[-1]


def _ahead(sheet: RuleSheet, found: Rehearsal, at: datetime, ends: float) -> None:
    """Open requests with a promise: what it would do, when their time comes."""
    numbers = open_after(0, limit=TICKETS_MAX + 1)
    found.of = len(numbers)
    for number in numbers[:TICKETS_MAX]:
        if time.monotonic() > ends:
            break
        found.tickets += 1
        ticket = asked.ticket_facts(number)
        base_at = base_of("promise", ticket, at=at) if ticket else None
        if ticket is not None and base_at is not None:
            found.ask(sheet, number, due_of(sheet, base_at), facts_of(ticket))


_TICKETS = """
-- Tickets to which one of these kinds happened lately, the latest first, and how many there are.
SELECT stream, count(*) OVER () FROM ground_event
WHERE at >= %s AND kind = ANY(%s) AND NOT imported AND stream LIKE 'ticket:%%'
GROUP BY stream ORDER BY max(id) DESC LIMIT %s
"""


def _tickets_with(kinds: frozenset[str], found: Rehearsal, *, since: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_TICKETS, [since, sorted(kinds), TICKETS_MAX])
        lines = cursor.fetchall()
    found.of = int(lines[0][1]) if lines else 0
    return [int(stream.partition(":")[2]) for stream, _count in lines]
