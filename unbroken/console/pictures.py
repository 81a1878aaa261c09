"""Numbers as pictures: where columns, lines and their words stand. Pure.

Across, places are shares of the width (so a picture fits a phone and a wall); down, they are
pixels. A picture is never all there is: its numbers stand in a table beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 176
TOP, BOTTOM = 18, 24
LEFT, RIGHT = 7.0, 1.0
NAMES_MAX = 7
LETTERS = 50
"""Of all names together, on the narrowest screen."""

TONES = ("1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers: what they are called, and their tone ("good", "alarm", "1" … "6")."""

    name: str
    values: tuple[float, ...]
    tone: str = "1"


@dataclass(frozen=True, slots=True)
class Column:
    """A piece of a column; `x` and `width` in per cent."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a line; across in per cent."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word in the picture."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to be drawn, and the numbers once more as a table."""

    title: str
    height: int
    columns: tuple[Column, ...]
    strokes: tuple[Stroke, ...]
    rules: tuple[Word, ...]
    names: tuple[Word, ...]
    series: tuple[Series, ...]
    labels: tuple[str, ...]

    @property
    def rows(self) -> list[tuple[str, tuple[float, ...]]]:
        """The numbers, a row for each label."""
        columns = [one.values for one in self.series]
        return list(zip(self.labels, zip(*columns, strict=True), strict=True)) if columns else []

    def figure(self, value: float) -> str:
        """A number as it stands in the table."""
        return number(value)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(value for one in self.series for value in one.values)


def stacked(title: str, labels: Sequence[str], series: Sequence[Series]) -> Picture:
    """A column for each label, its pieces one on the other."""
    sums = [sum(one.values[n] for one in series) for n in range(len(labels))]
    top = round_top(max(sums, default=0))
    step = (100 - LEFT - RIGHT) / max(1, len(labels))
    columns: list[Column] = []
    for n, label in enumerate(labels):
        floor = float(HEIGHT - BOTTOM)
        for one in series:
            tall = one.values[n] / top * (HEIGHT - TOP - BOTTOM)
            floor -= tall
            if tall:
                words = f"{label}: {one.name} {number(one.values[n])}"
                x = LEFT + step * (n + 0.14)
                columns.append(_column(x, floor, step * 0.72, tall, one.tone, words))
    return _picture(title, labels, series, top, columns=columns)


def beside(title: str, labels: Sequence[str], series: Sequence[Series]) -> Picture:
    """A group of columns for each label, side by side."""
    top = round_top(max((max(one.values, default=0) for one in series), default=0))
    step = (100 - LEFT - RIGHT) / max(1, len(labels))
    wide = step * 0.76 / max(1, len(series))
    columns = [
        _column(
            LEFT + step * (n + 0.12) + wide * place,
            HEIGHT - BOTTOM - one.values[n] / top * (HEIGHT - TOP - BOTTOM),
            wide,
            one.values[n] / top * (HEIGHT - TOP - BOTTOM),
            one.tone,
            f"{label}: {one.name} {number(one.values[n])}",
        )
        for n, label in enumerate(labels)
        for place, one in enumerate(series)
        if one.values[n]
    ]
    return _picture(title, labels, series, top, columns=columns)


def lines(title: str, labels: Sequence[str], series: Sequence[Series]) -> Picture:
    """One line for each series."""
    top = round_top(max((max(one.values, default=0) for one in series), default=0))
    step = (100 - LEFT - RIGHT) / max(1, len(labels))

    def at(n: int, value: float) -> tuple[float, float]:
        y = HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)
        return round(LEFT + step * (n + 0.5), 2), round(y, 1)

    strokes = [
        Stroke(*at(n, one.values[n]), *at(n + 1, one.values[n + 1]), one.tone)
        for one in series
        for n in range(len(labels) - 1)
    ]
    dots = [
        _dot(*at(n, one.values[n]), one, labels[n], n) for one in series for n in range(len(labels))
    ]
    return _picture(title, labels, series, top, columns=dots, strokes=strokes)


