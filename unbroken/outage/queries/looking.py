"""What pages show beside a problem: sums, names, who is still silent, what fails again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import rows
from unbroken.outage.models import Backup


@dataclass(frozen=True, slots=True)
class _Sums:
    problem: int
    away: int
    affected: int
    minutes_lost: int


@dataclass(frozen=True, slots=True)
class Offender:
    """An element that failed more than once."""

    element: str
    times: int
    last_at: datetime
    latest: int


@dataclass(frozen=True, slots=True)
class _Key:
    key: str


@dataclass(frozen=True, slots=True)
class _Number:
    id: int


@dataclass(frozen=True, slots=True)
class BackupRow:
    """What a service works with meanwhile."""

    service_id: int
    kind: str
    state: str
    at: datetime


def sums_of(problems: Sequence[int], *, at: datetime) -> dict[int, tuple[int, int, int]]:
    """By problem: services away now, services it ever took along, and minutes lost by all."""
    found = rows(_Sums, "outage/queries/sums_of.sql", problems=list(problems), at=at)
    return {one.problem: (one.away, one.affected, one.minutes_lost) for one in found}


def repeat_offenders(*, since: datetime) -> list[Offender]:
    """What failed at least twice since then, most often first."""
    return rows(Offender, "outage/queries/repeat_offenders.sql", since=since)


def element_names() -> list[str]:
    """Keys of what many may hang on, for whoever opens a problem by hand."""
    return [one.key for one in rows(_Key, "outage/queries/element_names.sql")]


def children_of_element(element: str) -> list[str]:
    """What hangs on an element directly, by name."""
    return [one.key for one in rows(_Key, "outage/queries/children_of_element.sql", key=element)]


def still_silent(problem_id: int) -> list[int]:
    """Services of a problem whose last session ended and was followed by none: not back yet."""
    return [one.id for one in rows(_Number, "outage/queries/still_silent.sql", problem=problem_id)]


def backups_of(problem_id: int) -> dict[int, BackupRow]:
    """By service: what was done for it last."""
    found = Backup.objects.filter(problem_id=problem_id).order_by("at")
    return {one.service_id: BackupRow(one.service_id, one.kind, one.state, one.at) for one in found}
