"""How long did it take, by when is it due, and whose time was it?

Pure: events in, intervals out. No Django, no clock; `at` is handed in. A promise's state is
computed here and nowhere else, for pages, receipts, timers and reports alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from unbroken.calendars.working_time import Calendar, TooFar
from unbroken.ground.events import LoggedEvent
from unbroken.promise.measure import WAITS_AT_MOST, WAITS_FOR, Measure, Owner, Pause, Run

State = Literal["running", "paused", "met", "missed", "cancelled"]

GRACE = timedelta(seconds=5)
"""After the due instant, before silence is taken for a miss: an answer may be committing."""

SHARED_BY_MERGED = frozenset(
    {
        "ticket.acknowledged",
        "ticket.adopted",
        "ticket.message_added",
        "ticket.replied",
        "ticket.reply_withdrawn",
    }
)
"""What a merged ticket brings along: that it was reported, and what was said on it."""

BEGINS_ANEW = frozenset({"ticket.acknowledged", "ticket.adopted"})
"""A report of its own, not a second look at one that was answered."""

GOES_ON = frozenset({"ticket.reopened"})
"""Takes up what was begun; by itself it begins nothing (history that nobody has adopted)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of a promise, with its owner. `until` is None while it goes on."""

    since: datetime
    until: datetime | None
    owner: Owner
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Only our own time uses up a promise."""
        return self.owner == "us"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a promise stands at an instant.

    `due_at` is None while it is paused with time left, or never due. `is_certain`: a
    miss that no event still on its way can undo.
    """

    run: Run
    seconds: int
    used_seconds: float
    due_at: datetime | None
    warn_at: datetime | None
    state: State
    is_late: bool
    is_certain: bool
    is_warned: bool
    next_at: datetime | None

    @property
    def is_running(self) -> bool:
        """The clock ticks: nobody has ended or paused it."""
        return not self.run.is_over and self.run.pause is None

    @property
    def remaining_seconds(self) -> float:
        return max(self.seconds - self.used_seconds, 0)


def runs(
    measure: Measure,
    events: Sequence[LoggedEvent],
    merged: Iterable[Sequence[LoggedEvent]] = (),
) -> tuple[Run, ...]:
    """Every promise of this kind on one ticket, in the order they began.

    `merged` are the streams of tickets that were merged into it: the survivor owes
    what they were still owed, from when they asked.
    """
    brought = [event for stream in merged for event in still_owed(measure, stream)]
    if brought:
        events = sorted([*events, *brought], key=lambda event: (event.at, event.id))
    return _runs(measure, events)


def still_owed(measure: Measure, events: Sequence[LoggedEvent]) -> list[LoggedEvent]:
    """The words of a merged ticket, if its promise had not ended before the merge."""
    before = [event for event in events if event.kind not in ("ticket.merged", "ticket.closed")]
    own = _runs(measure, before)
    if not own or own[-1].is_over:
        return []
    return [event for event in before if event.kind in SHARED_BY_MERGED]


def _runs(measure: Measure, events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    heard = [event for event in standing_events(events) if measure.heeds(event)]
    return measure.fold(heard) if measure.fold else fold_table(measure, heard)


def standing_events(events: Sequence[LoggedEvent]) -> list[LoggedEvent]:
    """Our own record without answers that were taken back; history taken in is left out."""
    withdrawn = {
        event.data.get("message") for event in events if event.kind == "ticket.reply_withdrawn"
    }
    return [
        event
        for event in events
        if not event.imported
        and event.kind != "ticket.reply_withdrawn"
        and not (event.kind == "ticket.replied" and event.data.get("message") in withdrawn)
    ]


def fold_table(measure: Measure, events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    """One run per report; opening again takes the last one up where it was left."""
    found: list[Run] = []
    for event in events:
        kind = event.kind
        run = found[-1] if found else None
        if run is None or (run.is_over and kind in BEGINS_ANEW):
            if kind in measure.starts_on and kind not in GOES_ON:
                found.append(Run(started_at(event, measure.starts_on[kind]), event.id))
        elif run.is_over:
            if kind in measure.starts_on:
                found[-1] = taken_up(run, event)
        elif kind in measure.stops_on:
            found[-1] = ended(run, event, kept=True)
        elif kind in measure.ends_on:
            found[-1] = ended(run, event, kept=False)
        elif kind in measure.pauses_on:
            found[-1] = paused(run, event)
        elif kind in measure.resumes_on:
            found[-1] = resumed(run, event.at)
    return tuple(found)


def started_at(event: LoggedEvent, name: str | None) -> datetime:
    """The instant an event speaks of: a field of its data, or its own time."""
    told = event.data.get(name) if name else None
    return datetime.fromisoformat(told) if isinstance(told, str) else event.at


def ended(run: Run, event: LoggedEvent, *, kept: bool) -> Run:
    """The run with its end; a pause that went on ends with it."""
    at = max(event.at, run.started_at)
    return replace(resumed(run, at), ended_at=at, ending="kept" if kept else "void")


def taken_up(run: Run, event: LoggedEvent) -> Run:
    """Opened again: between the end and the new beginning nothing was owed."""
    assert run.ended_at is not None
    gap = Pause(run.ended_at, max(event.at, run.ended_at), "customer", "ended")
    return replace(run, pauses=(*run.pauses, gap), ended_at=None, ending="")


def paused(run: Run, event: LoggedEvent) -> Run:
    """One wait follows another; a wait whose reason is our own is no pause."""
    run = resumed(run, event.at)
    asked = "customer" if event.kind == "ticket.customer_asked" else ""
    waiting_for = str(event.data.get("waiting_for") or asked)
    owner = WAITS_FOR.get(waiting_for)
    if owner is None:
        return run
    since = max(event.at, run.started_at)
    told = event.data.get("until")
    ends_by = datetime.fromisoformat(told) if isinstance(told, str) else None
    if ends_by is None:
        ends_by = since + WAITS_AT_MOST[waiting_for]
    pause = Pause(since, None, owner, waiting_for, max(ends_by, since))
    return _with_pauses(run, (*run.pauses, pause))


def resumed(run: Run, at: datetime) -> Run:
    """The wait is over, unless its time was over before."""
    last = run.pauses[-1] if run.pauses else None
    if last is None or last.until is not None:
        return run
    until = max(at, last.since) if last.ends_by is None else min(max(at, last.since), last.ends_by)
    over = Pause(last.since, until, last.owner, last.reason, last.ends_by)
    return _with_pauses(run, (*run.pauses[:-1], over))


def _with_pauses(run: Run, pauses: tuple[Pause, ...]) -> Run:
    """Written out: this is what a fold does most, and `replace` takes three times as long."""
    return Run(run.started_at, run.cause, pauses, run.ended_at, run.ending)


def as_of(run: Run, at: datetime) -> Run:
    """The run at this instant: a wait that was to end by now has ended."""
    pause = run.pause
    if pause is None or pause.ends_by is None or at < pause.ends_by:
        return run
    return resumed(run, pause.ends_by)


def intervals(run: Run) -> tuple[Interval, ...]:
    """The run cut into stretches with an owner each, without gaps."""
    cut: list[Interval] = []
    since = run.started_at
    for pause in run.pauses:
        if pause.since > since:
            cut.append(Interval(since, pause.since, "us"))
        cut.append(Interval(pause.since, pause.until, pause.owner, pause.reason))
        if pause.until is None:
            return tuple(cut)
        since = pause.until
    if run.ended_at is None or run.ended_at > since or not cut:
        cut.append(Interval(since, run.ended_at, "us"))
    return tuple(cut)


def due_at(
    calendar: Calendar, start: datetime, seconds: float, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When a promise falls due; None when it never does, or not as things stand."""
    try:
        return calendar.due(start, seconds, [(pause.since, pause.until) for pause in pauses])
    except TooFar:
        return None


