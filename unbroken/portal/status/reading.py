"""What the status page knows: read at once, kept for a few seconds, the same for everybody."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.ground.clock import now
from unbroken.ground.events import LoggedEvent
from unbroken.ground.kept import Kept
from unbroken.ground.log import event_at, events_of, words_of
from unbroken.ground.sql import rows
from unbroken.outage import queries as outage
from unbroken.outage.queries import Problem
from unbroken.portal.status.components import (
    DAYS,
    FEW,
    Area,
    Component,
    Line,
    Map,
    Struck,
    away_now,
    drawn,
    lost,
    state_of,
    worked,
)

INCIDENTS_MAX = 50
TOLD = frozenset(
    {
        "problem.opened", "problem.step_taken", "problem.news_given", "problem.ended",
        "problem.reopened",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A component as it stands: its state, how it worked by day (None: not measured) and in all."""

    component: Component
    state: str
    days: tuple[float | None, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class Update:
    """Something told about an incident; `words` are a person's, `due_at` is when the crew comes."""

    id: int
    kind: str
    at: datetime
    step: str = ""
    words: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """A problem as everybody may see it."""

    problem: Problem
    components: tuple[Component, ...]
    updates: tuple[Update, ...]

    @property
    def id(self) -> int:
        """The problem's number."""
        return self.problem.id

    @property
    def updated_at(self) -> datetime:
        """When something was told last."""
        return self.updates[-1].at if self.updates else self.problem.detected_at


@dataclass(frozen=True, slots=True)
class Work:
    """Planned work that touches somebody."""

    id: int
    since: datetime
    until: datetime
    impact: str
    arrived_at: datetime
    changed_at: datetime
    components: tuple[Component, ...]

    def state(self, at: datetime) -> str:
        """In the words that status readers know."""
        if at < self.since:
            return "scheduled"
        return "in_progress" if at < self.until else "completed"


@dataclass(frozen=True, slots=True)
class _WorkLine:
    id: int
    since: datetime
    until: datetime
    impact: str
    status: str
    arrived_at: datetime
    changed_at: datetime
    technology: str
    area: int
    services: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of it at one moment."""

    at: datetime
    measured_from: datetime
    shown: tuple[Shown, ...]
    incidents: tuple[Incident, ...]
    work: tuple[Work, ...]
    reaches: Mapping[str, frozenset[str]]

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """Those that are not over, the earliest first."""
        return tuple(one for one in reversed(self.incidents) if one.problem.is_open)

    @property
    def coming_work(self) -> tuple[Work, ...]:
        """Work that goes on or is announced."""
        return tuple(one for one in self.work if one.until > self.at)


def read_snapshot() -> Snapshot:
    """As it is now: seven questions, however large the network."""
    at = now()
    first = _midnight(at) - timedelta(days=DAYS - 1)
    where = drawn(
        rows(Line, "portal/queries/status_lines.sql"),
        rows(Area, "portal/queries/status_areas.sql"),
    )
    struck = rows(Struck, "portal/queries/status_struck.sql", since=first)
    work = _work(where, first)
    began = event_at(1)
    measured_from = max(first, began.at) if began else at
    return Snapshot(
        at=at,
        measured_from=measured_from,
        shown=_shown(where, struck, work, first, measured_from, at),
        incidents=_incidents(where, struck, first),
        work=work,
        reaches=where.reaches,
    )


snapshot: Kept[Snapshot] = Kept(read_snapshot)


def _shown(
    where: Map,
    struck: Sequence[Struck],
    work: Sequence[Work],
    first: datetime,
    measured_from: datetime,
    at: datetime,
) -> tuple[Shown, ...]:
    public = [one for one in struck if one.problem in _public(struck)]
    away, gone = away_now(public, where, at=at), lost(struck, where, first=first, at=at)
    in_work = {
        component.id
        for one in work
        if one.state(at) == "in_progress" and one.impact == "OUTAGE"
        for component in one.components
    }
    found = []
    for one in where.components:
        days, share = worked(
            gone.get(one.id, ()), one.services, first=first, measured_from=measured_from, at=at
        )
        state = state_of(away.get(one.id, 0), one.services, is_in_work=one.id in in_work)
        found.append(Shown(one, state, days, share))
    return tuple(found)


def _public(struck: Sequence[Struck]) -> frozenset[int]:
    """Problems large enough to be told to everybody: a smaller one would point at somebody."""
    sizes: dict[int, int] = Counter()
    for one in struck:
        sizes[one.problem] += one.services
    return frozenset(number for number, services in sizes.items() if services >= FEW)


def _incidents(where: Map, struck: Sequence[Struck], first: datetime) -> tuple[Incident, ...]:
    by_id = {one.id: one for one in where.components}
    touched: dict[int, set[str]] = defaultdict(set)
    for one in struck:
        touched[one.problem].add(where.component_of(one.technology, one.area))
    public = _public(struck)
    problems = [
        one
        for one in outage.latest_problems(since=first)
        if one.id in public and one.state != "cancelled"
    ][:INCIDENTS_MAX]
    updates = _updates(problems)
    return tuple(
        Incident(
            problem,
            tuple(by_id[key] for key in by_id if key in touched[problem.id]),
            updates.get(problem.id, ()),
        )
        for problem in problems
    )


def _updates(problems: Sequence[Problem]) -> Mapping[int, tuple[Update, ...]]:
    """What was told about each, the oldest first."""
    if not problems:
        return {}
    told = [
        event for event in events_of(f"problem:{one.id}" for one in problems) if event.kind in TOLD
    ]
    words = words_of(event.data.get("words") for event in told)
    found: dict[int, list[Update]] = defaultdict(list)
    for event in told:
        found[event.subject_id].append(_update(event, words))
    return {number: tuple(updates) for number, updates in found.items()}


def _update(event: LoggedEvent, words: Mapping[int, str | None]) -> Update:
    due_at = event.data.get("due_at")
    return Update(
        id=event.id,
        kind=event.kind,
        at=event.at,
        step=str(event.data.get("step") or ""),
        words=words.get(event.data.get("words") or 0) or "",
        due_at=datetime.fromisoformat(due_at) if due_at else None,
    )


def _work(where: Map, first: datetime) -> tuple[Work, ...]:
    by_id = {one.id: one for one in where.components}
    lines: dict[int, list[_WorkLine]] = defaultdict(list)
    for line in rows(_WorkLine, "portal/queries/status_work.sql", since=first):
        lines[line.id].append(line)
    found = []
    for these in lines.values():
        if sum(line.services for line in these) < FEW:
            continue
        one = these[0]
        keys = {where.component_of(line.technology, line.area) for line in these}
        found.append(
            Work(
                one.id,
                one.since,
                one.until,
                one.impact,
                one.arrived_at,
                one.changed_at,
                tuple(by_id[key] for key in by_id if key in keys),
            )
        )
    return tuple(sorted(found, key=lambda work: (work.since, work.id)))


def _midnight(at: datetime) -> datetime:
    """Days of the status page are those of UTC: it has readers in every zone."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
