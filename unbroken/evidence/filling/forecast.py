"""When a link will be full, and how sure that is. Pure, and the same for the same weeks.

The trend is a robust straight line (`ageing/slope.py`) through the busy hours of twelve weeks,
with the weekdays and single steps taken out. Nobody knows whether traffic grows by so much or by
so many per cent, whether it goes on as it did, or what next week brings: a few hundred futures are
drawn in which each of these varies, and the forecast is where eight of ten of them lie. Too little
known, or no future in which it fills within a year: that is an answer too.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import median

from unbroken.evidence.ageing.slope import Points, Slope, since_last_step, slope
from unbroken.evidence.filling.weeks import FULL, Link, Week, days, in_present_size

WINDOW_WEEKS = 12
WEEKS_MIN = 5
HORIZON_WEEKS = 52
FUTURES = 200
LOW, HIGH = 0.1, 0.9
"""The stripe of the picture: eight of ten drawn futures."""

SOONEST, LATEST = 0.065, 0.935
"""The days that are told. A little wider: what comes is less tame than what is drawn, and eight of
ten links shall be full within what was said of them."""

STEP_LEAST = 0.07
BASE_MIN = 0.02
"""Below this share per cents of growth mean nothing."""

DRIFT_A_WEEK = 0.0012
"""How much the growth of a week (as a share of the level) changes from week to week."""

SHIFT_A_WEEK = 0.013
"""How much the level itself wanders from week to week, as a share of it, beside all growth."""

STEPS_A_WEEK, STEP_SPREAD = 0.008, 0.12
"""How often a link makes a step (another household's habits, a new service), and how large."""

ENDS_A_WEEK = 0.016
"""How often growth slackens: it goes on with some share of what it was."""

DRAWN_WEEKS = (0, 2, 4, 6, 8, 10, 13, 17, 21, 26)


@dataclass(frozen=True, slots=True)
class Filling:
    """What is known of a link one Monday.

    `level`: its busy hour now, a share; `a_week`: how that grows. Days from that Monday until it is
    full on two days of a week: `soonest`, `likely`, `latest`; None: not within a year. `is_full`:
    it was so last week. `quarter`: how likely it is full within 13 weeks. `weeks`: busy hours of
    weeks (−1 is the last), `fan`: low, middle and high of each week ahead, for the picture.
    """

    key: str
    level: float
    a_week: float
    is_full: bool
    soonest: int | None
    likely: int | None
    latest: int | None
    quarter: float
    weeks: tuple[tuple[int, float], ...]
    fan: tuple[tuple[int, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way in which traffic may grow, and what undoes it."""

    goes: Callable[[float], float]
    back: Callable[[float], float]


_BY_SHARE = _Kind(lambda y: y, lambda y: y)
_BY_PERCENT = _Kind(lambda y: math.log(max(y, BASE_MIN)), math.exp)


@dataclass(frozen=True, slots=True)
class _Trend:
    kind: _Kind
    line: Slope
    rest: tuple[float, ...]
    """What weeks had above the line: their second fullest day."""


def filling(link: Link, on: date) -> Filling | None:
    """What is known of this link the morning of `on`, a Monday; None: too little."""
    recent = [one for one in link.weeks if _is_recent(one, on)]
    if len([one for one in recent if one.busy is not None]) < WEEKS_MIN:
        return None
    if recent[-1].monday < on - timedelta(days=14):
        return None
    recent = in_present_size(recent)
    trends = [one for kind in (_BY_SHARE, _BY_PERCENT) if (one := _trend(kind, recent))]
    if not trends:
        return None
    paths = _futures(Random(f"{link.key} {on}"), trends) if _may_fill(trends) else []
    return _told(link.key, on, recent, trends, paths)


def _is_recent(week: Week, on: date) -> bool:
    return on - timedelta(weeks=WINDOW_WEEKS) <= week.monday < on and bool(week.known)


def _trend(kind: _Kind, weeks: Sequence[Week]) -> _Trend | None:
    points = [(day, kind.goes(share)) for day, share in days(weeks)]
    flat = _without_weekdays(points)
    least = STEP_LEAST if kind is _BY_SHARE else 3 * STEP_LEAST
    kept = since_last_step(flat, least)
    kept = kept if len(kept) >= 21 else flat[-28:]
    line = slope(kept)
    if line is None:
        return None
    first, last = kept[0][0], kept[-1][0]
    rest = [
        kind.goes(one.busy) - (line.level - line.a_day * (last - one.monday).days + 3 * line.a_day)
        for one in weeks
        if one.busy is not None and one.monday >= first - timedelta(days=3)
    ]
    return _Trend(kind, line, tuple(rest)) if len(rest) >= 2 else None


def _without_weekdays(points: Points) -> list[tuple[date, float]]:
    """Saturdays and Mondays made comparable: what a weekday has above its own week is taken out."""
    by_week: dict[date, list[float]] = {}
    for day, value in points:
        by_week.setdefault(day - timedelta(days=day.weekday()), []).append(value)
    middle = {week: median(some) for week, some in by_week.items()}
    above: dict[int, list[float]] = {n: [] for n in range(7)}
    for day, value in points:
        above[day.weekday()].append(value - middle[day - timedelta(days=day.weekday())])
    usual = {n: median(some) if len(some) >= 3 else 0.0 for n, some in above.items()}
    return [(day, value - usual[day.weekday()]) for day, value in points]


def _may_fill(trends: Sequence[_Trend]) -> bool:
    """Whether it is worth drawing futures: most links are far from full and hardly move."""
    return any(
        one.line.level + max(one.rest)
        + 364 * (max(0.0, one.line.a_day) + 3 * one.line.sigma)
        + 0.35 * (1.0 if one.kind is _BY_PERCENT else one.line.level) >= one.kind.goes(FULL)
        for one in trends
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Path:
    """One future: the first full week (0: the coming one), and the level at the drawn weeks."""

    full: int | None
    drawn: tuple[float, ...]


def _futures(random: Random, trends: Sequence[_Trend]) -> list[_Path]:
    return [_future(random, trends[n % len(trends)]) for n in range(FUTURES)]


def _future(random: Random, trend: _Trend) -> _Path:
    """Levels are those of a week's second fullest day, without its own luck where they are drawn.

    The line turns about the middle of its days: whoever has the slope wrong has the end wrong too.
    """
    kind, line = trend.kind, trend.line
    top = kind.goes(FULL)
    usual = median(trend.rest)
    turned = random.gauss(0, line.sigma)
    a_week = 7 * (line.a_day + turned)
    level = line.level + turned * line.days / 2 + usual + 3 * (line.a_day + turned)
    unit = 1.0 if kind is _BY_PERCENT else max(kind.back(line.level + usual), BASE_MIN)
    level += random.gauss(0, line.noise / math.sqrt(max(line.days, 1) / 4))
    luck = [one - usual for one in trend.rest]
    drawn, full = [level], None
    for week in range(HORIZON_WEEKS):
        a_week += random.gauss(0, DRIFT_A_WEEK) * unit
        level += a_week + random.gauss(0, SHIFT_A_WEEK) * unit
        if random.random() < ENDS_A_WEEK:
            a_week *= random.random()
        if random.random() < STEPS_A_WEEK:
            level += random.gauss(0, STEP_SPREAD) * unit
        if week + 1 in DRAWN_WEEKS:
            drawn.append(level)
        if full is None and level + random.choice(luck) >= top:
            full = week
            if week > DRAWN_WEEKS[-1]:
                break
    return _Path(full, tuple(min(1.2, max(0.0, kind.back(min(one, 2.0)))) for one in drawn))


def _told(
    key: str, on: date, weeks: Sequence[Week], trends: Sequence[_Trend], paths: Sequence[_Path]
) -> Filling:
    ends = sorted(HORIZON_WEEKS + 1 if one.full is None else one.full for one in paths)
    ends = ends or [HORIZON_WEEKS + 1]
    soonest, likely, latest = (_days(ends, share) for share in (SOONEST, 0.5, LATEST))
    shown = tuple(
        (-((on - one.monday).days // 7), round(one.busy, 3))
        for one in weeks
        if one.busy is not None
    )
    steady = next((one.line for one in trends if one.kind is _BY_SHARE), None)
    return Filling(
        key, round(max(0.0, median(value for _, value in shown[-3:])), 3),
        round(7 * steady.a_day if steady else 0.0, 4), weeks[-1].is_full,
        soonest, likely, latest, round(sum(one < 13 for one in ends) / len(ends), 3),
        shown, tuple(_fan(paths)),
    )  # fmt: skip


def _fan(paths: Sequence[_Path]) -> Iterator[tuple[int, float, float, float]]:
    for place, week in enumerate(DRAWN_WEEKS):
        there = sorted(one.drawn[place] for one in paths if place < len(one.drawn))
        if there:
            low, middle, high = (round(_at(there, share), 3) for share in (LOW, 0.5, HIGH))
            yield week, low, middle, high


def _days(ends: Sequence[int], share: float) -> int | None:
    week = ends[min(len(ends) - 1, int(share * len(ends)))]
    return None if week > HORIZON_WEEKS - 1 else 7 * week + 3


def _at(there: Sequence[float], share: float) -> float:
    return there[min(len(there) - 1, int(share * len(there)))]
