"""A small inventory, and the same with something else about Anneke."""

import json
from copy import deepcopy
from typing import Any

from tests.directory.people import MONDAY
from unbroken.directory.importing.run import import_inventory
from unbroken.ground.actor import HOUSE
from unbroken.ground.models import EventRow
from unbroken.ground.progress import Taken

LINDENHOF: dict[str, Any] = {
    "partners": [{"id": "netco", "name": "NetCo", "email": "noc@netco.example"}],
    "places": [{"id": "v12", "name": "Lindenhof", "timezone": "Europe/Berlin", "lat": 52.1}],
    "resources": [
        {"id": "cpe-123", "kind": "cpe", "parents": ["line-123"], "owner": "customer"},
        {"id": "line-123", "kind": "line", "parents": ["cable-44"], "owner": "netco"},
        {"id": "cable-44", "kind": "cable", "parents": ["dslam-7"]},
        {"id": "dslam-7", "kind": "dslam", "parents": ["nas-1", "feeder-3"], "place": "v12"},
        {"id": "nas-1", "kind": "nas", "address": "192.0.2.10", "radius_secret": "s3cret"},
        {"id": "feeder-3", "kind": "feeder"},
    ],
    "customers": [
        {
            "id": "c-77",
            "name": "Anneke de Wit",
            "kind": "household",
            "language": "en",
            "timezone": "Europe/Berlin",
            "contacts": [
                {
                    "name": "Anneke de Wit",
                    "email": "anneke@home.example",
                    "phone": "+49 30 23125 077",
                }
            ],
            "services": [
                {
                    "id": "s-77",
                    "product": "DSL 50",
                    "technology": "vdsl",
                    "access": "anneke@isp",
                    "resource": "cpe-123",
                    "agreement": "classic",
                    "monthly_price": "29.99",
                    "currency": "EUR",
                    "place": "v12",
                }
            ],
        }
    ],
}
ITEMS = 11


def taken(inventory: object) -> Taken:
    return import_inventory([json.dumps(inventory)], by=HOUSE, at=MONDAY)


def refused(inventory: object) -> dict[str, str]:
    return dict(taken(inventory).refused)


def events() -> int:
    return EventRow.objects.count()


def with_customer(**fields: object) -> dict[str, Any]:
    """Lindenhof, with something else about Anneke."""
    inventory = deepcopy(LINDENHOF)
    inventory["customers"][0].update(fields)
    return inventory


def with_contact(**fields: object) -> dict[str, Any]:
    """Lindenhof, with something else about Anneke's contact."""
    return with_customer(contacts=[{**LINDENHOF["customers"][0]["contacts"][0], **fields}])


def with_service(**fields: object) -> dict[str, Any]:
    """Lindenhof, with something else about Anneke's line."""
    return with_customer(services=[{**LINDENHOF["customers"][0]["services"][0], **fields}])
