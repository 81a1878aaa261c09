"""Named settings of all sliders, to begin from and to be changed: Classic, Pop, Rock. Pure."""

from dataclasses import dataclass
from typing import Final

from unbroken.promise.sliders import CHAT, DAY, HOUR, PHONE, Sliders


@dataclass(frozen=True, slots=True)
class MixRow:
    """One of them; `version` is 0 while it is as it came, `id` that of its row or 0."""

    key: str
    name: str
    sliders: Sliders
    place: int
    is_on: bool = True
    id: int = 0
    version: int = 0


BEGINS: Final = (
    MixRow(
        "classic",
        "Classic",
        Sliders("weekdays", 120, 8 * HOUR, 2 * DAY, 3 * DAY, 0.0, frozenset({PHONE})),
        10,
    ),
    MixRow(
        "pop",
        "Pop",
        Sliders(
            "every-day", 60, 4 * HOUR, DAY, DAY, 0.99, frozenset({PHONE, CHAT}), credits=0.1
        ),
        20,
    ),
    MixRow(
        "rock",
        "Rock",
        Sliders(
            "round-the-clock", 20, HOUR, 2 * HOUR, 6 * HOUR, 0.995, frozenset({PHONE, CHAT}),
            named=True, credits=0.2,
        ),
        30,
    ),
)  # fmt: skip
