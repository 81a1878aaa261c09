"""Of the times that customers were told, how many were kept. Pure but for the one question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.ground.sql import rows

SHARE = 0.8
"""Told is the time of four in five."""

JUDGED_MIN = 20
"""Of fewer, a share would be chance: the page keeps silent."""

CLOSE = 0.1
"""By so much a share may differ before the page points at it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of `told_and_kept.sql`."""

    month: str
    topic_id: int | None
    team: int | None
    told: int
    kept: int
    moved: int


@dataclass(frozen=True, slots=True)
class Judged:
    """So many were told, kept and moved later, under a name. `share` is None of too few."""

    name: str
    told: int
    kept: int
    moved: int

    @property
    def share(self) -> float | None:
        """The part that was kept; None where it would be chance."""
        return self.kept / self.told if self.told >= JUDGED_MIN else None

    @property
    def is_off(self) -> str:
        """`early`: told too early, so too few are kept; `late`: more caution than was told."""
        if self.share is None or abs(self.share - SHARE) <= CLOSE:
            return ""
        return "early" if self.share < SHARE else "late"


def cells(*, since: datetime, at: datetime, zone: str, sight: Mapping[str, Any]) -> list[Cell]:
    """What was told since then and can be judged now."""
    return rows(
        Cell, "console/foreseen/queries/told_and_kept.sql", since=since, at=at, zone=zone, **sight
    )


def by(found: Iterable[Cell], name_of: Callable[[Cell], str]) -> list[Judged]:
    """Added up under a name, most told first."""
    sums: dict[str, list[int]] = {}
    for one in found:
        entry = sums.setdefault(name_of(one), [0, 0, 0])
        for place, value in enumerate((one.told, one.kept, one.moved)):
            entry[place] += value
    every = [Judged(name, *entry) for name, entry in sums.items()]
    return sorted(every, key=lambda one: (-one.told, one.name))


def whole(found: Sequence[Cell]) -> Judged:
    """All of them."""
    return Judged("", *(sum(values) for values in zip(
        *((one.told, one.kept, one.moved) for one in found), strict=True)
    )) if found else Judged("", 0, 0, 0)  # fmt: skip
