"""What gets worse on a line, and how likely it fails within four weeks. Pure.

Four signs, each a straight line through robust days: margin and light that sink towards where a
line no longer holds, errored seconds and trainings that grow towards what a customer feels. What
all lines share (`climate.py`), rain, and single steps are taken out first. A line that already
fails is none of ours: that is a verdict's, not a forecast's. Too little known: nothing is said.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from unbroken.evidence.ageing.climate import NONE, Climate, without
from unbroken.evidence.ageing.days import (
    ERRORED,
    KINDS,
    LIGHT,
    MARGIN,
    RETRAINS,
    Day,
    Line,
    by_week,
    values,
)  # fmt: skip
from unbroken.evidence.ageing.slope import Points, Slope, below, since_last_step, slope

AHEAD_DAYS = 28
LOOKED_AT = timedelta(days=70)
WINDOWS = (56, 28, 18)
"""Days over which a trend is looked for; the one that ends soonest counts."""

EACH_THIRD = 0.5
"""So much of what a straight line falls in a third of its days it has to fall in each."""

LISTED_FROM = 0.4
FAILING_DROPS = 14
"""So many breaks of its own in a week: it fails already."""

GONE = {MARGIN: 1.5, LIGHT: -29.0}
"""Below this nothing holds, in dB and dBm."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a line no longer holds, and what is too little to be a trend.

    `floor` and `grain` in dB or dBm; for counters in doublings (log₂ of one more than a day's
    count). `grain`: it has to have moved by so much; `noise`: days wobble at least so much.
    """

    floor: float
    grain: float
    noise: float
    falls: bool = True


BOUNDS: Mapping[str, Bounds] = {
    # VDSL2 lines are trained at 6 dB; below 3 dB they err in bursts and train again.
    MARGIN: Bounds(floor=3.0, grain=1.0, noise=0.25),
    # ITU-T G.984.2 class B+: terminals hear down to −27 dBm.
    LIGHT: Bounds(floor=-27.0, grain=0.7, noise=0.15),
    # An hour of errored seconds a day is felt in every call.
    ERRORED: Bounds(floor=-math.log2(3601), grain=2.0, noise=0.5, falls=False),
    # Four trainings a day are four breaks a day.
    RETRAINS: Bounds(floor=-math.log2(5), grain=1.2, noise=0.35, falls=False),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that gets worse. Levels as people read them: dB, dBm, seconds or trainings a day.

    `weeks`: medians of weeks for the picture. `soonest`, `latest`: days until it no longer holds,
    at nine in ten; None: not within a year.
    """

    kind: str
    level: float
    a_week: float
    floor: float
    chance: float
    soonest: int | None
    latest: int | None
    weeks: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Ageing:
    """A line that will likely fail: why, and how likely within four weeks."""

    service: str
    resource: str
    chance: float
    signs: tuple[Sign, ...]


def ageing(line: Line, on: date, climates: Mapping[str, Climate]) -> Ageing | None:
    """What is known of this line the morning of `on`; None: nothing that would be said."""
    days = [one for one in line.days if on - LOOKED_AT <= one.on < on]
    if len(days) < 14 or days[-1].on < on - timedelta(days=4) or fails_already(days, on):
        return None
    found = [sign for kind in KINDS if (sign := _sign(kind, days, on, climates.get(kind, NONE)))]
    if not found:
        return None
    # Signs of one line tell of one fault: the strongest counts, a second makes it a little surer.
    chance = max(one.chance for one in found)
    chance = min(0.98, chance + 0.05 * (len(found) - 1))
    if chance < LISTED_FROM:
        return None
    ordered = sorted(found, key=lambda one: -one.chance)
    return Ageing(line.service, line.resource, round(chance, 3), tuple(ordered))


def fails_already(days: Sequence[Day], on: date) -> bool:
    """Whether the customer has it already: many breaks of its own in a week, or nothing left."""
    lately = [one for one in days if one.on >= on - timedelta(days=7)]
    if sum(one.drops for one in lately) >= FAILING_DROPS:
        return True
    for kind, least in GONE.items():
        told = [value for _, value in values(lately, kind, dry=False)]
        if len(told) >= 3 and median(told) < least:
            return True
    return False


