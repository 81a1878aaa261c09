"""Questions about plans: one, those of some weeks, what each touches and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from unbroken.evidence.queries.network import remembered
from unbroken.evidence.queries.windows import planned_windows
from unbroken.ground.sql import rows
from unbroken.outage.models import FreezeDays, NoticePeriod, PlannedWork
from unbroken.outage.plans import conflicts as pure
from unbroken.outage.plans.conflicts import Conflict, Way, Work

OPEN = ("draft", "proposed", "announced", "inWork")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it stands; the fields are its columns."""

    id: int
    name: str
    since: datetime
    until: datetime
    resources: list[str]
    impact: str
    state: str
    author: str
    approver: str
    services: int
    despite: list[str]
    announced_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    overran_at: datetime | None

    @property
    def key(self) -> str:
        """What its window is called."""
        return window_key(self.id)

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self.state in OPEN


_COLUMNS = tuple(field.name for field in fields(Plan))


def window_key(plan_id: int) -> str:
    """The key of the window that an announced plan is."""
    return f"plan {plan_id}"


def plan(plan_id: int) -> Plan | None:
    """One of them."""
    found = PlannedWork.objects.filter(pk=plan_id).values_list(*_COLUMNS).first()
    return Plan(*found) if found else None


def plans_between(since: datetime, until: datetime) -> list[Plan]:
    """All that touch this span, also drafts; not those called off."""
    found = PlannedWork.objects.filter(since__lt=until, until__gt=since).exclude(state="calledOff")
    return [Plan(*row) for row in found.order_by("since", "id").values_list(*_COLUMNS)]


def latest_plans(count: int = 60) -> list[Plan]:
    """The open ones first, then the last that ended."""
    found = [Plan(*row) for row in PlannedWork.objects.order_by("-id").values_list(*_COLUMNS)[:500]]
    open_first = sorted(found, key=lambda one: (not one.is_open, -one.since.timestamp()))
    return open_first[:count]


def overrunning(at: datetime) -> list[int]:
    """Announced or begun, over by the clock, not done, not yet told of."""
    found = PlannedWork.objects.filter(
        state__in=("announced", "inWork"), until__lte=at, overran_at__isnull=True
    )
    return list(found.order_by("id").values_list("id", flat=True))


def services_below(resources: Sequence[str]) -> frozenset[str]:
    """The keys of all services that stop working without one of these."""
    below = remembered().network.below
    return frozenset(service for key in resources for service in below.get(key, ()))


def services_of_plan(plan_id: int) -> list[int]:
    """The numbers of the services it touches, by the network as it is now: whom to tell."""
    found = plan(plan_id)
    if found is None or found.impact in pure.HARMLESS:
        return []
    return sorted(one.id for one in _numbers(services_below(found.resources)))


@dataclass(frozen=True, slots=True)
class _Number:
    id: int


def _numbers(services: frozenset[str]) -> list[_Number]:
    return rows(_Number, "outage/plans/numbers.sql", services=sorted(services))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a plan would do: how many services, of how many customers; what speaks against it."""

    services: int
    customers: int
    conflicts: list[Conflict]


def look(
    *,
    key: str,
    since: datetime,
    until: datetime,
    resources: Sequence[str],
    impact: str,
    zone: str,
    at: datetime,
) -> Looked:
    """By the network, the other plans, carriers' windows, free days and agreements, as of now."""
    network = remembered().network
    work = Work(key, since, until, tuple(resources), impact, services_below(resources))
    others = _others(since, until, at)
    ways = [
        Way(one.service, one.customer, one.place, one.agreement, frozenset(one.parents))
        for one in rows(_WayRow, "outage/plans/ways.sql", services=sorted(work.touches))
    ]
    named = {key for one in (work, *others) for key in one.resources}
    found = pure.conflicts(
        work,
        others,
        chains={one: network.chain(one) for one in named},
        ways=ways,
        freezes=[(one.first, one.last, one.name) for one in freezes()],
        notice=notice_periods(),
        zone=zone,
        at=at,
    )
    touched = [one for one in ways if one.service in work.touches]
    return Looked(len(work.touches), len({one.customer for one in touched}), found)


@dataclass(frozen=True, slots=True)
class _WayRow:
    service: str
    customer: int
    place: int | None
    agreement: str
    parents: list[str]


def _others(since: datetime, until: datetime, at: datetime) -> list[Work]:
    """Other plans (drafts, too: their authors may not know of each other) and carriers' windows."""
    ours = [
        Work(one.key, one.since, one.until, tuple(one.resources), one.impact,
             services_below(one.resources))
        for one in plans_between(since, until)
        if one.state != "done"
    ]  # fmt: skip
    known = {one.key for one in ours}
    theirs = [
        Work(one.key, one.since, one.until, one.resources, one.impact,
             services_below(one.resources))
        for one in planned_windows(since=since, until=until, known_by=at)
        if one.status not in ("CANCELLED", "COMPLETED") and not one.key.startswith("plan ")
    ]  # fmt: skip
    return [*ours, *(one for one in theirs if one.key not in known)]


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days on which nobody works on the network."""

    id: int
    name: str
    first: date
    last: date


def freezes() -> list[Freeze]:
    """Those that hold, by day."""
    found = FreezeDays.objects.filter(is_on=True).order_by("first", "id")
    return [Freeze(*row) for row in found.values_list("id", "name", "first", "last")]


def notice_periods() -> dict[str, int]:
    """Hours by agreement; "" for all others."""
    kept = dict(NoticePeriod.objects.values_list("agreement", "hours"))
    return {"": pure.NOTICE_HOURS, **kept}
