"""A forest of small trees, each of which sorts standings into leaves that last alike. Pure.

A split is good when it parts long from short; long and short are ranks, so that one request that
took a year does not decide. A leaf keeps the curve of all that fell into it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from unbroken.routing.estimate.curve import Curve, kaplan_meier, mean_curve, on_grid
from unbroken.routing.estimate.standing import cuts_of

PIECES = 32
DEPTH_MAX = 10
SAMPLE_MAX = 12_000
ASKED_SHARE = 0.4
"""Of the numbers, so many are tried at each split."""


@dataclass(frozen=True, slots=True)
class Lasted:
    """How long what stood so went on, and whether it had ended then; `rank` is within all."""

    seconds: float
    ended: bool
    rank: float


@dataclass(slots=True)
class Node:
    """A question (is this number below the cut?) or, without one, a leaf with its curve."""

    column: int = -1
    piece: int = 0
    below: "Node | None" = None
    above: "Node | None" = None
    curve: Curve = ()


class Forest:
    """Trees over the same cuts."""

    def __init__(self, grid: Sequence[float], cuts: Sequence[Sequence[float]]) -> None:
        self.grid = grid
        self.cuts = cuts
        self.trees: list[Node] = []

    def pieces(self, numbers: Sequence[float]) -> list[int]:
        """Into which piece each number falls."""
        return [bisect_right(cuts, n) for cuts, n in zip(self.cuts, numbers, strict=True)]

    def curve(self, numbers: Sequence[float]) -> list[float]:
        """How long what stands so goes on."""
        pieces = self.pieces(numbers)
        return mean_curve([_leaf(tree, pieces).curve for tree in self.trees])


def grow(
    rows: Sequence[Sequence[float]],
    lasted: Sequence[Lasted],
    weights: Sequence[float],
    grid: Sequence[float],
    *,
    trees: int,
    sample: int,
    luck: Random,
) -> Forest:
    """Trees, each from as large a sample of its own; rows of more weight come more often."""
    columns = list(zip(*rows, strict=True))
    forest = Forest(grid, cuts_of(columns, PIECES))
    pieces = [forest.pieces(row) for row in rows]
    by_column = [bytes(column) for column in zip(*pieces, strict=True)]
    ranks = [one.rank for one in lasted]
    size = min(sample, len(rows))
    least = max(8, min(60, size // 120))
    for _ in range(trees):
        drawn = luck.choices(range(len(rows)), weights, k=size)
        root = _split(drawn, by_column, ranks, least, 0, luck)
        _fill(root, drawn, by_column, lasted, grid)
        forest.trees.append(root)
    return forest


def _split(
    sample: list[int],
    by_column: Sequence[bytes],
    ranks: Sequence[float],
    least: int,
    depth: int,
    luck: Random,
) -> Node:
    if depth == DEPTH_MAX or len(sample) < 2 * least:
        return Node()
    asked = luck.sample(range(len(by_column)), max(2, round(ASKED_SHARE * len(by_column))))
    here = [ranks[row] for row in sample]
    best = max((_best_cut(sample, by_column[c], here, least, c) for c in asked), default=None)
    if best is None or best[0] <= 0:
        return Node()
    _gain, column, piece = best
    pieces = by_column[column]
    below = [row for row in sample if pieces[row] <= piece]
    above = [row for row in sample if pieces[row] > piece]
    return Node(
        column,
        piece,
        _split(below, by_column, ranks, least, depth + 1, luck),
        _split(above, by_column, ranks, least, depth + 1, luck),
    )


def _best_cut(
    sample: Sequence[int], pieces: bytes, ranks: Sequence[float], least: int, column: int
) -> tuple[float, int, int]:
    """(how well it parts them, column, last piece below); 0 when it cannot be cut."""
    fallen = [pieces[row] for row in sample]
    counts, sums = Counter(fallen), [0.0] * (PIECES + 1)
    for piece, rank in zip(fallen, ranks, strict=True):
        sums[piece] += rank
    size, total = len(sample), sum(sums)
    plain, best = total * total / size, (0.0, column, 0)
    below, weight = 0, 0.0
    for piece in range(PIECES):
        below, weight = below + counts[piece], weight + sums[piece]
        if below < least or not counts[piece]:
            continue
        if size - below < least:
            break
        rest = total - weight
        gain = weight * weight / below + rest * rest / (size - below) - plain
        if gain > best[0] + 1e-9:
            best = (gain, column, piece)
    return best


def _fill(
    root: Node,
    sample: Sequence[int],
    by_column: Sequence[bytes],
    lasted: Sequence[Lasted],
    grid: Sequence[float],
) -> None:
    """The curve of every leaf, from all that fell into it."""
    fallen: dict[int, tuple[Node, list[tuple[float, bool]]]] = {}
    for row in sample:
        node = root
        while node.below is not None and node.above is not None:
            node = node.below if by_column[node.column][row] <= node.piece else node.above
        entry = fallen.setdefault(id(node), (node, []))
        entry[1].append((lasted[row].seconds, lasted[row].ended))
    for node, held in fallen.values():
        node.curve = on_grid(kaplan_meier(held), grid)


def _leaf(root: Node, pieces: Sequence[int]) -> Node:
    node = root
    while node.below is not None and node.above is not None:
        node = node.below if pieces[node.column] <= node.piece else node.above
    return node
