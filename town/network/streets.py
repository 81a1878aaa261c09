"""The streets of a made-up town: what hangs on what, drawn from a seed."""

from dataclasses import dataclass, field
from random import Random

from town.network.ranges import Ranges

COPPER_MODELS = ("ZTE ZXDSL 531B", "AVM FRITZ!Box 7530", "Zyxel VMG1312")
FIBRE_MODELS = ("Nokia G-240W", "Huawei HG8245H")


@dataclass
class Thing:
    """A thing in the network."""

    key: str
    kind: str
    parents: tuple[str, ...] = ()
    model: str = ""
    owner: str = "us"
    feeder: str = ""


@dataclass
class Home:
    """A service and whose habits it has. `mode`: router, or bridge with a computer that dials."""

    key: str
    technology: str
    cpe: str
    line: str
    nas: str
    feeder: str
    model: str
    margin_db: float
    light_dbm: float
    rate_kbit: int
    reset_seconds: int | None
    nightly: float | None
    mode: str = "router"
    mac: str = ""
    megabits_used: float = 3.0


@dataclass
class Street:
    """The whole town."""

    things: dict[str, Thing] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    site: str = "site-1"

    def above(self, key: str) -> list[str]:
        """Everything this stops working without, nearest first, itself too."""
        seen, heap = [], [key]
        while heap:
            one = heap.pop(0)
            if one in seen:
                continue
            seen.append(one)
            heap.extend(self.things[one].parents)
        return seen

    def homes_on(self, key: str) -> list[Home]:
        """Who hangs on this."""
        return [home for home in self.homes.values() if key in self.above(home.cpe)]


def build(random: Random, ranges: Ranges) -> Street:
    """Two NASes, two cabinets of copper, one of fibre, power from two feeders."""
    street = Street()

    def add(key: str, kind: str, *parents: str, **more: str) -> None:
        street.things[key] = Thing(key, kind, parents, **more)

    add("feeder-a", "feeder", owner="works")
    add("feeder-b", "feeder", owner="works")
    add("nas-1", "nas")
    add("nas-2", "nas")
    add("link-1", "link", "nas-1", owner="netco")
    add("link-2", "link", "nas-2")
    add("site-1", "site")
    homes_power_known = random.random() < 0.5
    reset = random.choice(ranges.reset_hours) * 3600 if random.random() < 0.7 else None
    for number, (link, feeder) in enumerate((("link-1", "feeder-a"), ("link-2", "feeder-b")), 1):
        add(f"dslam-{number}", "dslam", link, feeder)
        for cable in range(1, 3):
            key = f"cable-{number}{cable}"
            add(key, "cable", f"dslam-{number}", owner="netco")
            for pair in range(random.randint(*ranges.lines_on_cable)):
                _home(street, random, ranges, f"{key}-{pair}", "vdsl", key, feeder,
                      f"nas-{number}", reset, homes_power_known)  # fmt: skip
    add("olt-1", "olt", "nas-2")
    for port in range(1, 3):
        add(f"port-{port}", "port", "olt-1")
        for splitter in range(1, 3):
            key = f"split-{port}{splitter}"
            add(key, "splitter", f"port-{port}")
            for drop in range(random.randint(4, 10)):
                _home(street, random, ranges, f"{key}-{drop}", "gpon", key, "feeder-b", "nas-2",
                      reset, homes_power_known)  # fmt: skip
    return street


def _home(
    street: Street, random: Random, ranges: Ranges, name: str, technology: str, parent: str,
    feeder: str, nas: str, reset: int | None, power_known: bool,
) -> None:  # fmt: skip
    """One customer with a line and a device."""
    line, cpe = f"line-{name}", f"cpe-{name}"
    models = COPPER_MODELS if technology == "vdsl" else FIBRE_MODELS
    model = random.choice(models)
    street.things[line] = Thing(line, "line", (parent,))
    parents = (line, feeder) if power_known else (line,)
    street.things[cpe] = Thing(cpe, "cpe", parents, model, "customer", feeder)
    nightly = random.choice([None, None, None, random.uniform(1.5, 5.5) * 3600])
    street.homes[f"s-{name}"] = Home(
        f"s-{name}", technology, cpe, line, nas, feeder, model,
        random.uniform(*ranges.margin_db), random.uniform(-24, -14),
        random.choice((16_000, 25_000, 50_000)) if technology == "vdsl" else 300_000,
        reset, nightly if reset is None else None,
        mac=":".join(f"{random.randrange(256):02x}" for _ in range(6)),
        megabits_used=random.uniform(0.2, 6.0),
    )  # fmt: skip
