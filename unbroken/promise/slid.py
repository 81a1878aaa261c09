"""A form with sliders, as a browser sends it, read into a setting; and the other way round. Pure.

Sliders come as the number of their stop. What is missing stands where the setting stands that the
form began from, so the address of a page holds no more than was moved.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from unbroken.promise.sliders import (
    CHANNELS,
    SLIDERS,
    BadSlider,
    Sliders,
    at_stops,
    checked,
    stop_of,
)

SENT = "sent"
"""A box that is not ticked is not sent: this says that the form was."""


def read(
    sent: Mapping[str, str], channels: Sequence[str], begun: Sliders, covers: Sequence[str]
) -> Sliders:
    """The setting in a form; BadSlider names what cannot be."""
    found = at_stops(sent, begun)
    if sent.get("cover"):
        found = replace(found, cover=_cover(sent["cover"], covers))
    if sent.get(SENT):
        found = replace(
            found,
            channels=frozenset(one for one in channels if one in CHANNELS),
            named=sent.get("named") == "yes",
        )
    if sent.get("services"):
        found = replace(found, services=int(_number("services", sent["services"])))
    if sent.get("fee"):
        found = replace(found, fee=_number("fee", sent["fee"]))
    return checked(found)


def written(sliders: Sliders, covers: Sequence[str]) -> list[tuple[str, str]]:
    """Names and values that `read` reads as this setting."""
    cover = str(covers.index(sliders.cover)) if sliders.cover in covers else ""
    stops = [(one.key, str(stop_of(one, getattr(sliders, one.key)))) for one in SLIDERS]
    return [
        (SENT, "yes"),
        ("cover", cover),
        *stops,
        *(("channel", one) for one in sorted(sliders.channels)),
        ("named", "yes" if sliders.named else ""),
        ("services", str(sliders.services)),
        ("fee", f"{sliders.fee:g}"),
    ]


def _cover(said: str, covers: Sequence[str]) -> str:
    if not (said.isascii() and said.isdigit() and len(said) < 5 and int(said) < len(covers)):
        raise BadSlider("cover", said)
    return covers[int(said)]


def _number(key: str, said: str) -> float:
    text = said.strip().replace(",", ".")
    pattern = r"\d{1,6}" if key == "services" else r"\d{1,7}(\.\d{1,2})?"
    if not re.fullmatch(pattern, text, re.ASCII):
        raise BadSlider(key, said)
    return float(text)
