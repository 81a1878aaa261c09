"""Who is not back with the others when a problem is over."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import rows


@dataclass(frozen=True, slots=True)
class _Number:
    id: int


@dataclass(frozen=True, slots=True)
class _Heard:
    id: int
    at: datetime


def with_stragglers(*, since: datetime) -> list[int]:
    """Problems that ended since then and from which some are still away."""
    return [one.id for one in rows(_Number, "outage/queries/with_stragglers.sql", since=since)]


def heard_again(problem_id: int, *, at: datetime) -> dict[int, datetime]:
    """By service that is still away from a problem that is over: when its line was heard again."""
    found = rows(_Heard, "outage/queries/heard_again.sql", problem=problem_id, at=at)
    return {one.id: one.at for one in found}
