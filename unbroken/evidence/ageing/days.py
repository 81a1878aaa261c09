"""A line's days: what it told in each of them, as one number a day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

MARGIN, LIGHT, ERRORED, RETRAINS = "margin", "light", "errored", "retrains"
KINDS = (MARGIN, LIGHT, ERRORED, RETRAINS)


class Day(NamedTuple):
    """One day of one line; None: nobody told us.

    `margin`: median noise margin downstream, dB. `light`: median received light, dBm. `errored`:
    errored seconds, `retrains`: trainings, of this day. `drops`: sessions that the line itself
    ended. `is_wet`: it rained there, or the day before, so that a joint may still be wet.
    """

    on: date
    margin: float | None = None
    light: float | None = None
    errored: float | None = None
    retrains: float | None = None
    drops: int = 0
    is_wet: bool = False


class Told(NamedTuple):
    """What the records of one day add up to; counters are as they stood last (and only grow)."""

    on: date
    margin: float | None
    light: float | None
    errored_total: float | None
    retrains_total: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is judged: what carries it, and its days in order, gaps left out."""

    service: str
    resource: str
    days: tuple[Day, ...]

    def until(self, day: date) -> "Line":
        """The same as if that day had not come yet."""
        return Line(self.service, self.resource, tuple(one for one in self.days if one.on < day))


def days_of(
    told: Iterable[Told], drops: dict[date, int], wet: frozenset[date] = frozenset()
) -> tuple[Day, ...]:
    """Days from totals; a counter that stands lower than the day before began anew."""
    found: list[Day] = []
    before: Told | None = None
    for one in sorted(told, key=lambda day: day.on):
        is_near = before is not None and one.on - before.on <= timedelta(days=3)
        last = before if is_near else None
        found.append(
            Day(
                one.on,
                one.margin,
                one.light,
                _grown(one.errored_total, last.errored_total if last else None),
                _grown(one.retrains_total, last.retrains_total if last else None),
                drops.get(one.on, 0),
                one.on in wet or one.on - timedelta(days=1) in wet,
            )
        )
        before = one
    return tuple(found)


def _grown(now: float | None, before: float | None) -> float | None:
    if now is None or before is None:
        return None
    return now - before if now >= before else now


def values(days: Sequence[Day], kind: str, *, dry: bool = True) -> list[tuple[date, float]]:
    """One kind day by day where it is known; `dry`: without wet days, where enough are left."""
    every = [(one.on, float(v)) for one in days if (v := getattr(one, kind)) is not None]
    if not dry:
        return every
    wet = {one.on for one in days if one.is_wet}
    kept = [one for one in every if one[0] not in wet]
    return kept if len(kept) >= max(8, len(every) // 3) else every


def by_week(points: Sequence[tuple[date, float]], until: date) -> list[tuple[int, float]]:
    """Medians of weeks, counted back from `until`: (-1, …) is the last one. For pictures."""
    heap: dict[int, list[float]] = {}
    for day, value in points:
        heap.setdefault(-(((until - day).days - 1) // 7) - 1, []).append(value)
    return [(week, median(some)) for week, some in sorted(heap.items())]
