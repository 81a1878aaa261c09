"""A small picture of what gets worse on a line: ten weeks behind, four ahead. Pure.

Across, 0 to 1000; down, pixels. Counters are drawn by their doublings, so that growth is straight.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, EDGE = 1000, 56, 6
BACK, AHEAD = 10, 4
COUNTERS = ("errored", "retrains")


@dataclass(frozen=True, slots=True)
class Small:
    """The curve, where it leads (dashed), where the line no longer holds, where today is."""

    path: str
    ahead: str
    floor: float
    today: float
    width: int = WIDTH
    height: int = HEIGHT


def small(sign: Mapping[str, Any]) -> Small:
    """The picture of one sign, from the medians of its weeks."""
    kind = sign["kind"]
    weeks = [(int(w), _scaled(kind, float(v))) for w, v in sign["weeks"] if w >= -BACK]
    floor, level = _scaled(kind, sign["floor"]), _scaled(kind, sign["level"])
    a_week = _slope(kind, sign)
    least = min([floor, level, *(v for _, v in weeks)])
    most = max([floor, level, *(v for _, v in weeks)])
    span = (most - least) or 1.0

    def y(value: float) -> float:
        inside = min(most + 0.1 * span, max(least - 0.1 * span, value))
        return round(EDGE + (most - inside) / span * (HEIGHT - 2 * EDGE), 1)

    points = [f"{_x(week + 0.5)},{y(value)}" for week, value in weeks]
    ends = level + a_week * AHEAD
    return Small(
        path="M" + " L".join(points) if points else "",
        ahead=f"M{_x(0)},{y(level)} L{_x(AHEAD)},{y(ends)}",
        floor=y(floor),
        today=_x(0),
    )


def _x(week: float) -> float:
    return round((week + BACK) / (BACK + AHEAD) * WIDTH, 1)


def _scaled(kind: str, value: float) -> float:
    return math.log2(1 + max(0.0, value)) if kind in COUNTERS else value


def _slope(kind: str, sign: Mapping[str, Any]) -> float:
    if kind not in COUNTERS:
        return float(sign["a_week"])
    level = float(sign["level"])
    return math.log2((1 + level + float(sign["a_week"])) / (1 + level))
