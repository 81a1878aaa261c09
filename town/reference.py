"""The reference provider: 15,000 customers, 18,000 services, 40,000 resources, made by code.

Always the same for the same numbers. `python -m town.reference > provider.json` writes it.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]

LINES_PER_CABLE = 50
CABLES_PER_DSLAM = 6
DSLAMS_PER_NAS = 20
PORTS_PER_OLT = 16
SPLIT = 32

FIRST = ("Anna", "Bernd", "Chiara", "Dmitri", "Elena", "Fatma", "Georg", "Hanna", "Igor", "Julia")
LAST = ("Adler", "Bianchi", "Conti", "Drews", "Ewald", "Fontana", "Gromow", "Hahn", "Ivanova")
LANGUAGES = ("en",) * 6 + ("ru",) * 2 + ("it",) * 2
MODELS = ("ZTE ZXDSL 531B", "AVM 7590", "Sagem F@st 5655", "Zyxel VMG8825")
AGREEMENTS = ("classic",) * 8 + ("business", "rock")


def provider(customers: int = 15_000, *, seed: int = 7) -> Item:
    """The whole inventory, as `unbroken import inventory` reads it."""
    dice = random.Random(seed)
    services = customers + customers // 5
    copper = services * 6 // 10
    resources = [*_copper(copper), *_fibre(services - copper)]
    return {
        "partners": [
            {"id": "netco", "name": "NetCo", "email": "noc@netco.example"},
            {"id": "wavelink", "name": "Wavelink", "email": "noc@wavelink.example"},
            {"id": "lastmile", "name": "Last Mile AG", "email": "desk@lastmile.example"},
        ],
        "places": [_place(number) for number in range(60)],
        "resources": resources,
        "customers": [_customer(number, customers, copper, dice) for number in range(customers)],
    }


def _place(number: int) -> Item:
    return {
        "id": f"v{number}",
        "name": f"Quarter {number}",
        "timezone": "Europe/Berlin",
        "lat": round(52 + number / 100, 2),
        "lon": round(11 + number / 100, 2),
    }


def _copper(lines: int) -> Iterator[Item]:
    """Lines in cables, cables from DSLAMs, DSLAMs behind NASes and on feeders."""
    cables = -(-lines // LINES_PER_CABLE)
    dslams = -(-cables // CABLES_PER_DSLAM)
    for number in range(-(-dslams // DSLAMS_PER_NAS)):
        address = f"192.0.2.{number + 1}"
        yield {"id": f"nas-{number}", "kind": "nas", "address": address, "radius_secret": "s3cret"}
        yield {"id": f"feeder-{number}", "kind": "feeder", "owner": "us"}
    for number in range(dslams):
        above = [f"nas-{number // DSLAMS_PER_NAS}", f"feeder-{number // DSLAMS_PER_NAS}"]
        yield {
            "id": f"dslam-{number}",
            "kind": "dslam",
            "parents": above,
            "place": f"v{number % 60}",
        }
    for number in range(cables):
        above = [f"dslam-{number // CABLES_PER_DSLAM}"]
        yield {"id": f"cable-{number}", "kind": "cable", "parents": above}
    for number in range(lines):
        above = [f"cable-{number // LINES_PER_CABLE}"]
        if number % 3 == 0:
            yield {"id": f"slot-{number}", "kind": "port", "parents": [f"dslam-{number // 300}"]}
            above.append(f"slot-{number}")
        owner = "netco" if number % 3 == 0 else "us"
        circuit = f"DSLAM-{number // 300} atm 1/{number % 300}:1.32"
        yield {"id": f"line-{number}", "kind": "line", "parents": above, "owner": owner} | {
            "circuit": circuit
        }
        yield _cpe(number, f"line-{number}")


def _fibre(ends: int) -> Iterator[Item]:
    """Subscribers behind splitters, splitters on ports of OLTs."""
    ports = -(-ends // SPLIT)
    for number in range(-(-ports // PORTS_PER_OLT)):
        yield {"id": f"olt-{number}", "kind": "olt", "parents": ["nas-0"]}
    for number in range(ports):
        above = f"olt-{number // PORTS_PER_OLT}"
        yield {"id": f"port-{number}", "kind": "port", "parents": [above]}
        yield {"id": f"splitter-{number}", "kind": "splitter", "parents": [f"port-{number}"]}
    for number in range(ends):
        yield {"id": f"drop-{number}", "kind": "line", "parents": [f"splitter-{number // SPLIT}"]}
        yield _cpe(number, f"drop-{number}", prefix="ont")


def _cpe(number: int, line: str, *, prefix: str = "cpe") -> Item:
    return {
        "id": f"{prefix}-{number}",
        "kind": "cpe",
        "model": MODELS[number % len(MODELS)],
        "parents": [line],
        "owner": "customer",
    }


def _customer(number: int, customers: int, copper: int, dice: random.Random) -> Item:
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]} {number}"
    services = [number] if number >= customers // 5 else [number, customers + number]
    return {
        "id": f"c-{number}",
        "name": name,
        "kind": "company" if number % 10 == 0 else "household",
        "language": dice.choice(LANGUAGES),
        "timezone": "Europe/Berlin",
        "contacts": [
            {
                "name": name,
                "email": f"person{number}@home.example",
                "phone": f"+49 30 {23000000 + number}",
            }
        ],
        "services": [_service(one, copper, dice) for one in services],
    }


def _service(number: int, copper: int, dice: random.Random) -> Item:
    is_copper = number < copper
    return {
        "id": f"s-{number}",
        "product": "DSL 50" if is_copper else "Fibre 300",
        "technology": "vdsl" if is_copper else "gpon",
        "access": f"user{number}@isp",
        "resource": f"cpe-{number}" if is_copper else f"ont-{number - copper}",
        "agreement": dice.choice(AGREEMENTS),
        "monthly_price": "29.99" if is_copper else "44.90",
        "currency": "EUR",
        "place": f"v{number % 60}",
    }


def main() -> None:
    """Write the provider as JSON to standard output."""
    parser = argparse.ArgumentParser(description="Write the reference provider's inventory.")
    parser.add_argument("--customers", type=int, default=15_000)
    json.dump(provider(parser.parse_args().customers), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
