"""Robust slopes: the median of all slopes between two days (Theil and Sen), and how sure it is.

Pure. A third of the days may be nonsense and the slope still stands. Its spread comes from the
variance of Kendall's S, as Sen (1968) has it; days that follow each other resemble each other, so
it is widened by what their residuals share.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

Points = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Slope:
    """A straight line through days: value at its last day, change a day, how far each may be off.

    `sigma`: of the slope, a day; `noise`: of single days around the line.
    """

    level: float
    a_day: float
    sigma: float
    noise: float
    days: int


def slope(points: Points) -> Slope | None:
    """The line through these days; None below eight of them."""
    if len(points) < 8:
        return None
    xs = [float((day - points[0][0]).days) for day, _ in points]
    ys = [value for _, value in points]
    n = len(xs)
    slopes = sorted((ys[j] - ys[i]) / (xs[j] - xs[i]) for i in range(n) for j in range(i + 1, n))
    middle = slopes[len(slopes) // 2]
    base = median(y - middle * x for x, y in zip(xs, ys, strict=True))
    rest = [y - base - middle * x for x, y in zip(xs, ys, strict=True)]
    noise = 1.4826 * median(abs(one) for one in rest)
    # One deviation either way in the order of the slopes; wider where days hang together.
    reach = math.sqrt(n * (n - 1) * (2 * n + 5) / 18) * _together(rest)
    low = slopes[max(0, int((len(slopes) - reach) / 2))]
    high = slopes[min(len(slopes) - 1, int((len(slopes) + reach) / 2) + 1)]
    sigma = max((high - low) / 2, 1e-6)
    return Slope(base + middle * xs[-1], middle, sigma, noise, int(xs[-1]) + 1)


def _together(rest: Sequence[float]) -> float:
    """How much wider: √((1+r)/(1−r)) for what neighbouring days share."""
    whole = sum(one * one for one in rest)
    if whole <= 0:
        return 1.0
    shared = sum(a * b for a, b in pairwise(rest)) / whole
    shared = min(0.8, max(0.0, shared))
    return math.sqrt((1 + shared) / (1 - shared))


def since_last_step(points: Points, least: float) -> Points:
    """Only the days after the last step: a new port, another profile, a mended joint.

    A step is a jump between five days and the next five that is larger than `least`, four times
    their noise, and what the trend on both sides explains.
    """
    for n in range(len(points) - 5, 4, -1):
        before = [value for _, value in points[n - 5 : n]]
        after = [value for _, value in points[n : n + 5]]
        jump = median(after) - median(before)
        wobble = 1.4826 * max(_spread(before), _spread(after))
        if abs(jump) <= max(least, 4 * wobble):
            continue
        left, right = slope(points[max(0, n - 28) : n]), slope(points[n : n + 28])
        trend = 5 * max(abs(s.a_day) for s in (left, right) if s) if left and right else 0.0
        if abs(jump) > max(least, 4 * wobble) + 1.5 * trend:
            return points[n:]
    return points


def _spread(some: Sequence[float]) -> float:
    middle = median(some)
    return median(abs(one - middle) for one in some)


def below(level: float, sigma: float, floor: float) -> float:
    """How likely something that lies around `level` is below `floor`."""
    return 0.5 * math.erfc((level - floor) / (max(sigma, 1e-9) * math.sqrt(2)))
