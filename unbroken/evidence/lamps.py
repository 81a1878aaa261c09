"""The catalogue of customers' devices: which lamp, in which state, speaks of which layer. Pure.

One data file per model in `cpe/`; a new model is a file and nothing else. What no file says, the
common table says (`cpe/any.toml`, facts.md 6.5). Layers: power, light, sync, session, home.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "cpe"


@dataclass(frozen=True, slots=True)
class Device:
    """A model: its lamps with the layer of each state, and whether it can only bridge."""

    model: str
    lamps: dict[str, dict[str, str]]
    names: tuple[str, ...] = ()
    note: str = ""


@cache
def devices() -> dict[str, Device]:
    """Every model by the name of its file's `model`."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        device = Device(
            told["model"], told["lamps"], tuple(told.get("names", ())), told.get("note", "")
        )
        found[device.model] = device
    return found


def device_of(model: str) -> Device:
    """The file of this model, or the common table."""
    plain = model.casefold()
    for device in devices().values():
        if plain and (plain == device.model.casefold()
                      or any(name.casefold() in plain for name in device.names)):  # fmt: skip
            return device
    return devices()["any"]


def layer_of(model: str, lamp: str, state: str) -> str:
    """The layer that this lamp in this state speaks of; empty when it says nothing of ours."""
    for device in (device_of(model), devices()["any"]):
        layer = device.lamps.get(lamp, {}).get(state)
        if layer is not None:
            return layer
    return ""
