"""The picture of a link: weeks behind, the fan of what may come, where it is full. Pure.

Across, 0 to 1000; down, pixels. The same picture stands on the list and on the customer's page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from unbroken.evidence.filling.weeks import FULL

WIDTH, HEIGHT, EDGE = 1000, 96, 4
BACK, AHEAD = 12, 26
TOP = 1.1


@dataclass(frozen=True, slots=True)
class Fan:
    """What was (`path`), what may come (`fan`, its `middle`), full, all of it, today."""

    path: str
    fan: str
    middle: str
    full: float
    whole: float
    today: float
    width: int = WIDTH
    height: int = HEIGHT


def picture(
    weeks: Sequence[tuple[int, float]], fan: Sequence[tuple[int, float, float, float]]
) -> Fan:
    """From the busy hours of weeks and the levels of weeks ahead."""
    points = tuple((_x(week + 0.5), _y(share)) for week, share in weeks if week >= -BACK)
    low = [(_x(week), _y(one)) for week, one, _middle, _high in fan]
    high = [(_x(week), _y(one)) for week, _low, _middle, one in fan]
    middle = [(_x(week), _y(one)) for week, _low, one, _high in fan]
    around = _line([*high, *reversed(low)])
    return Fan(
        path=_line(points), fan=f"{around} Z" if around else "", middle=_line(middle),
        full=_y(FULL), whole=_y(1.0), today=_x(0),
    )  # fmt: skip


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x},{y}" for x, y in points) if points else ""


def _x(week: float) -> float:
    return round((week + BACK) / (BACK + AHEAD) * WIDTH, 1)


def _y(share: float) -> float:
    inside = min(TOP, max(0.0, share))
    return round(EDGE + (TOP - inside) / TOP * (HEIGHT - 2 * EDGE), 1)
