"""Alarms about what many hang on, as they come in; and what its lines say meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import row, rows

DOWN = frozenset({"LOS", "LOSi", "LOFi", "LOF", "LPR", "dying-gasp", "unreachable", "down"})
"""Kinds by which a thing says, or somebody says of it, that nothing goes through it. A battery
takes over where the mains fail, and what is hot still works."""


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """It was raised or cleared; `id` grows as they come in."""

    id: int
    resource: str
    type: str
    at: datetime
    received_at: datetime
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Voices:
    """Services below an element since it was said to be down.

    `there`: had a session then; `due`: those of them whose session speaks at intervals;
    `expected`: signs of life due by now; `spoke`: were heard since and have not ended again.
    """

    services: int
    there: int
    due: int
    expected: float
    spoke: int


def alarms_of_elements(*, after: int, since: datetime) -> list[AlarmRow]:
    """Those that say that it is down, behind this number and received since, as they came in.

    Not of single lines or devices of customers.
    """
    return rows(
        AlarmRow,
        "evidence/queries/element_alarms.sql",
        after=after,
        since=since,
        kinds=sorted(DOWN),
    )


def voices_of(services: Sequence[int], *, since: datetime, at: datetime) -> Voices:
    """What these services said since then."""
    found = row(Voices, "evidence/queries/voices.sql", services=list(services), since=since, at=at)
    return found or Voices(0, 0, 0, 0.0, 0)