def day(title: str, series: Sequence[Series]) -> Picture:
    """Quarters of an hour: what is needed as columns, what there is as a line of steps.

    `series`: needed, there is, and what is missing, which is the top of its columns. The table has
    a line for each hour, with the highest of its quarters.
    """
    needed, there, missing = series
    count = len(needed.values)
    top = round_top(max(max(one.values, default=0) for one in series))
    step, floor = (100 - LEFT - RIGHT) / count, float(HEIGHT - BOTTOM)
    scale = (floor - TOP) / top
    columns = []
    for n, value in enumerate(needed.values):
        words = f"{n // 4:02}:{n % 4 * 15:02}: {needed.name} {number(value)}"
        over = missing.values[n] * scale
        for tall, foot, tone in (
            (value * scale - over, floor, needed.tone),
            (over, floor - value * scale + over, missing.tone),
        ):
            if tall > 0:
                columns.append(_column(LEFT + step * n, foot - tall, step, tall, tone, words))
    hourly = tuple(
        Series(one.name, tuple(max(one.values[n : n + 4]) for n in range(0, count, 4)), one.tone)
        for one in series
    )
    names = tuple(
        Word(round(LEFT + step * n, 2), HEIGHT - 6, f"{n // 4:02}:00") for n in range(12, count, 16)
    )
    rules = tuple(
        Word(0, round(floor - (floor - TOP) * part, 1), number(top * part)) for part in (0, 0.5, 1)
    )
    hours = tuple(f"{n:02}:00" for n in range(count // 4))
    steps = _steps([round(floor - value * scale, 1) for value in there.values], step, there.tone)
    return Picture(title, HEIGHT, tuple(columns), steps, rules, names, hourly, hours)


def _steps(heights: Sequence[float], step: float, tone: str) -> tuple[Stroke, ...]:
    """A line that goes along and up or down, never aslant."""
    places = [round(LEFT + step * n, 2) for n in range(len(heights) + 1)]
    along = [Stroke(places[n], y, places[n + 1], y, tone) for n, y in enumerate(heights)]
    across = [
        Stroke(places[n], heights[n - 1], places[n], y, tone)
        for n, y in enumerate(heights)
        if n and heights[n - 1] != y
    ]
    return (*along, *across)


def round_top(most: float) -> float:
    """A round number above all others, for the highest rule."""
    if most <= 4:
        return 4.0
    scale = 10 ** math.floor(math.log10(most))
    return float(next(scale * step for step in (1, 2, 4, 5, 8, 10) if scale * step >= most))


def shortened(label: str, count: int) -> str:
    """A name that fits under its column, also on a phone; whole in the table below."""
    letters = max(5, LETTERS // max(1, min(count, NAMES_MAX)))
    return label if len(label) <= letters else label[: letters - 1].rstrip() + "…"


def number(value: float) -> str:
    """3, 2.5: no more digits than are read."""
    return f"{value:.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.1f}"


def _column(x: float, y: float, width: float, height: float, tone: str, words: str) -> Column:
    return Column(round(x, 2), round(y, 1), round(width, 2), round(height, 1), tone, words)


def _dot(x: float, y: float, one: Series, label: str, n: int) -> Column:
    words = f"{label}: {one.name} {number(one.values[n])}"
    return _column(x - 0.4, y - 2.5, 0.8, 5, one.tone, words)


def _picture(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    top: float,
    *,
    columns: Sequence[Column] = (),
    strokes: Sequence[Stroke] = (),
) -> Picture:
    step = (100 - LEFT - RIGHT) / max(1, len(labels))
    every = max(1, math.ceil(len(labels) / NAMES_MAX))
    names = [
        Word(round(LEFT + step * (n + 0.5), 2), HEIGHT - 6, shortened(label, len(labels)))
        for n, label in enumerate(labels)
        if (len(labels) - 1 - n) % every == 0
    ]
    tall = HEIGHT - TOP - BOTTOM
    rules = [
        Word(0, round(HEIGHT - BOTTOM - tall * part, 1), number(top * part)) for part in (0, 0.5, 1)
    ]
    return Picture(
        title, HEIGHT, tuple(columns), tuple(strokes), tuple(rules), tuple(names),
        tuple(series), tuple(labels),
    )  # fmt: skip
