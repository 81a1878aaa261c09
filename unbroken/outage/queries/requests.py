"""Requests beside problems: who belongs to one, and who should no more."""

from dataclasses import dataclass

from unbroken.ground.sql import rows


@dataclass(frozen=True, slots=True)
class _Number:
    id: int


def requests_to_join(problem_id: int) -> list[int]:
    """Requests that came before we knew and suffer from it."""
    found = rows(_Number, "outage/queries/requests_to_join.sql", problem=problem_id)
    return [one.id for one in found]


def requests_to_settle(problem_id: int, *, limit: int) -> list[int]:
    """Requests of a problem that is over, but for those whose line still has time to come back."""
    found = rows(_Number, "outage/queries/requests_to_settle.sql", problem=problem_id, limit=limit)
    return [one.id for one in found]


def unsettled() -> list[int]:
    """Problems that are over and still have requests to settle."""
    return [one.id for one in rows(_Number, "outage/queries/unsettled.sql")]
