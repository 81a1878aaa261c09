"""The rhythm of a desk: in which hours of the week things happen. Pure.

Where nobody works at night, six hours from five in the evening are nothing. Time is stretched so
that every hour counts for as much as usually happens in it; a desk that never sleeps keeps its
plain time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

HOUR = 3600.0
HOURS = 168
WEEK = HOURS * HOUR
FLOOR = 0.04
"""The least that an hour counts for: machines close requests at night too."""


class Week:
    """Plain time to the desk's own time and back, both in seconds."""

    def __init__(self, rates: Sequence[float]) -> None:
        whole = sum(rates)
        self.rates = [rate * HOURS / whole for rate in rates]
        self._until = [0.0, *accumulate(rate * HOUR for rate in self.rates)]

    @classmethod
    def plain(cls) -> "Week":
        """Every hour like every other."""
        return cls([1.0] * HOURS)

    @classmethod
    def of(cls, walls: Iterable[float]) -> "Week":
        """As these instants of the wall lie in the week."""
        seen = [0.0] * HOURS
        for wall in walls:
            seen[int(wall % WEEK // HOUR)] += 1.0
        whole = sum(seen)
        if whole < HOURS:
            return cls.plain()
        near = [(seen[h - 1] + 2 * seen[h] + seen[(h + 1) % HOURS]) / 4 for h in range(HOURS)]
        return cls([rate * HOURS / whole * (1 - FLOOR) + FLOOR for rate in near])

    def own(self, wall: float) -> float:
        """The desk's own time at an instant of the wall."""
        weeks, rest = divmod(wall, WEEK)
        hour = min(int(rest // HOUR), HOURS - 1)
        return weeks * WEEK + self._until[hour] + (rest - hour * HOUR) * self.rates[hour]

    def wall(self, own: float) -> float:
        """The instant of the wall at the desk's own time."""
        weeks, rest = divmod(own, WEEK)
        hour = min(bisect_right(self._until, rest) - 1, HOURS - 1)
        return weeks * WEEK + hour * HOUR + (rest - self._until[hour]) / self.rates[hour]

    def between(self, wall: float, seconds: float) -> float:
        """How much of the desk's own time lies in the plain seconds after an instant."""
        return self.own(wall + seconds) - self.own(wall)

    def plain_after(self, wall: float, own_seconds: float) -> float:
        """How many plain seconds after an instant so much of the desk's own time is over."""
        return self.wall(self.own(wall) + own_seconds) - wall
