"""The town as an inventory: streets, a DSLAM, a broken cable, a café with a business promise."""

from typing import Any

from town.cast import PEOPLE, Person

Item = dict[str, Any]

_PEOPLE = {person.key: person for person in PEOPLE}

PARTNERS: list[Item] = [
    {"id": "netco", "name": "NetCo", "email": "noc@netco.example"},
    {"id": "stadtwerke", "name": "Stadtwerke", "email": "leitstelle@stadtwerke.example"},
]

PLACES: list[Item] = [
    {"id": "lindenhof", "name": "Lindenhof", "timezone": "Europe/Berlin"}
    | {"lat": 52.49, "lon": 13.36},
    {"id": "linden", "name": "Lindenstrasse", "part_of": "lindenhof"}
    | {"timezone": "Europe/Berlin", "lat": 52.491, "lon": 13.361},
    {"id": "garten", "name": "Gartenweg", "part_of": "lindenhof"}
    | {"timezone": "Europe/Berlin", "lat": 52.493, "lon": 13.358},
    {"id": "markt", "name": "Marktplatz", "part_of": "lindenhof"}
    | {"timezone": "Europe/Berlin", "lat": 52.492, "lon": 13.364},
    {"id": "hafen", "name": "Hafenweg", "part_of": "lindenhof"}
    | {"timezone": "Europe/Berlin", "lat": 52.487, "lon": 13.371},
    {"id": "depot-1", "name": "Depot North", "kind": "site", "customer": "c-40"}
    | {"timezone": "Europe/Berlin", "part_of": "hafen"},
    {"id": "depot-2", "name": "Depot Riga", "kind": "site", "customer": "c-40"}
    | {"timezone": "Europe/Riga"},
]


def _sold(mbit: int, price: str) -> Item:
    """What a product gives and costs."""
    return {"down_kbit": 1000 * mbit, "monthly_price": price, "currency": "EUR"}


PRODUCTS: list[Item] = [
    {"id": "ADSL 16", "name": "ADSL 16", "technology": "adsl"} | _sold(16, "19.99"),
    {"id": "DSL 50", "name": "DSL 50", "technology": "vdsl"} | _sold(50, "29.99"),
    {"id": "DSL 100", "name": "DSL 100", "technology": "vdsl"} | _sold(100, "39.99"),
    {"id": "Fibre 300", "name": "Fibre 300", "technology": "gpon"} | _sold(300, "49.99"),
    {"id": "Fibre 1000 Business", "name": "Fibre 1000 Business", "technology": "gpon"}
    | _sold(1000, "89.00"),
    {"id": "Site Link 10", "name": "Site Link 10", "technology": "ethernet"},
    {"id": "Hosting M", "name": "Hosting M", "technology": "hosting"},
    {"id": "Telephone", "name": "Telephone", "technology": "voip"},
]

NETWORK: list[Item] = [
    {"id": "nas-1", "kind": "nas", "name": "bng-lindenhof", "address": "127.0.0.1"}
    | {"radius_secret": "lindenhof-radius", "parents": ["feeder-1"]},
    {"id": "feeder-1", "kind": "feeder", "name": "Substation West", "owner": "stadtwerke"},
    {"id": "feeder-3", "kind": "feeder", "name": "Cabinet feed 3", "owner": "stadtwerke"},
    {"id": "dslam-7", "kind": "dslam", "name": "Cabinet 7", "place": "linden"}
    | {"parents": ["nas-1", "feeder-3"]},
    {"id": "cable-44", "kind": "cable", "name": "Cable 44, Lindenstrasse", "owner": "netco"}
    | {"parents": ["dslam-7"], "place": "linden"},
    {"id": "cable-45", "kind": "cable", "name": "Cable 45, Gartenweg", "parents": ["dslam-7"]}
    | {"place": "garten"},
    {"id": "olt-2", "kind": "olt", "name": "OLT Marktplatz", "parents": ["nas-1", "feeder-1"]}
    | {"place": "markt"},
    {"id": "olt-2/1", "kind": "port", "parents": ["olt-2"]},
    {"id": "split-9", "kind": "splitter", "name": "Splitter Marktplatz", "parents": ["olt-2/1"]},
    {"id": "link-5", "kind": "link", "name": "Carrier link Riga", "owner": "netco"}
    | {"circuit": "NC/ETH/004417", "parents": ["nas-1"]},
    {"id": "linden-weather", "kind": "site", "name": "Weather, Lindenstrasse", "place": "linden"},
    {"id": "web-3", "kind": "server", "name": "web3.lindenhof.example", "parents": ["nas-1"]},
]

# On cable 44 live Anneke and her neighbours, on cable 45 a man whose lamp goes dark; on the
# splitter at the Marktplatz the shops.
_COPPER = ("77", "78", "79", "80", "81", "82")
_GARDENS = ("83", "84", "85", "86")
_FIBRE = ("20", "31", "32", "41")


def inventory() -> Item:
    """All of it, as `unbroken import inventory` reads it."""
    return {
        "partners": PARTNERS,
        "places": PLACES,
        "products": PRODUCTS,
        "resources": [*NETWORK, *_lines()],
        "customers": [*_households(), *_gardens(), *_companies()],
    }


