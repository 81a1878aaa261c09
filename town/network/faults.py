"""Faults: the state of a thing over time, and what it does to every line below it.

A cut is a moment at which one line loses something, and when it has it back. `layer` says what:
power (of the home), copper, light, path (sync stays), nas.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from town.network.ranges import Ranges
from town.network.streets import Home, Street

Layer = str


@dataclass(frozen=True)
class Cut:
    """One line loses something at `at` and has it back at `until`."""

    at: datetime
    until: datetime
    layer: Layer
    cause: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong: its true cause, the thing, when it began, when it was (or will be) over."""

    cause: str
    thing: str
    since: datetime
    until: datetime
    strength: float = 1.0


Drawer = Callable[[Random, Fault, Home, "Weather", Ranges], list[Cut]]


@dataclass(frozen=True)
class Weather:
    """Hours in which it rained, with how much, mm/h."""

    hours: tuple[tuple[datetime, float], ...]

    def wet(self, at: datetime) -> float:
        """How wet a joint is: rain of the last hours."""
        return sum(mm for hour, mm in self.hours if hour <= at < hour + timedelta(hours=5))


def _poisson(random: Random, since: datetime, until: datetime, a_day: float) -> list[datetime]:
    """Moments at random."""
    found: list[datetime] = []
    at = since
    while a_day > 0:
        at += timedelta(seconds=random.expovariate(a_day / 86400))
        if at >= until:
            return found
        found.append(at)
    return found


def for_home(
    random: Random, fault: Fault, home: Home, street: Street, weather: Weather, ranges: Ranges
) -> list[Cut]:
    """What this fault does to this home's line."""
    above = street.above(home.cpe)
    mine = fault.thing in above or fault.thing == home.feeder
    if not mine:
        return []
    return DRAWN.get(fault.cause.partition(":")[0], _nothing)(random, fault, home, weather, ranges)


def _nothing(*_: object) -> list[Cut]:
    return []


def _whole(layer: str) -> Drawer:
    """Everybody below loses it at once and has it back at once, give or take seconds."""

    def draw(
        random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges
    ) -> list[Cut]:
        at = fault.since + timedelta(seconds=random.uniform(0, 4))
        return [Cut(at, fault.until + timedelta(seconds=random.uniform(0, 90)), layer)]

    return draw


def _noise(random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges) -> list[Cut]:
    """Impulse noise or a bad joint: sync is lost at irregular times."""
    a_day = random.uniform(*ranges.noise_drops_a_day) * fault.strength
    moments = _poisson(random, fault.since, fault.until, a_day)
    return [Cut(at, at + timedelta(seconds=random.uniform(1, 20)), "copper") for at in moments]


def _wet(random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges) -> list[Cut]:
    """Water in the joint: the wetter, the oftener. Not every pair runs through the bad joint."""
    if random.random() > 0.75 and fault.strength < 1:
        return []
    a_day = random.uniform(*ranges.joint_drops_a_day) * 4
    moments = _poisson(random, fault.since, fault.until, a_day)
    return [
        Cut(at, at + timedelta(seconds=random.uniform(1, 60)), "copper")
        for at in moments
        if random.random() < min(1.0, weather.wet(at) / 4)
    ]


def _plug(random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges) -> list[Cut]:
    """A loose plug or a dying supply: seconds to half an hour without power."""
    moments = _poisson(random, fault.since, fault.until, random.uniform(1.5, 5))
    return [
        Cut(at, at + timedelta(seconds=random.choice((5, 30, 120, 1500))), "power")
        for at in moments
    ]


def _path(random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges) -> list[Cut]:
    """Keep-alives lost between node and NAS, while the line stays in sync."""
    moments = _poisson(random, fault.since, fault.until, random.uniform(2, 8))
    return [Cut(at, at + timedelta(seconds=random.uniform(1, 90)), "path") for at in moments]


def _software(
    random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges
) -> list[Cut]:
    """The device hangs and begins anew a few times a day."""
    if home.model != fault.cause.partition(":")[2] and fault.cause.partition(":")[2]:
        return []
    moments = _poisson(random, fault.since, fault.until, random.uniform(2, 7))
    return [Cut(at, at + timedelta(seconds=random.uniform(2, 20)), "device") for at in moments]


def _flicker(
    random: Random, fault: Fault, home: Home, weather: Weather, ranges: Ranges
) -> list[Cut]:
    """Too little light: it is lost for moments."""
    moments = _poisson(random, fault.since, fault.until, random.uniform(0.5, 3))
    return [Cut(at, at + timedelta(seconds=random.uniform(3, 40)), "light") for at in moments]


DRAWN: dict[str, Drawer] = {
    "line_unstable": _noise,
    "wet_joint": _wet,
    "customer_power": _plug,
    "optical_degradation": _flicker,
    "ppp_path": _path,
    "fibre_cut": _whole("light"),
    "drop_fibre": _whole("light"),
    "cable_cut": _whole("copper"),
    "area_power": _whole("power"),
    "access_node": _whole("node"),
    "uplink_down": _whole("path"),
    "nas_restart": _whole("nas"),
    "planned_work": _whole("node"),
    "cpe_firmware": _software,
}
