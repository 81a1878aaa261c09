"""What can be set when a service is sold, and how far. Pure.

Each slider has stops; the command takes any value between the first and the last. Times are in
seconds on the hours of cover, shares between 0 and 1. `NEVER` stands for what is not promised.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from unbroken.ground.words import Phrase, _

NEVER: Final = 0
MINUTE, HOUR, DAY = 60, 3600, 86_400
PHONE, CHAT = "phone", "chat"
CHANNELS: Final = (PHONE, CHAT)
"""Those in which somebody waits for us; mail and the portal are always there."""

PICK_UP, FIRST_ANSWER, NEXT_NEWS = "pick_up", "first_answer", "next_news"
RESTORE, AVAILABILITY = "time_to_restore", "availability"
PROMISES: Final = (PICK_UP, FIRST_ANSWER, NEXT_NEWS, RESTORE, AVAILABILITY)
SERVICES_MAX: Final = 100_000
FEE_MAX: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Sliders:
    """One setting of all of them, and for how many services at which monthly fee each.

    `cover` is the key of a calendar. `credits` is the share of a service's monthly fee that a
    missed promise gives back.
    """

    cover: str = "weekdays"
    pick_up: int = 60
    first_answer: int = 4 * HOUR
    next_news: int = NEVER
    restore: int = NEVER
    availability: float = 0.0
    channels: frozenset[str] = frozenset({PHONE})
    named: bool = False
    credits: float = 0.0
    services: int = 1
    fee: float = 40.0

    @property
    def is_live(self) -> bool:
        """Whether there is a channel in which people wait for us."""
        return bool(self.channels)

    def promised(self, measure: str) -> float:
        """What is set for a promise; `NEVER` when it is none."""
        return {
            PICK_UP: self.pick_up if self.is_live else NEVER,
            FIRST_ANSWER: self.first_answer,
            NEXT_NEWS: self.next_news,
            RESTORE: self.restore,
            AVAILABILITY: self.availability,
        }[measure]


@dataclass(frozen=True, slots=True)
class Slider:
    """One of them: what it is, its stops from the least to the most that is promised."""

    key: str
    label: Phrase
    about: Phrase
    stops: tuple[float, ...]
    unit: str = "time"


SLIDERS: Final = (
    Slider(
        "pick_up",
        _("Picked up"),
        _("Four of five callers, and those who begin a chat, reach a person by then."),
        (NEVER, 600, 300, 180, 120, 60, 45, 30, 20, 15, 10),
    ),
    Slider(
        "first_answer",
        _("First answer"),
        _("By when a person has answered what was written."),
        (NEVER, 3 * DAY, DAY, 10 * HOUR, 8 * HOUR, 4 * HOUR, 2 * HOUR, HOUR, 1800, 900, 600),
    ),
    Slider(
        "next_news",
        _("Next news"),
        _("However long it takes, the customer hears from us again by then."),
        (NEVER, 3 * DAY, 2 * DAY, DAY, 10 * HOUR, 8 * HOUR, 4 * HOUR, 2 * HOUR, HOUR, 1800),
    ),
    Slider(
        "restore",
        _("Service restored"),
        _("By when a service that broke works again."),
        (NEVER, 5 * DAY, 3 * DAY, 2 * DAY, DAY, 12 * HOUR, 8 * HOUR, 6 * HOUR, 4 * HOUR),
    ),
    Slider(
        "availability",
        _("Availability"),
        _("The share of each month in which a service works."),
        (NEVER, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999),
        unit="share",
    ),
    Slider(
        "credits",
        _("Credit"),
        _("What a missed promise gives back, of the service's monthly fee."),
        (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0),
        unit="share",
    ),
)
BY_KEY: Final[Mapping[str, Slider]] = {one.key: one for one in SLIDERS}


class BadSlider(Exception):
    """A slider cannot stand there: its key, and what was said."""

    def __init__(self, key: str, said: object) -> None:
        super().__init__(f"{key}: {said}")
        self.key, self.said = key, str(said)


def checked(sliders: Sliders) -> Sliders:
    """The same, or BadSlider: within the first and the last stop."""
    for one in SLIDERS:
        value = getattr(sliders, one.key)
        real = [stop for stop in one.stops if stop]
        if value and not min(real) <= value <= max(real):
            raise BadSlider(one.key, value)
    if not 1 <= sliders.services <= SERVICES_MAX:
        raise BadSlider("services", sliders.services)
    if not 0 <= sliders.fee <= FEE_MAX:
        raise BadSlider("fee", sliders.fee)
    if not sliders.channels <= set(CHANNELS):
        raise BadSlider("channels", ", ".join(sorted(sliders.channels)))
    if sliders.channels and not sliders.pick_up:
        return replace(sliders, pick_up=600)
    return sliders


def as_json(sliders: Sliders) -> dict[str, object]:
    """As it is kept: names and plain values."""
    return {
        "cover": sliders.cover,
        "pick_up": sliders.pick_up,
        "first_answer": sliders.first_answer,
        "next_news": sliders.next_news,
        "restore": sliders.restore,
        "availability": sliders.availability,
        "channels": sorted(sliders.channels),
        "named": sliders.named,
        "credits": sliders.credits,
        "services": sliders.services,
        "fee": sliders.fee,
    }


def from_json(kept: Mapping[str, object]) -> Sliders:
    """The other way round; a slider of which nothing was kept stands where it begins."""
    known: dict[str, object] = {key: kept[key] for key in as_json(Sliders()) if key in kept}
    channels = known.pop("channels", None)
    found = Sliders(**known)  # type: ignore[arg-type]  # what `as_json` wrote
    if isinstance(channels, list):
        found = replace(found, channels=frozenset(map(str, channels)))
    return found


# ── as typed ──────────────────────────────────────────────────────────────────

_SPAN = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*(s|sec|m|min|h|d)?")
_UNITS = {"s": 1, "sec": 1, "m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY, "": 1}


def seconds_typed(text: str) -> int:
    """`20 s`, `15 min`, `4 h`, `1 d`, plain seconds; `none` promises nothing."""
    said = text.strip().lower()
    if said in ("none", "never", "-"):
        return NEVER
    match = _SPAN.fullmatch(said)
    if match is None:
        raise BadSlider("time", text)
    found = round(float(match[1].replace(",", ".")) * _UNITS[match[2] or ""])
    if not found:
        raise BadSlider("time", text)
    return found


def share_typed(text: str) -> float:
    """`99.9` or `99.9 %` are per cent, `none` is nothing promised."""
    said = text.strip().lower().removesuffix("%").strip().replace(",", ".")
    if said in ("none", "never", "-"):
        return 0.0
    if not re.fullmatch(r"\d{1,3}(\.\d{1,5})?", said) or float(said) > 100:
        raise BadSlider("share", text)
    return round(float(said) / 100, 7)


# ── as slid ───────────────────────────────────────────────────────────────────


def at_stops(positions: Mapping[str, str], begun: Sliders) -> Sliders:
    """Each slider at the stop whose number was sent; the others stay where they are."""
    values: dict[str, float] = {}
    for one in SLIDERS:
        said = positions.get(one.key, "")
        if not said:
            continue
        if not (said.isascii() and said.isdigit() and len(said) < 3 and int(said) < len(one.stops)):
            raise BadSlider(one.key, said)
        values[one.key] = one.stops[int(said)]
    return replace(begun, **values)  # type: ignore[arg-type]  # keys are those of sliders


def stop_of(slider: Slider, value: float) -> int:
    """The stop nearest to a value."""
    if not value:
        return 0
    near = [(abs(stop - value), place) for place, stop in enumerate(slider.stops) if stop]
    return min(near)[1]
