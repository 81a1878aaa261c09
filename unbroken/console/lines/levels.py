"""Margins, attenuation and optical power over time, with the trainings of the line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from unbroken.console.lines.drawing import Span, Tick, _ticks
from unbroken.console.lines.words import LEVELS
from unbroken.evidence.facts import Reading
from unbroken.evidence.picture import Picture, Series
from unbroken.ground.words import Phrase

TALL, TOP, FOOT = 96, 8, 20
WIDE = 1000
POINTS_MAX = 240
LEFT = 6.0
LINES_IN_TABLE = 60


@dataclass(frozen=True, slots=True)
class Curve:
    """One level: its path in a box of 1000 by `TALL`, its rules, and where the line trained."""

    label: Phrase
    unit: str
    path: str
    rules: tuple[Tick, ...]
    trains: tuple[float, ...]
    ticks: tuple[Tick, ...]
    least: str
    most: str
    latest: str
    rows: tuple[tuple[datetime, str, str], ...]
    """When, how much, and which thing told it: the numbers."""

    height: int = TOP + TALL + FOOT


def curves(picture: Picture, span: Span) -> tuple[Curve, ...]:
    """Every level that was told at least twice in this time."""
    trained = tuple(span.x(at, left=LEFT) for at in trainings(picture.retrains, span))
    found = []
    for name, (label, unit, factor) in LEVELS.items():
        told = [
            one for one in picture.own_series(name).between(span.since, span.until)
            if not isinstance(one.value, str)
        ]  # fmt: skip
        if len(told) > 1:
            found.append(_curve(label, unit, factor, told, span, trained))
    return tuple(found)


def trainings(counter: Series, span: Span) -> list[datetime]:
    """When the counter of trainings was first seen grown."""
    told = counter.between(span.since, span.until)
    return [
        after.at for before, after in pairwise(told)
        if not isinstance(before.value, str) and not isinstance(after.value, str)
        and after.value > before.value
    ]  # fmt: skip


def _curve(
    label: Phrase, unit: str, factor: float, told: Sequence[Reading], span: Span,
    trained: tuple[float, ...],
) -> Curve:  # fmt: skip
    values = [float(one.value) * factor for one in told]
    low, high = min(values), max(values)
    room = max(high - low, abs(high) * 0.05, 1.0)
    floor, top = low - room * 0.1, high + room * 0.1
    scale = TALL / (top - floor)

    def y(value: float) -> float:
        return round((top - value) * scale, 1)

    spots = [
        (round(span.x(one.at) * WIDE / 100, 1), y(value))
        for one, value in zip(told, values, strict=True)
    ]
    step = max(1, len(spots) // POINTS_MAX)
    kept = _extremes(spots, step)
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in kept)
    rules = tuple(Tick(0, _figure(value), TOP + y(value)) for value in (low, high))
    rows = tuple((one.at, _figure(v), one.resource) for one, v in zip(told, values, strict=True))
    return Curve(
        label, unit, path, rules, trained, _ticks(span, y=TOP + TALL + FOOT - 5, left=LEFT),
        _figure(low), _figure(high), _figure(values[-1]), rows[-LINES_IN_TABLE:][::-1],
    )  # fmt: skip


def _extremes(spots: Sequence[tuple[float, float]], step: int) -> list[tuple[float, float]]:
    """Of each handful the highest and the lowest, in order: a dip is never lost."""
    if step < 2:
        return list(spots)
    found: list[tuple[float, float]] = []
    for begin in range(0, len(spots), 2 * step):
        some = spots[begin : begin + 2 * step]
        chosen = {min(some, key=lambda s: s[1]), max(some, key=lambda s: s[1])}
        found += sorted(chosen)
    return found


def _figure(value: float) -> str:
    return f"{value:.1f}".replace("-", "\N{MINUS SIGN}")
