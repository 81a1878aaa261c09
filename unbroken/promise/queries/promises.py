"""Where a ticket's promises stand, counted from the record when asked."""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from unbroken.ground.events import LoggedEvent
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase
from unbroken.promise.book import Resolved
from unbroken.promise.legs import CountedLeg, InternalBook, count_leg, legs_of
from unbroken.promise.measures import all_measures
from unbroken.promise.models import Clock, NextPromise, Violation
from unbroken.promise.queries.terms import KINDS, TicketTerms, book, target_for, ticket_terms
from unbroken.promise.timeline import (
    Interval,
    Standing,
    State,
    intervals,
    runs,
    stand,
    standing_events,
)


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise of a ticket: for pages, the command line, the API.

    `due` is None while it is paused. `intervals` cover it without gaps, each with its owner.
    """

    key: str
    label: Phrase
    state: State
    due: datetime | None
    paused: bool
    started_at: datetime
    ended_at: datetime | None
    warn_at: datetime | None
    is_warned: bool
    target_seconds: int
    used_seconds: float
    remaining_seconds: float
    intervals: tuple[Interval, ...]
    cause: int = 0

    @property
    def is_owed(self) -> bool:
        """Nobody has kept or ended it yet."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class ViolationRow:
    """A promise that was missed."""

    ticket_id: int
    measure: str
    agreement: str
    priority: str
    cause: int
    started_at: datetime
    due_at: datetime
    changed_at: datetime


Story = tuple[list[LoggedEvent], list[list[LoggedEvent]]]
"""What happened on a ticket, and on each that was merged into it."""

