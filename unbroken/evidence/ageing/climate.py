"""What all lines of a kind have in common day by day: the season, a heat wave, a cold night. Pure.

Copper conducts worse in the heat: over a summer every margin sinks and comes back. Only what a
line loses beyond the others is its own. The others are those of the whole network, not of its
cable: a splitter that gets dirty takes all its branches along, and that is to be seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from unbroken.evidence.ageing.slope import Points, slope

LINES_MIN = 8
SWING_MAX = 2.5

Climate = Mapping[date, float]
NONE: Climate = {}


def climate(lines: Iterable[Points]) -> Climate:
    """By how much lines stood above or below their own median on each day, in the middle."""
    heap: dict[date, list[float]] = {}
    for points in lines:
        if len(points) < 8:
            continue
        usual = median(value for _, value in points)
        for day, value in points:
            heap.setdefault(day, []).append(value - usual)
    return {day: median(some) for day, some in heap.items() if len(some) >= LINES_MIN}


def without(points: Points, common: Climate) -> Points:
    """The same days in the weather of the last week, as far as the line follows it at all.

    How much it follows is told from the days' ups and downs, with both trends taken out: a line
    that fades while summer comes is not taken for one that feels the heat twice as much.
    """
    shared = [(day, value, common[day]) for day, value in points if day in common]
    if len(shared) < 14:
        return points
    mine = _level([(day, value) for day, value, _ in shared])
    theirs = _level([(day, value) for day, _, value in shared])
    whole = sum(one * one for one in theirs)
    together = sum(a * b for a, b in zip(mine, theirs, strict=True))
    swing = min(SWING_MAX, max(0.0, together / whole)) if whole > 1e-9 else 1.0
    lately = median(theirs_then for _, _, theirs_then in shared[-7:])
    return [(day, value - swing * (felt - lately)) for day, value, felt in shared]


def _level(points: Points) -> Sequence[float]:
    found = slope(points)
    a_day = found.a_day if found else 0.0
    begun = points[0][0]
    flat = [value - a_day * (day - begun).days for day, value in points]
    middle = median(flat)
    return [one - middle for one in flat]
