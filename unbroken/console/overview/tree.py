"""The topology as a schematic map: what hangs on what, from left to right, as tall as the services
it carries. Pure.

What feeds others with electricity stands beside the tree and not in it; whatever is in trouble is
never too thin to be read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unbroken.evidence.silence.network import Network

OF_ONE = frozenset({"line", "cpe"})
ROW, HEIGHT_MIN, HEIGHT_MAX = 22, 160, 460
WORDS, WORDS_MIN, DRAWN_MIN = 18.0, 15.0, 4.0
LEVELS_MAX = 6
ALL_SHARE = 0.9
SHARED_BY = 3
"""What fewer services hang on may be one customer's, by its name too."""


def is_shared(network: Network, key: str) -> bool:
    """Whether this is a thing of the network that many hang on; its name tells of nobody."""
    return network.kind(key) not in ("", *OF_ONE) and len(network.below.get(key, ())) >= SHARED_BY


@dataclass(frozen=True, slots=True)
class Cell:
    """One element: its place (across in per cent, down in pixels), who hangs on it, who is away.

    `problem`: the number of the one that it has, if it has one.
    """

    key: str
    name: str
    x: float
    y: float
    width: float
    height: float
    services: int
    away: int
    problem: int | None = None

    @property
    def has_words(self) -> bool:
        """Whether its name fits in."""
        return self.height >= WORDS_MIN

    @property
    def tone(self) -> str:
        """How much of it is gone: "all" (or it is what failed), "some", nothing."""
        if self.problem is not None or (self.away and self.away >= ALL_SHARE * self.services):
            return "all"
        return "some" if self.away else ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The cells, the height in pixels, and troubled sources of power: name and problem."""

    cells: tuple[Cell, ...]
    height: float
    power: tuple[tuple[str, int], ...] = ()


class _Shape:
    """Who hangs on whom, as a tree: an element stands under the first thing it needs."""

    def __init__(self, network: Network) -> None:
        self.network = network
        shown = [
            key for key in sorted(network.below)
            if network.kind(key) and network.kind(key) not in OF_ONE and not network.is_power(key)
        ]  # fmt: skip
        there = set(shown)
        self.children: dict[str, list[str]] = {}
        self.tops: list[str] = []
        for key in shown:
            over = next((up for up in network.elements[key].parents if up in there), None)
            if over is None or over == key:
                self.tops.append(key)
            else:
                self.children.setdefault(over, []).append(key)

    def leaves(self) -> int:
        """How many carry no other element."""
        return sum(len(row) for row in self.children.values()) + len(self.tops) - len(self.children)

    def levels(self) -> int:
        """How many stand one on the other."""
        level, row, seen = 0, self.tops, set(self.tops)
        while row and level < LEVELS_MAX:
            level += 1
            row = [key for up in row for key in self.children.get(up, ()) if key not in seen]
            seen |= set(row)
        return max(1, level)


def tree(network: Network, away: Iterable[str], problems: Mapping[str, int]) -> Tree:
    """`away`: keys of services; `problems`: by element. Empty where there is no inventory."""
    shape = _Shape(network)
    gone: Counter[str] = Counter(up for one in set(away) for up in network.above.get(one, ()))
    levels = shape.levels()
    marked = _marked(shape, gone, problems)
    rows = max(shape.leaves() * ROW, marked * 2 * WORDS)
    height = float(min(HEIGHT_MAX, max(HEIGHT_MIN, rows)))
    everybody = sum(len(network.below[key]) for key in shape.tops)
    least = everybody * WORDS / max(height - marked * WORDS, height / 2)
    weigh = _Weights(shape, gone, problems, least)
    total = sum(weigh.of(key, 0) for key in shape.tops)
    cells: list[Cell] = []
    y = 0.0
    for key in shape.tops:
        y += _draw(key, 0, y, _Pen(shape, weigh, height / (total or 1), levels, cells))
    power = [
        (network.elements[key].name or key, number)
        for key, number in sorted(problems.items())
        if network.is_power(key)
    ]
    return Tree(tuple(cells), height if cells else 0.0, tuple(power))


def _marked(shape: _Shape, gone: Mapping[str, int], problems: Mapping[str, int]) -> int:
    """How many in trouble stand at the end of a branch of troubles: each needs a line of words."""
    bad = {key for key in shape.network.below if gone[key] or key in problems}
    return sum(not bad.intersection(shape.children.get(key, ())) for key in bad)


class _Weights:
    """How tall each is to be, in services; what is in trouble weighs `least`, so as to be read."""

    def __init__(
        self,
        shape: _Shape,
        gone: Mapping[str, int],
        problems: Mapping[str, int],
        least: float,
    ) -> None:
        self.shape, self.gone, self.problems, self.least = shape, gone, problems, least
        self._known: dict[str, float] = {}

    def of(self, key: str, depth: int) -> float:
        """The weight of an element with all that hangs on it."""
        if key not in self._known:
            self._known[key] = 0.0  # a circle ends here
            lower = self.shape.children.get(key, []) if depth + 1 < LEVELS_MAX else []
            inside = sum(self.of(one, depth + 1) for one in lower)
            own = float(len(self.shape.network.below[key]))
            is_marked = key in self.problems or self.gone[key]
            self._known[key] = max(inside, own, self.least if is_marked else 0.0)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Pen:
    shape: _Shape
    weigh: _Weights
    scale: float
    levels: int
    cells: list[Cell]


def _draw(key: str, depth: int, y: float, pen: _Pen) -> float:
    """Draw an element and what hangs on it; returns its height."""
    tall = pen.weigh.of(key, depth) * pen.scale
    if tall < DRAWN_MIN:
        return tall
    network, width = pen.shape.network, 100 / pen.levels
    pen.cells.append(
        Cell(
            key=key,
            name=network.elements[key].name or key,
            x=round(depth * width, 2),
            y=round(y, 1),
            width=round(width, 2),
            height=round(tall, 1),
            services=len(network.below[key]),
            away=pen.weigh.gone[key],
            problem=pen.weigh.problems.get(key),
        )
    )
    inside = y
    if depth + 1 < pen.levels:
        for lower in pen.shape.children.get(key, ()):
            inside += _draw(lower, depth + 1, inside, pen)
    return tall
