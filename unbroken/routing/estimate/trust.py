"""How far what was told was kept, and what to tell instead. Pure.

Of each request is known where its end fell among the ends that were thrown for it: its rank, 0.3
when three of ten were thrown to be over by then. Were the dice right, half of all would end below
0.5 and four of five below 0.8. Where it is another rank by which four of five were over, the end of
that rank is told. So a night stays a night: a rank moves, never a number of seconds. What is still
open counts as *later than this* (Kaplan-Meier), or the quick ones alone would be believed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, log

LATEST = 400
"""So many of the latest told are believed; an older desk was another one."""

SHRINK = 8.0
POINTS = 20
RANK_MOST = 3.0
HALF, MOST = 0.5, 0.8


class Trust:
    """Ranks of what was told before, and those to tell by now."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, bool]] = []
        self._ranks: tuple[float, float] | None = None

    def note(self, curve: Sequence[float], seconds: float, *, is_over: bool = True) -> None:
        """One that was told of; `curve` as thrown, `seconds` until it ended, or until now."""
        self.seen.append((rank(curve, seconds), is_over))
        self._ranks = None

    def moved(self, ends: Sequence[float]) -> tuple[float, float]:
        """What to tell for half and for four of five, of these thrown ends in order."""
        if self._ranks is None:
            self._ranks = _rank_of(self.seen, HALF), _rank_of(self.seen, MOST)
        half, most = (at_rank(ends, one) for one in self._ranks)
        return half, max(half, most)


def curve_of(ends: Sequence[float]) -> list[int]:
    """Thrown ends as they are kept: whole seconds at every twentieth rank."""
    return [round(at_rank(ends, place / POINTS)) for place in range(POINTS + 1)]


def at_rank(ends: Sequence[float], wanted: float) -> float:
    """The end of a rank; beyond the latest that was thrown, later and later."""
    if wanted >= 1.0:
        return ends[-1] * exp(wanted - 1.0)
    place = max(0.0, wanted) * (len(ends) - 1)
    low = int(place)
    return ends[low] + (place - low) * (ends[low + 1] - ends[low]) if place > low else ends[low]


def rank(ends: Sequence[float], seconds: float) -> float:
    """Where so many seconds fall among the thrown ends."""
    if seconds >= ends[-1]:
        return min(RANK_MOST, 1.0 + log(max(seconds, 1.0) / max(ends[-1], 1.0)))
    above = bisect_right(ends, seconds)
    if above == 0:
        return 0.0
    span = ends[above] - ends[above - 1]
    return (above - 1 + (seconds - ends[above - 1]) / span) / (len(ends) - 1)


def _rank_of(seen: Sequence[tuple[float, bool]], share: float) -> float:
    """The rank by which this share was over; with few that ended, near the share itself."""
    open_, found = 1.0, RANK_MOST
    ordered = sorted(seen, key=lambda one: (one[0], not one[1]))
    for place, (where, is_over) in enumerate(ordered):
        if is_over:
            open_ *= 1 - 1 / (len(ordered) - place)
        if open_ <= 1 - share + 1e-9:
            found = where
            break
    ended = sum(is_over for _, is_over in seen)
    return (ended * found + SHRINK * share) / (ended + SHRINK)