def stand(
    run: Run, *, seconds: int, calendar: Calendar, warning_share: float, at: datetime
) -> Standing:
    """Where this promise stands at `at`, if `seconds` of working time were promised."""
    run = as_of(run, at)
    until = run.ended_at if run.ended_at is not None else max(at, run.started_at)
    spans = [(pause.since, pause.until) for pause in run.pauses]
    due = due_at(calendar, run.started_at, seconds, run.pauses)
    warn = due_at(calendar, run.started_at, seconds * warning_share, run.pauses)
    is_late = due is not None and until > due
    is_certain = is_late and due is not None and (run.is_over or at >= due + GRACE)
    return Standing(
        run=run,
        seconds=seconds,
        used_seconds=calendar.worked(run.started_at, until, spans),
        due_at=due,
        warn_at=warn,
        state=_state(run, is_late=is_late),
        is_late=is_late,
        is_certain=is_certain,
        is_warned=not run.is_over and warn is not None and at >= warn,
        next_at=None if run.is_over else _next(at, warn, due, run.pause),
    )


def _state(run: Run, *, is_late: bool) -> State:
    if is_late:
        return "missed"
    if run.ending == "void":
        return "cancelled"
    if run.ending == "kept":
        return "met"
    return "paused" if run.pause else "running"


def _next(
    at: datetime, warn: datetime | None, due: datetime | None, pause: Pause | None
) -> datetime | None:
    """When to look again although nothing happened: to warn, to note the miss, to end a wait."""
    moments = [
        warn,
        due + GRACE if due is not None else None,
        pause.ends_by if pause is not None else None,
    ]
    return min((moment for moment in moments if moment is not None and moment > at), default=None)


@dataclass(frozen=True, slots=True)
class KeptClock:
    """A clock as it was written down when last counted."""

    cause: int
    started_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    paused_since: datetime | None
    target_seconds: int


def differing(kept: Mapping[str, KeptClock], counted: Mapping[str, Standing]) -> tuple[str, ...]:
    """The measures whose clock was kept otherwise than it is counted.

    What moves with the hour (time used, whether it is late) is not compared. A run that ended
    keeps the terms it was judged by, so of it only what began and ended it.
    """
    both = kept.keys() & counted.keys()
    wrong = (kept.keys() ^ counted.keys()) | {
        key for key in both if not _agree(kept[key], counted[key])
    }
    return tuple(sorted(wrong))


def _agree(kept: KeptClock, counted: Standing) -> bool:
    run = counted.run
    if (kept.cause, kept.started_at, kept.ended_at) != (run.cause, run.started_at, run.ended_at):
        return False
    return run.is_over or _running(kept) == _running_now(counted)


def _running(kept: KeptClock) -> tuple[object, ...]:
    return (kept.due_at, kept.warn_at, kept.paused_since, kept.target_seconds)


def _running_now(counted: Standing) -> tuple[object, ...]:
    since = counted.run.pause.since if counted.run.pause else None
    return (counted.due_at, counted.warn_at, since, counted.seconds)


def earliest(standings: Mapping[str, Standing]) -> tuple[str, datetime] | None:
    """The promise that falls (or fell) due first among those still owed."""
    owed = [
        (standing.due_at, key)
        for key, standing in standings.items()
        if standing.due_at is not None and not standing.run.is_over
    ]
    if not owed:
        return None
    due, key = min(owed)
    return key, due