def _sign(kind: str, days: Sequence[Day], on: date, common: Climate) -> Sign | None:
    bounds = BOUNDS[kind]
    told = values(days, kind)
    points: Points = [(day, _scaled(kind, value)) for day, value in told]
    if not _may_sink(points, common, bounds.grain):
        return None
    points = since_last_step(without(points, common) if bounds.falls else points, bounds.grain)
    best: tuple[float, Slope] | None = None
    for window in WINDOWS:
        part = [one for one in points if one[0] >= on - timedelta(days=window)]
        found = slope(part) if part and part[0][0] <= on - timedelta(days=window * 3 // 4) else None
        if found is None or not _is_trend(found, bounds, part):
            continue
        chance = _chance(found, bounds)
        if best is None or chance > best[0]:
            best = (chance, found)
    if best is None or best[0] < 0.2:
        return None
    return _told(kind, best[0], best[1], days, on)


def _may_sink(points: Points, common: Climate, grain: float) -> bool:
    """Whether the last days lie below an earlier week at all: cheap, and true of few lines."""
    if len(points) < 8:
        return False
    for some in (points, [(day, value - common.get(day, 0.0)) for day, value in points]):
        weeks = [median(v for _, v in some[n : n + 7]) for n in range(0, len(some), 7)]
        if median(v for _, v in some[-7:]) < max(weeks) - 0.6 * grain:
            return True
    return False


def _scaled(kind: str, value: float) -> float:
    """All signs fall when it gets worse: counters as doublings, turned round."""
    return value if BOUNDS[kind].falls else -math.log2(1 + value)


def _is_trend(found: Slope, bounds: Bounds, points: Points) -> bool:
    """It sinks, surely, by more than a grain, and in each third of the days.

    A step sinks in one third only; what sank for a while and stopped does not in the last.
    """
    fallen = -found.a_day * found.days
    if fallen < bounds.grain or found.a_day > -3 * found.sigma:
        return False
    if fallen < 1.5 * max(found.noise, bounds.noise):
        return False
    begun, third = points[0][0], found.days / 3
    parts: list[list[float]] = [[], [], []]
    for day, value in points:
        parts[min(2, int((day - begun).days / third))].append(value)
    if not all(parts):
        return False
    first, middle, last = (median(some) for some in parts)
    return min(first - middle, middle - last) > EACH_THIRD * fallen / 3


def _chance(found: Slope, bounds: Bounds) -> float:
    """How likely it lies below its floor in four weeks, if it goes on as it does."""
    level = found.level + found.a_day * AHEAD_DAYS
    sigma = math.hypot(
        found.sigma * AHEAD_DAYS, max(found.noise, bounds.noise), 0.25 * found.a_day * AHEAD_DAYS
    )
    return below(level, sigma, bounds.floor)


def _told(kind: str, chance: float, found: Slope, days: Sequence[Day], on: date) -> Sign:
    bounds = BOUNDS[kind]
    spread = 1.645 * math.hypot(found.sigma, 0.25 * found.a_day)
    left = found.level - bounds.floor
    soonest = _days(left, -found.a_day + spread)
    latest = _days(left, -found.a_day - spread)
    weeks = tuple((week, round(value, 2)) for week, value in by_week(values(days, kind), on))
    level, floor = found.level, bounds.floor
    if bounds.falls:
        a_week = 7 * found.a_day
    else:
        level, floor = 2.0**-level - 1, 2.0**-floor - 1
        a_week = level * (2.0 ** (-7 * found.a_day) - 1)
    return Sign(
        kind, round(level, 2), round(a_week, 2), floor, round(chance, 3), soonest, latest, weeks
    )


def _days(left: float, a_day: float) -> int | None:
    if left <= 0:
        return 0
    days = left / a_day if a_day > 0 else math.inf
    return math.ceil(days) if days <= 365 else None
