"""Who works when in a week, so that enough people are there: a plan of shifts by a solver.

The model is ours, the solving is HiGHS's. Hard: one shift a day, hours a week at most, eleven hours
of rest, days away stay away. Soft, in this order: nobody missing in any hour, few hours too many,
nights and weekends shared. Hours are of one wall, that of the desk.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, Final

DAYS: Final = 7
HOURS: Final = 24 * DAYS
REST_HOURS: Final = 11
"""Directive 2003/88/EC, article 3: in each day eleven hours of rest in a row."""

SECONDS_MAX: Final = 20.0
GAP: Final = 0.01
MISSING, SPARE, UNFAIR = 100.0, 1.0, 3.0
STARTS: Final = (6, 7, 8, 9, 10, 12, 14, 16, 22)


class NoSolver(Exception):
    """The package `highspy` is not installed."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who can be planned: hours a week at most, days of the week they are away."""

    id: int
    name: str = ""
    hours_max: int = 40
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of one day, counted from its midnight; a night ends after 24."""

    begins: int
    ends: int

    @property
    def hours(self) -> int:
        return self.ends - self.begins

    @property
    def is_night(self) -> bool:
        return self.ends > 24 or self.begins < 5


@dataclass(frozen=True, slots=True)
class Planned:
    """A week: who works which shift on which day; need and people there in each of 168 hours."""

    shifts: Mapping[tuple[int, int], Shift]
    need: tuple[int, ...]
    there: tuple[int, ...]
    is_best: bool

    @property
    def missing(self) -> int:
        """Hours of people that are not there."""
        return sum(max(0, n - t) for n, t in zip(self.need, self.there, strict=True))

    def hours_of(self, worker: int) -> int:
        return sum(one.hours for (who, _day), one in self.shifts.items() if who == worker)


def has_solver() -> bool:
    """Whether plans can be made here."""
    return find_spec("highspy") is not None


def choices(length: int = 8) -> tuple[Shift, ...]:
    """The shifts that are planned with."""
    return tuple(Shift(begins, begins + length) for begins in STARTS)


def plan(
    need: Sequence[int],
    workers: Sequence[Worker],
    shifts: Sequence[Shift] = choices(),  # frozen
    *,
    seconds_max: float = SECONDS_MAX,
) -> Planned:
    """A week in which as few are missing as can be; `need` is by hour from Monday midnight."""
    assert len(need) == HOURS
    try:
        import highspy  # 60 MB with numpy: only who plans loads it
    except ImportError as error:
        raise NoSolver from error
    solver: Any = highspy
    model = solver.Highs()
    model.silent()
    model.setOptionValue("time_limit", seconds_max)
    model.setOptionValue("mip_rel_gap", GAP)
    model.setOptionValue("random_seed", 7)
    works = {
        (worker.id, day, number): model.addBinary()
        for worker in workers
        for day in range(DAYS)
        if day not in worker.away
        for number in range(len(shifts))
    }
    _keep_rules(model, works, workers, shifts)
    costs = _cover(model, works, need, shifts) + _share(model, works, workers, shifts)
    model.minimize(sum(costs[1:], costs[0])) if costs else model.run()
    values = model.getSolution().col_value
    chosen = {
        (who, day): shifts[number]
        for (who, day, number), column in works.items()
        if values[column.index] > 0.5
    }
    is_best = model.getModelStatus() == solver.HighsModelStatus.kOptimal
    return Planned(chosen, tuple(need), people_there(chosen), is_best)


def _keep_rules(
    model: Any, works: Mapping[tuple[int, int, int], Any], workers: Sequence[Worker],
    shifts: Sequence[Shift],
) -> None:  # fmt: skip
    by_day: dict[tuple[int, int], list[tuple[Shift, Any]]] = defaultdict(list)
    for (who, day, number), column in works.items():
        by_day[who, day].append((shifts[number], column))
    for found in by_day.values():
        model.addConstr(sum(column for _shift, column in found) <= 1)
    for worker in workers:
        theirs = [one for day in range(DAYS) for one in by_day.get((worker.id, day), ())]
        if theirs:
            model.addConstr(sum(shift.hours * column for shift, column in theirs)
                            <= worker.hours_max)  # fmt: skip
        for day in range(DAYS - 1):
            for late, earlier in _too_close(by_day.get((worker.id, day), ()),
                                            by_day.get((worker.id, day + 1), ())):  # fmt: skip
                model.addConstr(late + sum(earlier) <= 1)


def _too_close(
    today: Sequence[tuple[Shift, Any]], tomorrow: Sequence[tuple[Shift, Any]]
) -> Iterator[tuple[Any, list[Any]]]:
    """For each shift those of the next day that begin before eleven hours of rest are over."""
    for shift, column in today:
        early = [other for after, other in tomorrow if after.begins + 24 - shift.ends < REST_HOURS]
        if early:
            yield column, early


def _cover(
    model: Any, works: Mapping[tuple[int, int, int], Any], need: Sequence[int],
    shifts: Sequence[Shift],
) -> list[Any]:  # fmt: skip
    there: dict[int, list[Any]] = defaultdict(list)
    for (_who, day, number), column in works.items():
        for hour in range(shifts[number].begins, shifts[number].ends):
            there[(24 * day + hour) % HOURS].append(column)
    costs = []
    for hour, wanted in enumerate(need):
        missing = model.addVariable(lb=0, ub=max(0, wanted))
        spare = model.addVariable(lb=0)
        if there[hour]:
            model.addConstr(sum(there[hour]) + missing - spare == wanted)
        else:
            model.addConstr(missing - spare == wanted)
        costs += [MISSING * missing, SPARE * spare]
    return costs


def _share(
    model: Any, works: Mapping[tuple[int, int, int], Any], workers: Sequence[Worker],
    shifts: Sequence[Shift],
) -> list[Any]:  # fmt: skip
    """The most nights and weekend days that anybody has: the fewer, the fairer."""
    most = model.addVariable(lb=0)
    for worker in workers:
        heavy = [
            column for (who, day, number), column in works.items()
            if who == worker.id and (day >= 5 or shifts[number].is_night)
        ]  # fmt: skip
        if heavy:
            model.addConstr(sum(heavy) - most <= 0)
    return [UNFAIR * most]


def people_there(shifts: Mapping[tuple[int, int], Shift]) -> tuple[int, ...]:
    """How many are there in each hour of the week; Sunday's night ends on Monday."""
    there = [0] * HOURS
    for (_who, day), shift in shifts.items():
        for hour in range(shift.begins, shift.ends):
            there[(24 * day + hour) % HOURS] += 1
    return tuple(there)


