"""A sketch of where it broke: what the element stands on above it, what hangs on it below. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from unbroken.directory.cards import Step

WIDTH, ROW, BOX = 360, 56, 36
IN_A_ROW, CHILDREN_MAX = 3, 6
"""As wide as a phone, so that the names are read there too."""


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of the sketch; `is_it`: the one that failed, `is_below`: it hangs on that."""

    x: int
    y: int
    width: int
    text: str
    is_it: bool = False
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sketch in its own units: boxes, the lines between them, and its height."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int, int, int], ...]
    height: int
    width: int = WIDTH


def drawn(above: Sequence[Step], below: Sequence[str]) -> Drawn:
    """`above`: the element first, then all it stands on; `below`: names of what hangs on it."""
    by_distance: dict[int, list[str]] = {}
    for step in above:
        by_distance.setdefault(step.depth, []).append(step.name or step.key)
    rows = [names for _, names in sorted(by_distance.items(), reverse=True)]
    levels = [(names, at == len(rows) - 1, False) for at, names in enumerate(rows)]
    shown = list(below[: CHILDREN_MAX if len(below) <= CHILDREN_MAX else CHILDREN_MAX - 1])
    shown += [f"+ {len(below) - len(shown)}"] * (len(below) > len(shown))
    levels += [(shown[n : n + IN_A_ROW], False, True) for n in range(0, len(shown), IN_A_ROW)]
    boxes: list[Box] = []
    lines: list[tuple[int, int, int, int]] = []
    before: list[Box] = []
    for at, (names, is_it, is_below) in enumerate(levels):
        width = WIDTH // len(names)
        here = [
            Box(n * width + 4, at * ROW + 4, width - 8, name, is_it, is_below)
            for n, name in enumerate(names)
        ]
        lines += [
            (up.x + up.width // 2, up.y + BOX, one.x + one.width // 2, one.y)
            for up in before
            for one in here
        ]
        boxes += here
        before = [] if is_below else here  # a second row of what hangs on it needs no lines
    return Drawn(tuple(boxes), tuple(lines), max(1, len(levels)) * ROW)
