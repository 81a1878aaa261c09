"""How promises were kept so far, as a sale may rest on it. Pure.

A time that we needed is measured on the hours that were promised then. Where too few cases stood
under the hours that are to be sold, all cases are taken, by the clock on the wall: that is never
better than the truth for wider hours, so nobody is promised what we could not keep.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from unbroken.staffing.load import Hours

ANY_HOURS = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured, from so many cases; with none it is only assumed."""

    value: float
    cases: int = 0

    @property
    def is_measured(self) -> bool:
        return self.cases > 0


@dataclass(frozen=True, slots=True)
class Took:
    """How many seconds each case took, from the shortest to the longest."""

    seconds: tuple[float, ...] = ()

    @property
    def cases(self) -> int:
        return len(self.seconds)

    def kept(self, within_seconds: float) -> float:
        """The share that was done by then."""
        return bisect_right(self.seconds, within_seconds) / self.cases if self.cases else 0.0

    def possible(self, share: float) -> float | None:
        """The shortest time within which this share was done; None when nothing is known."""
        if not self.cases:
            return None
        place = min(self.cases - 1, max(0, -int(-(share * self.cases) // 1) - 1))
        return self.seconds[place]


@dataclass(frozen=True, slots=True)
class Promised:
    """So many requests a month stand under these hours already."""

    hours: Hours
    requests: float


@dataclass(frozen=True, slots=True)
class Past:
    """What the desk knows of itself. `took` is by measure and by calendar (or `ANY_HOURS`)."""

    requests: Figure
    faults: Figure
    minutes: Figure
    phone_share: Figure
    chat_share: Figure
    pace: Hours
    pace_cases: int = 0
    promised: tuple[Promised, ...] = ()
    took: Mapping[tuple[str, str], Took] = field(default_factory=dict)

    def took_under(self, measure: str, cover: str, cases_min: int) -> tuple[Took, bool]:
        """How long it took, and whether under these very hours."""
        there = self.took.get((measure, cover), Took())
        if there.cases >= cases_min:
            return there, True
        return self.took.get((measure, ANY_HOURS), Took()), False
