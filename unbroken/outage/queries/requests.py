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


def unsettled() -> list[int]:
    """Problems that are over and still have requests."""
    return [one.id for one in rows(_Number, "outage/queries/unsettled.sql")]
