"""What cannot be right is refused item by item, and takes along only what stands on it."""

from copy import deepcopy
from typing import Any

import pytest

from tests.directory.inventories import (
    ITEMS,
    LINDENHOF,
    refused,
    taken,
    with_contact,
    with_customer,
    with_service,
)
from unbroken.directory import queries
from unbroken.directory.models import Resource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("inventory", "item", "reason"),
    [
        (with_contact(email="anneke at home"), "contact no. 1 of customer c-77", "e-mail address"),
        (with_contact(email="anneke@localhost"), "contact no. 1 of customer c-77", "e-mail"),
        (with_contact(email=["a@b.example", "x"]), "contact no. 1 of customer c-77", "“x”"),
        (with_contact(phone="call me"), "contact no. 1 of customer c-77", "phone"),
        (with_contact(timezone="Mars/Olympus"), "contact no. 1 of customer c-77", "time zone"),
        (with_contact(name=None, email=None, phone=None), "contact no. 1 of customer c-77", "nor"),
        (with_service(monthly_price="cheap"), "service s-77", "amount of money"),
        (with_service(monthly_price="-1"), "service s-77", "amount of money"),
        (with_service(monthly_price="NaN"), "service s-77", "amount of money"),
        (with_service(monthly_price="1.999"), "service s-77", "two decimals"),
        (with_service(currency="euro"), "service s-77", "currency"),
        (with_service(quota_day=32), "service s-77", "from 1 to 31"),
        (with_service(quota_octets=2**70), "service s-77", "whole number"),
        (with_service(session_timeout=True), "service s-77", "whole number"),
        (with_service(ip="300.1.1.1"), "service s-77", "IP address"),
        (with_service(resource="cpe-9"), "service s-77", "resource cpe-9, which nobody knows"),
        (with_service(place="v99"), "service s-77", "place v99, which nobody knows"),
        (with_service(access="anneke\0@isp"), "service s-77", "no text"),
        (with_service(access="\ud800"), "service s-77", "no text"),
        (with_service(access="x" * 2000), "service s-77", "longer"),
        (with_service(id=""), "service no. 1 of customer c-77", "empty"),
        (with_service(id=None), "service no. 1 of customer c-77", "has no “id”"),
        (with_customer(services=["s-77"]), "service no. 1 of customer c-77", "an object"),
        ({"resources": [{"id": "x", "kind": "toaster"}]}, "resource x", "none of"),
        ({"resources": [{"id": "x"}]}, "resource x", "has no “kind”"),
        ({"resources": [{"id": "x", "kind": "nas", "owner": "acme"}]}, "resource x", "“acme”"),
        ({"resources": [{"id": "x", "kind": "nas", "parents": "y"}]}, "resource x", "a list"),
        ({"resources": [{"id": "x", "kind": "nas", "parents": ["y"]}]}, "resource x", "nobody"),
        ({"resources": [{"id": "x", "kind": "nas", "parents": ["x"]}]}, "resource x", "x → x"),
        ({"resources": ["x"]}, "resource no. 1", "an object"),
        ({"resources": {"id": "x"}}, "resources", "must be a list"),
        ({"places": [{"id": "p", "name": "P", "timezone": "Berlin"}]}, "place p", "“Berlin”"),
        ({"places": [{"id": "p", "name": "P", "lat": 91}]}, "place p", "from -90 to 90"),
        ({"places": [{"id": "p"}]}, "place p", "has no “name”"),
        ({"partners": [{"id": "n", "name": "N", "email": "n"}]}, "partner n", "e-mail"),
        ({"customers": [{"id": "c", "name": "C", "kind": "alien"}]}, "customer c", "none of"),
        ({"customers": [{"id": "c", "name": "C", "parent": "d"}]}, "customer c", "nobody knows"),
        ({"customers": [{"id": "c", "name": "C", "language": "?"}]}, "customer c", "language"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_reason(
    inventory: dict[str, Any], item: str, reason: str
) -> None:
    told = refused(inventory)

    assert list(told) == [item]
    assert reason in told[item]


def test_the_rest_goes_in_when_one_item_is_refused() -> None:
    told = taken(with_contact(email="anneke at home"))

    assert told.new == ITEMS - 1
    assert queries.service_by_any_key("s-77") is not None


def test_read_is_new_and_known_and_refused_together() -> None:
    inventory = deepcopy(LINDENHOF)
    inventory["customers"].append({"id": "c-78", "contacts": [{"name": "x"}], "services": [{}]})
    inventory["resources"].append({"id": "nas-1", "kind": "nas"})
    inventory["resources"].append({"id": "lost", "kind": "cpe", "parents": ["nowhere"]})

    told = taken(inventory)

    assert told.read == ITEMS + 5
    assert told.read == told.new + told.known + len(told.refused)


def test_a_refused_customer_takes_contacts_and_services_along() -> None:
    told = refused(with_customer(timezone="Mars/Olympus"))

    assert set(told) == {"customer c-77", "contact no. 1 of customer c-77", "service s-77"}
    assert "customer c-77" in told["service s-77"]


def test_an_id_that_stands_there_twice_counts_once() -> None:
    inventory = {
        "resources": [
            {"id": "x", "kind": "nas", "name": "first"},
            {"id": "x", "kind": "nas", "name": "second"},
        ]
    }

    assert "twice" in refused(inventory)["resource x"]
    assert Resource.objects.get().name == "first"


def test_a_circle_is_refused_with_all_that_stands_on_it_and_nothing_else() -> None:
    inventory = {
        "resources": [
            {"id": "a", "kind": "nas", "parents": ["c"]},
            {"id": "b", "kind": "dslam", "parents": ["a"]},
            {"id": "c", "kind": "line", "parents": ["b"]},
            {"id": "below", "kind": "cpe", "parents": ["c"]},
            {"id": "apart", "kind": "nas"},
        ]
    }

    told = refused(inventory)

    assert set(told) == {"resource a", "resource b", "resource c", "resource below"}
    assert "→" in told["resource b"]
    assert "which was refused" in told["resource below"]
    assert [row.key for row in Resource.objects.all()] == ["apart"]


def test_a_circle_with_what_is_known_already_is_seen() -> None:
    """Accident: the second file hangs the NAS below a line that stands on it."""
    taken(LINDENHOF)

    told = refused({"resources": [{"id": "nas-1", "kind": "nas", "parents": ["cpe-123"]}]})

    assert "stand on itself" in told["resource nas-1"]
