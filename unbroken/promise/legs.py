"""The legs of a request: how long each team had it, and each partner. Targets within the house.

Pure. A leg is a promise among ourselves (an operational agreement): it has a clock of its own, no
consequence, and no customer ever sees it. Its pauses are those of the time to resolve.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from unbroken.calendars.working_time import Calendar
from unbroken.ground.events import LoggedEvent
from unbroken.promise.measure import Pause, Run
from unbroken.promise.timeline import Standing, stand

Whose = Literal["team", "partner"]
HELD = "ticket.held"
GIVEN = frozenset({"ticket.queued", "ticket.assigned"})


@dataclass(frozen=True, slots=True)
class Held:
    """In whose hands a request is from an instant on; None: nobody's yet."""

    since: datetime
    team: int | None
    cause: int = 0


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch in which a team, or a partner, had the request. `whose_id` 0: nobody said which."""

    whose: Whose
    whose_id: int
    run: Run


@dataclass(frozen=True, slots=True)
class InternalTerms:
    """What a team or a partner owes us: seconds by priority, on which calendar."""

    seconds: Mapping[str, int]
    calendar: Calendar
    warning_share: float


InternalBook = Mapping[tuple[str, int], InternalTerms]


@dataclass(frozen=True, slots=True)
class CountedLeg:
    """A leg against its target, if it has one."""

    leg: Leg
    standing: Standing | None
    seconds: float
    """Its own time: working time where it has a target, else what passed; pauses left out."""


def hands_of(events: Sequence[LoggedEvent]) -> tuple[Held, ...]:
    """Which team had the request from when on, as the record tells."""
    found: list[Held] = []
    for event in events:
        if event.kind in GIVEN and not event.data.get("skipped"):
            team = event.data.get("team")
            if (found[-1].team if found else None) != team:
                found.append(Held(event.at, team, event.id))
    return tuple(found)


def legs_of(runs: Sequence[Run], events: Sequence[LoggedEvent]) -> tuple[Leg, ...]:
    """Every leg of a request, within its times to resolve."""
    hands = hands_of(events)
    partners = {e.id: e for e in events if e.kind == HELD}
    by_time = {event.at: event for event in partners.values()}
    found: list[Leg] = []
    for run in runs:
        found += _teams(run, hands)
        found += _partners(run, by_time)
    return tuple(found)


def _teams(run: Run, hands: Sequence[Held]) -> Iterator[Leg]:
    for number, held in enumerate(hands):
        next_at = hands[number + 1].since if number + 1 < len(hands) else None
        since = max(held.since, run.started_at)
        ends = [at for at in (next_at, run.ended_at) if at is not None]
        until = min(ends, default=None)
        if held.team is None or (until is not None and until <= since):
            continue
        yield Leg("team", held.team, _clipped(run, held.cause, since, until))


def _clipped(run: Run, cause: int, since: datetime, until: datetime | None) -> Run:
    pauses = []
    for one in run.pauses:
        begins = max(one.since, since)
        if until is not None and begins >= until:
            continue
        ends = one.until if until is None or one.until is None else min(one.until, until)
        ends = until if ends is None else ends
        if ends is None or ends > begins:
            pauses.append(Pause(begins, ends, one.owner, one.reason, one.ends_by))
    return Run(since, cause, tuple(pauses), until, "kept" if until is not None else "")


def _partners(run: Run, held: Mapping[datetime, LoggedEvent]) -> Iterator[Leg]:
    for pause in run.pauses:
        event = held.get(pause.since)
        if pause.owner == "partner" and event is not None:
            ending: Literal["", "kept"] = "kept" if pause.until is not None else ""
            own = Run(pause.since, event.id, (), pause.until, ending)
            yield Leg("partner", int(event.data.get("partner") or 0), own)


def count_leg(leg: Leg, terms: InternalTerms | None, *, priority: str, at: datetime) -> CountedLeg:
    """A leg against its target at this priority; without one only how long it took."""
    seconds = terms.seconds.get(priority) if terms is not None else None
    if terms is None or seconds is None:
        return CountedLeg(leg, None, _passed(leg.run, at))
    standing = stand(
        leg.run,
        seconds=seconds,
        calendar=terms.calendar,
        warning_share=terms.warning_share,
        at=at,
    )
    return CountedLeg(leg, standing, standing.used_seconds)


def _passed(run: Run, at: datetime) -> float:
    until = run.ended_at or max(at, run.started_at)
    rested = sum(((pause.until or until) - pause.since).total_seconds() for pause in run.pauses)
    return max(0.0, (until - run.started_at).total_seconds() - rested)