def _lines() -> list[Item]:
    items: list[Item] = []
    for slot, number in enumerate(_COPPER, start=1):
        items.append(
            {"id": f"line-{number}", "kind": "line", "parents": ["cable-44"], "owner": "netco"}
            | {"circuit": f"DSLAM-7 atm 1/{slot}:1.32", "place": "linden"}
        )
        items.append(_cpe(number, f"line-{number}", "ZTE ZXDSL 531B"))
    for slot, number in enumerate(_GARDENS, start=9):
        items.append(
            {"id": f"line-{number}", "kind": "line", "parents": ["cable-45"]}
            | {"circuit": f"DSLAM-7 atm 1/{slot}:1.32", "place": "garten"}
        )
        items.append(_cpe(number, f"line-{number}", "ZTE ZXDSL 531B"))
    for number in _FIBRE:
        items.append({"id": f"drop-{number}", "kind": "line", "parents": ["split-9"]})
        items.append(_cpe(number, f"drop-{number}", "Nokia G-240W"))
    return items


def _cpe(number: str, line: str, model: str) -> Item:
    return {"id": f"cpe-{number}", "kind": "cpe", "model": model} | {
        "parents": [line],
        "owner": "customer",
    }


def _households() -> list[Item]:
    rows = [
        ("77", "anneke", "classic", "29.99"),
        ("78", "irina", "classic", "29.99"),
        ("79", "kolya", "classic", "29.99"),
        ("80", "giulia", "classic", "29.99"),
        ("81", "henk", "classic", "34.99"),
        ("82", "lucia", "classic", "29.99"),
    ]
    return [
        _customer(f"c-{number}", _PEOPLE[key].name, "household", [_PEOPLE[key]])
        | {"services": [_service(number, "DSL 50", agreement, price, place="linden")]}
        for number, key, agreement, price in rows
    ]


def _gardens() -> list[Item]:
    """Four on cable 45; three of them never had anything to ask."""
    names = {"84": "Hana Svobodova", "85": "Tomasz Zielinski", "86": "Ruth Berger"}
    asks = _customer("c-83", _PEOPLE["sidorov"].name, "household", [_PEOPLE["sidorov"]])
    quiet = [
        {"id": f"c-{number}", "name": name, "kind": "household", "timezone": "Europe/Berlin"}
        for number, name in names.items()
    ]
    return [
        one
        | {
            "services": [
                _service(number, "ADSL 16", "classic", "19.99", place="garten")
                | {"session_timeout": 86400}
            ]
        }
        for number, one in zip(_GARDENS, [asks, *quiet], strict=True)
    ]


def _companies() -> list[Item]:
    fibre = "Fibre 1000 Business"
    hosting: Item = {"id": "s-31h", "product": "Hosting M", "resource": "web-3"}
    phone: Item = {"id": "s-20p", "product": "Telephone", "agreement": "business"}
    riga: Item = {"id": "s-40r", "product": "Site Link 10", "resource": "link-5"}
    return [
        _customer("c-20", "Visser Wheels", "company", [_PEOPLE["bram"], _PEOPLE["ada"]])
        | {"vip": True}
        | {"services": [_service("20", fibre, "business", "89.00", place="markt"), phone]},
        _customer("c-31", "Café Linde", "company", [_PEOPLE["pietro"]])
        | {"services": [_service("31", fibre, "business", "89.00", place="markt"), hosting]},
        _customer("c-32", "Studio Kim", "company", [_PEOPLE["dmitri"]])
        | {"services": [_service("32", "Fibre 300", "classic", "44.90", place="markt")]},
        _customer("c-40", "Weber Logistics", "company", [_PEOPLE["weber"]])
        | {"services": [riga | {"agreement": "business", "place": "depot-2"}]},
        _customer("c-41", "Weber Logistics, Depot North", "company", [_PEOPLE["depot"]])
        | {"parent": "c-40"}
        | {"services": [_service("41", fibre, "business", "89.00", place="depot-1")]},
        _customer("c-50", "Nordlicht", "reseller", [_PEOPLE["nordlicht"]]),
        {"id": "c-51", "name": "Nordlicht: Bakery Ewald", "kind": "company", "parent": "c-50"},
    ]


def _customer(key: str, name: str, kind: str, people: list[Person]) -> Item:
    contacts = [
        {"name": person.name, "email": person.email, "language": person.language}
        | ({"phone": person.phone} if person.phone else {})
        for person in people
    ]
    return {"id": key, "name": name, "kind": kind} | {
        "language": people[0].language,
        "timezone": "Europe/Berlin",
        "contacts": contacts,
    }


def _service(number: str, product: str, agreement: str, price: str, *, place: str) -> Item:
    return {"id": f"s-{number}", "product": product, "access": f"{number}@lindenhof"} | {
        "resource": f"cpe-{number}",
        "agreement": agreement,
        "monthly_price": price,
        "currency": "EUR",
        "place": place,
    }