# ── how good it is ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Mark:
    """One reason why a roster is good: points of so many, and the number behind them."""

    key: str
    points: float
    of: int
    value: float


def marks(
    shifts: Mapping[tuple[int, int], Shift], need: Sequence[int], workers: Sequence[Worker]
) -> tuple[Mark, ...]:
    """Roster quality, 0 to 100: cover 50, nobody overloaded 15, rest 15, shared 10, fit 10."""
    there = people_there(shifts)
    wanted = sum(need)
    short = sum(max(0, n - t) for n, t in zip(need, there, strict=True))
    idle = sum(max(0, t - n) for n, t in zip(need, there, strict=True))
    hours = {one.id: 0 for one in workers}
    for (who, _day), shift in shifts.items():
        hours[who] = hours.get(who, 0) + shift.hours
    over = sum(max(0, hours[one.id] - one.hours_max) for one in workers)
    tired = sum(1 for _one in _short_rests(shifts))
    spread = _spread(shifts, workers)
    worked = sum(hours.values())
    return (
        _mark("cover", 50, 1 - short / wanted if wanted else 1.0, short),
        _mark("overload", 15, 1 - over / worked if worked else 1.0, over),
        _mark("rest", 15, 1 - tired / max(1, len(shifts)) * 5, tired),
        _mark("shared", 10, 1 - spread / 4, spread),
        _mark("fit", 10, 1 - idle / worked if worked else 1.0, idle),
    )


def quality(found: Sequence[Mark]) -> int:
    """All points together."""
    return round(math.fsum(one.points for one in found))


def _mark(key: str, of: int, part: float, value: float) -> Mark:
    return Mark(key, of * min(1.0, max(0.0, part)), of, value)


def _short_rests(shifts: Mapping[tuple[int, int], Shift]) -> Iterator[int]:
    theirs: dict[int, list[tuple[int, Shift]]] = defaultdict(list)
    for (who, day), shift in sorted(shifts.items(), key=lambda one: one[0]):
        theirs[who].append((day, shift))
    for who, found in theirs.items():
        for (day, before), (next_day, after) in pairwise(found):
            if 24 * (next_day - day) + after.begins - before.ends < REST_HOURS:
                yield who


def _spread(shifts: Mapping[tuple[int, int], Shift], workers: Sequence[Worker]) -> float:
    """Between who has most nights and weekend days and who has fewest."""
    heavy = {one.id: 0 for one in workers}
    for (who, day), shift in shifts.items():
        if who in heavy and (day >= 5 or shift.is_night):
            heavy[who] += 1
    return float(max(heavy.values()) - min(heavy.values())) if heavy else 0.0