TO_RESOLVE = "time_to_resolve"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record says of one ticket, as JSON."""

    stream: str
    record: str


def promises_of(ticket_id: int, *, at: datetime) -> tuple[PromiseRow, ...]:
    """Every promise of a ticket at this instant, also those kept, missed and void.

    A promise that ended is judged once: a later agreement or priority does not turn a kept
    promise into a missed one.
    """
    ticket = ticket_terms(ticket_id)
    if ticket is None:
        return ()
    missed = {(row.measure, row.cause) for row in violations_of(ticket_id)}
    return counted_rows(ticket, missed, judged_of(ticket_id), at=at)


@dataclass(frozen=True, slots=True)
class Judged:
    """The run of a measure that was counted last, and whether it was over by then."""

    cause: int
    is_over: bool


def counted_rows(
    ticket: TicketTerms,
    missed: Set[tuple[str, int]],
    judged: Mapping[str, Judged],
    *,
    at: datetime,
) -> tuple[PromiseRow, ...]:
    """The promises of a ticket in hand, with what is known of its past judgements."""
    resolved = book(ticket.stamp).resolve(ticket.asked)
    return rows_of(standings(ticket, resolved, at=at), missed, judged)


def rows_of(
    counted: Mapping[str, list[Standing]],
    missed: Set[tuple[str, int]],
    judged: Mapping[str, Judged],
) -> tuple[PromiseRow, ...]:
    """Every run as a row, as it was judged."""
    return tuple(
        row_of(key, standing, missed, judged)
        for key, found in counted.items()
        for standing in found
    )


def judged_of(ticket_id: int) -> dict[str, Judged]:
    """How far the promises of a ticket have been judged, by measure."""
    found = Clock.objects.filter(ticket_id=ticket_id)
    return {
        measure: Judged(cause, ended_at is not None)
        for measure, cause, ended_at in found.values_list("measure", "cause", "ended_at")
    }


def is_judged(last: Judged | None, standing: Standing) -> bool:
    """Whether a run that is over was already judged when it ended; it is judged once."""
    run = standing.run
    if last is None or not run.is_over:
        return False
    return last.cause > run.cause or (last.cause == run.cause and last.is_over)


def violations_of(ticket_id: int) -> list[ViolationRow]:
    """The promises missed on a ticket, in the order in which they were due."""
    columns = ViolationRow.__slots__
    found = Violation.objects.filter(ticket_id=ticket_id).order_by("due_at", "id")
    return [ViolationRow(*values) for values in found.values_list(*columns)]


def standings(
    ticket: TicketTerms, resolved: Resolved, *, at: datetime, story: Story | None = None
) -> Mapping[str, list[Standing]]:
    """All runs of every measure that this ticket was promised something in."""
    if resolved.terms is None:
        return {}
    own, merged = story or record_of(ticket)
    counted: dict[str, list[Standing]] = {}
    for key, measure in all_measures().items():
        target = target_for(ticket, key, resolved)
        if target is None:
            continue
        counted[key] = [
            stand(
                run,
                seconds=target.seconds,
                calendar=resolved.terms.calendar,
                warning_share=target.warning_share,
                at=at,
            )
            for run in runs(measure, own, merged)
        ]
    return {key: found for key, found in counted.items() if found}


def counted_legs(
    ticket: TicketTerms, internal: InternalBook, *, at: datetime, story: Story
) -> tuple[CountedLeg, ...]:
    """How long each team and partner had this ticket, against its target if it has one."""
    own, merged = story
    resolving = runs(all_measures()[TO_RESOLVE], own, merged)
    return tuple(
        count_leg(leg, internal.get((leg.whose, leg.whose_id)), priority=ticket.priority, at=at)
        for leg in legs_of(resolving, standing_events(own))
    )


def record_of(ticket: TicketTerms) -> Story:
    """What happened on a ticket, and on each that was merged into it, however far back."""
    own = _events(f"ticket:{ticket.ticket_id}", ticket.record)
    merged: list[list[LoggedEvent]] = []
    seen, wave = {ticket.ticket_id}, _absorbed(own)
    while wave := [other for other in wave if other not in seen]:
        seen.update(wave)
        found = rows(
            Recorded,
            "promise/queries/record.sql",
            streams=[f"ticket:{other}" for other in wave],
            kinds=KINDS,
        )
        streams = [_events(one.stream, one.record) for one in found]
        merged += streams
        wave = [other for stream in streams for other in _absorbed(stream)]
    return own, merged


def _absorbed(events: Iterable[LoggedEvent]) -> list[int]:
    return [int(e.data["other"]) for e in events if e.kind == "ticket.absorbed"]


def _events(stream: str, record: str | None) -> list[LoggedEvent]:
    return [
        LoggedEvent(number, stream, version, kind, datetime.fromisoformat(at), by, data)
        for number, version, kind, at, by, data in json.loads(record or "[]")
    ]


@dataclass(frozen=True, slots=True)
class TimerHealth:
    """How far the timer is behind: tickets whose clocks have rung unheard, since when."""

    unheard: int
    since: datetime | None


def timer_health(*, at: datetime) -> TimerHealth:
    """For the doctor: clocks that rang more than a minute ago and were not looked at."""
    rung = NextPromise.objects.filter(next_at__lt=at - timedelta(minutes=1))
    found = rung.aggregate(unheard=Count("ticket_id"), since=Min("next_at"))
    return TimerHealth(found["unheard"], found["since"])


def row_of(
    key: str,
    standing: Standing,
    missed: Set[tuple[str, int]],
    judged: Mapping[str, Judged],
) -> PromiseRow:
    """A promise as it stands, by what is known of its past judgement."""
    run = standing.run
    state: State = standing.state
    if run.is_over and (key, run.cause) in missed:
        state = "missed"
    elif state == "missed" and is_judged(judged.get(key), standing):
        state = "cancelled" if run.ending == "void" else "met"
    return PromiseRow(
        key=key,
        label=all_measures()[key].label,
        state=state,
        due=standing.due_at,
        paused=run.pause is not None,
        started_at=run.started_at,
        ended_at=run.ended_at,
        warn_at=standing.warn_at,
        is_warned=standing.is_warned,
        target_seconds=standing.seconds,
        used_seconds=standing.used_seconds,
        remaining_seconds=standing.remaining_seconds,
        intervals=intervals(run),
        cause=run.cause,
    )
