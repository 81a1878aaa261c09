"""How many requests will come in each quarter of an hour of a day, from our own history. Pure.

A day is like the other days of its weekday: in each quarter what came on average, smoothed over
its neighbours. A level says whether the last weeks had more or less than that, a season whether
this time of the year had. Holidays are like the holidays before, or like Sundays until there were
some. Hours in which far more came than chance brings (an outage) are left out.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median
from typing import Final

QUARTERS: Final = 96
SUNDAY: Final = 6
OUTAGE_SIGMAS: Final = 5.0
"""So far above the usual an hour is no chance: it happens once in millions."""

LEVEL_DAYS, LEVEL_MIN, LEVEL_MAX = 28, 0.5, 2.0
SEASON_DAYS, YEAR = 14, 364
"""52 weeks: the same weekday a year ago."""

DAYS_MIN: Final = 28
"""Of fewer days nothing is foretold."""


class TooLittle(Exception):
    """There is not enough history: how many days there are, how many it takes."""

    def __init__(self, days: int) -> None:
        super().__init__(f"{days} of {DAYS_MIN} days")
        self.days = days


@dataclass(frozen=True, slots=True)
class Past:
    """What came: by day, in each quarter. Days without any count too."""

    days: Mapping[date, Sequence[int]]
    holidays: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Foretold:
    """A day that comes: requests in each quarter, and what they are made of."""

    day: date
    quarters: tuple[float, ...]
    is_holiday: bool
    level: float
    season: float
    like: int
    """Days it is made of."""

    left_out: int
    """Hours of them that were left out: an outage."""

    @property
    def requests(self) -> float:
        return math.fsum(self.quarters)


def foretell(past: Past, days: Sequence[date], *, holidays: Collection[date]) -> list[Foretold]:
    """Each of these days; TooLittle without four weeks of history."""
    if len(past.days) < DAYS_MIN:
        raise TooLittle(len(past.days))
    kinds: dict[int, list[date]] = defaultdict(list)
    for day in sorted(past.days):
        kinds[_kind(day, past.holidays)].append(day)
    usual = {kind: _usual([past.days[day] for day in found]) for kind, found in kinds.items()}
    level = _level(past, usual)
    return [_day(day, past, kinds, usual, level, holidays) for day in days]


def _day(
    day: date,
    past: Past,
    kinds: Mapping[int, list[date]],
    usual: Mapping[int, tuple[tuple[float, ...], int]],
    level: float,
    holidays: Collection[date],
) -> Foretold:
    kind = _kind(day, holidays)
    if kind not in usual:
        kind = SUNDAY if SUNDAY in usual else min(usual)
    shape, left_out = usual[kind]
    season = _season(day, past, usual)
    factor = level * season
    return Foretold(
        day=day,
        quarters=tuple(round(one * factor, 4) for one in shape),
        is_holiday=day in holidays,
        level=level,
        season=season,
        like=len(kinds[kind]),
        left_out=left_out,
    )


HOLIDAY: Final = 7


def _kind(day: date, holidays: Collection[date]) -> int:
    return HOLIDAY if day in holidays else day.weekday()


def _usual(days: Sequence[Sequence[int]]) -> tuple[tuple[float, ...], int]:
    """What comes on such days in each quarter, and how many hours were left out."""
    left_out = 0
    means = [0.0] * QUARTERS
    for hour in range(24):
        sums = [sum(day[4 * hour : 4 * hour + 4]) for day in days]
        middle = median(sums)
        most = middle + OUTAGE_SIGMAS * math.sqrt(middle + 1)
        kept = [day for day, one in zip(days, sums, strict=True) if one <= most]
        left_out += len(days) - len(kept)
        for quarter in range(4 * hour, 4 * hour + 4):
            means[quarter] = fmean(day[quarter] for day in kept) if kept else 0.0
    return _smoothed(means), left_out


def _smoothed(means: Sequence[float]) -> tuple[float, ...]:
    """A quarter of each neighbour, half of its own; the sum of the day stays."""
    last = len(means) - 1
    return tuple(
        0.5 * one + 0.25 * means[max(0, n - 1)] + 0.25 * means[min(last, n + 1)]
        for n, one in enumerate(means)
    )


def _level(past: Past, usual: Mapping[int, tuple[tuple[float, ...], int]]) -> float:
    """The last four weeks against what is usual on such days; outages count as the usual."""
    last = max(past.days)
    recent = [last - timedelta(days=n) for n in range(LEVEL_DAYS)]
    return _against(past, [day for day in recent if day in past.days], usual)


def _season(day: date, past: Past, usual: Mapping[int, tuple[tuple[float, ...], int]]) -> float:
    """The two weeks around this day a year ago against the usual; 1 where nothing is known."""
    middle = day - timedelta(days=YEAR)
    around = [middle + timedelta(days=n) for n in range(-SEASON_DAYS // 2, SEASON_DAYS // 2 + 1)]
    known = [one for one in around if one in past.days]
    return _against(past, known, usual) if len(known) == len(around) else 1.0


def _against(
    past: Past, days: Sequence[date], usual: Mapping[int, tuple[tuple[float, ...], int]]
) -> float:
    came = expected = 0.0
    for day in days:
        shape = usual[_kind(day, past.holidays)][0]
        for hour in range(24):
            wanted = math.fsum(shape[4 * hour : 4 * hour + 4])
            there = sum(past.days[day][4 * hour : 4 * hour + 4])
            most = wanted + OUTAGE_SIGMAS * math.sqrt(wanted + 1)
            if there <= most:  # an outage says nothing about either
                came += there
                expected += wanted
    if not expected:
        return 1.0
    return min(LEVEL_MAX, max(LEVEL_MIN, came / expected))
