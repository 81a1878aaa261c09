"""The places on a plain map: dots by longitude and latitude, their names, a scale. Pure.

No tiles from anywhere: whoever knows the region knows it by the names.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, PAD = 400.0, 320.0, 34.0
DOT_MIN, DOT_MAX = 3.0, 11.0
LETTER, LINE = 6.6, 15.0
KM_A_DEGREE = 111.32
SPAN_MIN = 0.004
"""Degrees: one village alone is not drawn as large as a country."""

STEPS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its services, how many of them are away, and because of which problems."""

    name: str
    latitude: float
    longitude: float
    services: int
    away: int = 0
    problems: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map. Without room for its name `anchor` is empty."""

    spot: Spot
    x: float
    y: float
    radius: float
    word_x: float = 0.0
    word_y: float = 0.0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """Dots, and how long so many kilometres are."""

    dots: tuple[Dot, ...]
    scale_length: float
    scale_km: float
    width: float = WIDTH
    height: float = HEIGHT


def drawn(spots: Sequence[Spot]) -> Map | None:
    """The map of these places, those in trouble drawn last; None for none."""
    if not spots:
        return None
    put = _Projection(spots)
    most = max(one.services for one in spots) or 1
    order = sorted(spots, key=lambda one: (one.away > 0, one.services), reverse=True)
    taken: list[tuple[float, float, float, float]] = []
    dots = [_plain(one, put, most) for one in order]
    taken = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in dots]
    named = [_with_name(dot, taken) for dot in dots]
    km = next(
        (one for one in reversed(STEPS_KM) if one * put.pixels_a_km <= WIDTH / 3), STEPS_KM[0]
    )
    return Map(tuple(reversed(named)), round(km * put.pixels_a_km, 1), km)


class _Projection:
    """Degrees to places on the map; a degree of longitude is shorter the farther north."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
        west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
        self.middle = ((south + north) / 2, (west + east) / 2)
        self.narrow = max(0.05, math.cos(math.radians(self.middle[0])))
        across = max((east - west) * self.narrow, SPAN_MIN)
        along = max(north - south, SPAN_MIN)
        self.scale = min((WIDTH - 2 * PAD) / across, (HEIGHT - 2 * PAD) / along)
        self.pixels_a_km = self.scale / KM_A_DEGREE

    def at(self, spot: Spot) -> tuple[float, float]:
        x = WIDTH / 2 + (spot.longitude - self.middle[1]) * self.narrow * self.scale
        y = HEIGHT / 2 - (spot.latitude - self.middle[0]) * self.scale
        return round(x, 1), round(y, 1)


def _plain(spot: Spot, put: _Projection, most: int) -> Dot:
    x, y = put.at(spot)
    return Dot(
        spot, x, y, round(DOT_MIN + (DOT_MAX - DOT_MIN) * math.sqrt(spot.services / most), 1)
    )


def _with_name(dot: Dot, taken: list[tuple[float, float, float, float]]) -> Dot:
    """Beside, below or above its dot, wherever nothing else is; else without."""
    wide, gap = len(dot.spot.name) * LETTER, dot.radius + (9 if dot.spot.away else 4)
    for x, y, anchor in (
        (dot.x + gap, dot.y + 4, "start"),
        (dot.x - gap, dot.y + 4, "end"),
        (dot.x, dot.y + gap + LINE - 4, "middle"),
        (dot.x, dot.y - gap, "middle"),
    ):
        left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
        box = (left, y - LINE + 3, left + wide, y + 3)
        is_in = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT - LINE
        if is_in and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return Dot(dot.spot, dot.x, dot.y, dot.radius, round(x, 1), round(y, 1), anchor)
    return dot


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
