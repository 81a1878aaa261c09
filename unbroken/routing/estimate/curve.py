"""How long things last when some have not ended yet: Kaplan-Meier, and its quantiles. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import exp, log

Curve = Sequence[float]
"""The share that has ended by each time of a grid."""

POINTS = 96
_SOON = 1.0
"""Seconds; what ends within one counts as ended at once."""


def kaplan_meier(lasted: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(time, share ended by then) at every end; `lasted` is (seconds, whether it ended)."""
    ordered = sorted(lasted, key=lambda pair: (pair[0], not pair[1]))
    left, alive = len(ordered), 1.0
    steps: list[tuple[float, float]] = []
    for time, ended in ordered:
        if ended:
            alive *= 1.0 - 1.0 / left
            if steps and steps[-1][0] == time:
                steps[-1] = (time, 1.0 - alive)
            else:
                steps.append((time, 1.0 - alive))
        left -= 1
    return steps


def kaplan_meier_weighted(
    lasted: Sequence[tuple[float, bool, float]],
) -> list[tuple[float, float]]:
    """The same where each counts for so much."""
    ordered = sorted(lasted, key=lambda one: (one[0], not one[1]))
    left, alive = sum(weight for _, _, weight in ordered), 1.0
    steps: list[tuple[float, float]] = []
    for time, ended, weight in ordered:
        if ended and left > 0:
            alive *= max(0.0, 1.0 - weight / left)
            steps.append((time, 1.0 - alive))
        left -= weight
    return steps


def share_by(steps: Sequence[tuple[float, float]], time: float) -> float:
    """The share that has ended by then."""
    place = bisect_right(steps, (time, 2.0))
    return steps[place - 1][1] if place else 0.0


def grid_for(steps: Sequence[tuple[float, float]]) -> list[float]:
    """Times at which curves are kept: closer where more ends."""
    if not steps:
        return [_SOON, 2 * _SOON]
    reached = steps[-1][1]
    shares = [share for _, share in steps]
    times = set()
    for point in range(POINTS):
        place = bisect_left(shares, reached * (point + 0.5) / POINTS)
        times.add(max(_SOON, steps[min(place, len(steps) - 1)][0]))
    times.add(max(_SOON, steps[-1][0]))
    grid = sorted(times)
    return grid if len(grid) > 1 else [grid[0], grid[0] * 2]


def on_grid(steps: Sequence[tuple[float, float]], grid: Sequence[float]) -> list[float]:
    """The curve at the times of a grid."""
    place, reached, curve = 0, 0.0, []
    for time in grid:
        while place < len(steps) and steps[place][0] <= time:
            reached = steps[place][1]
            place += 1
        curve.append(reached)
    return curve


def mean_curve(curves: Sequence[Curve]) -> list[float]:
    """What several trees say together."""
    return [sum(points) / len(curves) for points in zip(*curves, strict=True)]


def at_time(curve: Curve, grid: Sequence[float], time: float) -> float:
    """The share that has ended by a time between two of the grid."""
    if time <= 0:
        return 0.0
    place = bisect_right(grid, time)
    if place == len(grid):
        return curve[-1]
    low_time, low = (grid[place - 1], curve[place - 1]) if place else (0.0, 0.0)
    part = (time - low_time) / (grid[place] - low_time)
    return low + part * (curve[place] - low)


def quantile(curve: Curve, grid: Sequence[float], share: float) -> float:
    """By when this share has ended; beyond what was ever seen, as if it went on evenly thin."""
    place = bisect_left(curve, share)
    if place == len(curve):
        rest = max(1.0 - curve[-1], 1e-6)
        return grid[-1] * (1.0 + min(3.0, log(rest / max(1.0 - share, 1e-6))))
    low_time, low = (grid[place - 1], curve[place - 1]) if place else (0.0, 0.0)
    high_time, high = grid[place], curve[place]
    part = (share - low) / (high - low) if high > low else 1.0
    if low_time <= _SOON:
        return low_time + part * (high_time - low_time)
    return exp(log(low_time) + part * (log(high_time) - log(low_time)))
