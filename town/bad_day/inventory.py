"""The bad day's town as `unbroken import inventory` reads it."""

from typing import Any

from town.bad_day.day import BadDay, Person
from town.network.streets import Thing

Item = dict[str, Any]
SECRET = "bad-day"
ADDRESSES = {"nas-1": "127.0.0.11", "nas-2": "127.0.0.12", "nas-3": "127.0.0.13"}
"""From where each NAS speaks."""

CIRCUIT = "NC/LINK/0001"


def inventory(day: BadDay) -> Item:
    """Everything that is known of the town before the day begins."""
    return {
        "partners": [
            {"id": "netco", "name": "NetCo", "email": "noc@netco.example"},
            {"id": "highsat", "name": "Highsat", "email": "noc@highsat.example"},
            {"id": "works", "name": "Stadtwerke", "email": "noc@works.example"},
        ],
        "places": [_place(number) for number in range(16)],
        "resources": [_resource(one) for one in day.street.things.values()],
        "customers": [_customer(one, day) for one in day.people.values()],
    }


def _place(number: int) -> Item:
    """0 is the town itself; the others are its fifteen villages."""
    return {
        "id": f"place-{number}",
        "name": f"Village {number}" if number else "Lindenhof",
        "timezone": "Europe/Berlin",
        "lat": round(52.1 + 0.03 * (number % 4), 3),
        "lon": round(11.6 + 0.04 * (number // 4), 3),
    }


def _resource(one: Thing) -> Item:
    item: Item = {"id": one.key, "kind": one.kind, "parents": list(one.parents)}
    if one.kind == "nas":
        item |= {"address": ADDRESSES[one.key], "radius_secret": SECRET}
    if one.model:
        item["model"] = one.model
    if one.owner != "us":
        item["owner"] = one.owner
    if one.key == "link-1":
        item["circuit"] = CIRCUIT
    return item


def _customer(one: Person, day: BadDay) -> Item:
    name = f"Firma {one.key}" if one.is_company else f"Family {one.key}"
    return {
        "id": one.key,
        "name": name,
        "kind": "company" if one.is_company else "household",
        "language": one.language,
        "timezone": "Europe/Berlin",
        "contacts": [{"name": name, "email": one.address}],
        "services": [
            {
                "id": key,
                "product": "Internet",
                "technology": day.street.homes[key].technology,
                "access": f"{key}@isp",
                "resource": day.street.homes[key].cpe,
                "agreement": one.agreement,
                "monthly_price": "29.99",
                "currency": "EUR",
                "place": f"place-{day.villages.get(key, 0)}",
            }
            for key in one.homes
        ],
    }
