"""Learning from a log, and answering for a request that is open. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from unbroken.routing.estimate.curve import (
    at_time,
    grid_for,
    kaplan_meier,
    quantile,
    share_by,
)
from unbroken.routing.estimate.forest import SAMPLE_MAX, Forest, Lasted, grow
from unbroken.routing.estimate.log import Case
from unbroken.routing.estimate.standing import Lexicon, Standing, standings
from unbroken.routing.estimate.week import Week

TREES = 40
HALVINGS = 30
ODD = 0.02
"""The share of requests that are like no other."""

ROWS_MAX = 60_000
"""More of the past than this teaches nothing new; the latest counts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One standing of the past, what became of it, and how much it counts.

    `silent`: it was looked at so many seconds after its step; `seconds` count from the step.
    """

    standing: Standing
    seconds: float
    ended: bool
    weight: float
    silent: float = 0.0


@dataclass(slots=True)
class Model:
    """What was learned. `levels`: which point of a curve keeps its word for a share of cases."""

    week: Week
    lexicon: Lexicon
    forest: Forest
    learned_from: int
    levels: dict[float, float] = field(default_factory=dict)

    def remaining(self, standing: Standing, share: float, *, silent: float = 0.0) -> float:
        """Seconds within which this share of such requests ends; none of it has yet.

        `silent`: nothing has happened for so long since the step. The seconds count from the step.
        """
        curve = self.forest.curve(self.lexicon.numbers(standing))
        return self.point(curve, standing.wall, self.levels.get(share, share), silent)

    def both(
        self, standing: Standing, *, silent: float = 0.0, shares: tuple[float, ...] = (0.5, 0.8)
    ) -> list[float]:
        """The same for several shares at once."""
        curve = self.forest.curve(self.lexicon.numbers(standing))
        levels = [self.levels.get(share, share) for share in shares]
        return [self.point(curve, standing.wall, level, silent) for level in levels]

    def point(self, curve: Sequence[float], wall: float, level: float, silent: float) -> float:
        """A level of a curve as plain seconds after an instant."""
        if silent <= 0:
            return self.week.plain_after(wall, quantile(curve, self.forest.grid, level))
        waited = self.week.between(wall, silent)
        wanted = (1.0 - level) * self._left(curve, waited)
        low, high = waited, max(2 * waited, self.forest.grid[-1])
        while self._left(curve, high) > wanted:
            high *= 2
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self._left(curve, middle) > wanted else (low, middle)
        return max(silent, self.week.plain_after(wall, high))

    def _left(self, curve: Sequence[float], own: float) -> float:
        """The share that goes on after so much of the desk's own time.

        A few always last longer than any that were seen: the longer it has been, the longer still.
        """
        grid = self.forest.grid
        scale = grid[len(grid) // 2]
        beyond = 1.0 / (1.0 + (own / scale) ** 2)
        seen = 1.0 - at_time(curve, grid, own)
        if own > grid[-1]:
            seen *= (grid[-1] / own) ** 2
        return (1.0 - ODD) * seen + ODD * beyond

    def share_ended(self, one: Seen) -> float:
        """The share of such requests that ends as soon as this one did, or sooner."""
        wall = one.standing.wall
        curve = self.forest.curve(self.lexicon.numbers(one.standing))
        own = self.week.between(wall, one.seconds)
        if one.silent <= 0:
            return at_time(curve, self.forest.grid, own)
        before = self._left(curve, self.week.between(wall, one.silent))
        return 1.0 - self._left(curve, own) / before


def seen_in(cases: Sequence[Case], until: float, *, even: bool = False) -> list[Seen]:
    """Every standing of these cases before an instant, as it looked at that instant.

    With `even` a case counts as one, however many steps it has; without, every step does.
    """
    found: list[Seen] = []
    for case in cases:
        ended = case.end is not None and case.end <= until
        end = case.end if ended and case.end is not None else until
        steps = [step for step in case.steps if step.at < until]
        weight = 1.0 / len(steps) if even and steps else 1.0
        for step, standing in zip(steps, standings(case), strict=False):
            if end >= step.at:
                found.append(Seen(standing, end - step.at, ended, weight))
    return found


def fit(seen: Sequence[Seen], week: Week, *, trees: int = TREES, sample: int = SAMPLE_MAX) -> Model:
    """A model without corrections."""
    rows = sorted(seen, key=lambda one: one.standing.wall)[-ROWS_MAX:]
    own = [(week.between(one.standing.wall, one.seconds), one.ended) for one in rows]
    all_of_them = kaplan_meier(own)
    lasted = []
    for seconds, ended in own:
        gone = share_by(all_of_them, seconds)
        lasted.append(Lasted(seconds, ended, gone if ended else (1.0 + gone) / 2))
    lexicon = Lexicon((one.standing, what.rank) for one, what in zip(rows, lasted, strict=True))
    forest = grow(
        [lexicon.numbers(one.standing) for one in rows],
        lasted,
        [one.weight for one in rows],
        grid_for(all_of_them),
        trees=trees,
        sample=sample,
        luck=Random(1),
    )
    return Model(week, lexicon, forest, len({id(one) for one in rows}))
