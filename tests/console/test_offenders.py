"""What fails again and again stands on the page of what outages cost, with its evidence."""

import json
from datetime import timedelta

import pytest

from tests.console.desk import SOFIE, VERA, Desk
from tests.console.test_network_now import broken
from town.lindenhof import inventory
from unbroken.console.overview.offenders import by_chance, clearly_more
from unbroken.conversation import actions as record
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.queries import service_by_any_key
from unbroken.evidence.queries.line_days import LinePlace
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now


def place(number: int, owner: str = "us") -> LinePlace:
    return LinePlace(number, f"s-{number}", (f"l-{number}",), "", "cable", "", owner, ())


def test_a_group_is_named_only_where_so_many_faults_are_no_accident() -> None:
    """Accident: whoever has most lines has most faults, and is blamed for being large."""
    places = [place(n, "netco" if n <= 20 else "us") for n in range(1, 101)]
    evenly = dict.fromkeys(range(1, 101, 2), 1)
    badly = {**evenly, **dict.fromkeys(range(1, 21), 2)}

    assert clearly_more(places, evenly, lambda one: one.owner) == []
    (found,) = clearly_more(places, badly, lambda one: one.owner)
    assert (found.name, found.lines, found.faults) == ("netco", 20, 40)
    assert round(found.usual, 1) == 10.0
    assert clearly_more(places, {1: 4}, lambda one: one.owner) == [], "four faults are too few"
    assert by_chance(0, 5.0) == pytest.approx(1.0)
    assert by_chance(10, 2.0) < 0.001


def test_an_element_and_a_line_that_fail_again_are_named_with_their_problems_and_requests(
    desk: Desk,
) -> None:
    import_inventory([json.dumps(inventory())], by=HOUSE, at=now())
    first = broken("cable-44", since=now() - timedelta(hours=9))
    second = broken("cable-44", since=now() - timedelta(hours=2))
    broken("olt-2", since=now() - timedelta(hours=5))
    service = service_by_any_key("85@lindenhof")
    assert service is not None
    for n in range(3):
        opening = Opening(
            name="No sync", channel="mail", reported_at=now() - timedelta(hours=n + 1),
            ticket_type="incident", customer_id=service.customer_id, service_id=service.id,
        )  # fmt: skip
        said = Incoming(author=HOUSE, channel="mail", words="It broke.", at=now())
        last, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=now())

    page = desk.client(VERA).get("/console/problems/after").content.decode()
    section = page.partition('id="again-title"')[2].partition('id="each-title"')[0]

    assert f"/console/problems/{first}" in section
    assert f"/console/problems/{second}" in section
    assert "olt-2" not in section, "once is no habit"
    assert f"#{last}" in section
    assert str(service.key) in section
    assert desk.client(SOFIE).get("/console/problems/after").status_code == 403
