"""The first page says first what is known at the reader's own services."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.portal.people import ANNEKE, contact, customer, reader_of, text_of
from unbroken.directory import actions, trouble
from unbroken.directory.ids import ServiceId
from unbroken.directory.trouble import Trouble
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.outage import actions as outages
from unbroken.portal.status.components import FEW
from unbroken.portal.status.reading import snapshot

pytestmark = pytest.mark.django_db


def test_trouble_goes_before_a_suspended_service_and_without_a_room_nothing_is_said() -> None:
    at, home = now(), customer("Home")
    contact("Anneke", ANNEKE, home)
    struck, suspended = (
        actions.register_service(customer_id=home, technology=one, state=two, by=HOUSE, at=at)
        for one, two in (("vdsl", "active"), ("gpon", "suspended"))
    )
    reader = reader_of(ANNEKE)

    def outage(asked: Sequence[ServiceId], language: str, at: datetime) -> list[Trouble]:
        assert set(asked) == {struck, suspended}
        since, words = at - timedelta(hours=1), f"A cable is cut ({language})."
        return [Trouble("cable", words, since, (struck,), at + timedelta(hours=2))]

    before = text_of(reader.get("/"))
    trouble.tells(outage)
    try:
        known = text_of(reader.get("/"))
    finally:
        trouble.tells_no_more(outage)

    assert "1 of your services is suspended." in before
    assert "We know of trouble" not in before
    assert "We know of trouble at your service. A cable is cut (en)." in known
    assert known.count("Trouble known") == known.count("Suspended") == 1


def test_one_cut_is_told_once_where_it_strikes_and_is_not_denied_elsewhere() -> None:
    """Accident: two rooms told of the same problem, and strangers read that none was known."""
    at, home = now(), customer("Home")
    contact("Anneke", ANNEKE, home)
    lines = [
        actions.register_service(customer_id=home, technology="vdsl", by=HOUSE, at=at)
        for _ in range(FEW)
    ]
    problem = outages.open_problem(
        element="cable-44", origin="agent", severity="major", since=at,
        services={int(one): at for one in lines}, by=HOUSE, at=at,
    )  # fmt: skip
    outages.give_news(problem_id=problem, text="A digger.", next_at=None, by=HOUSE, at=at)
    snapshot.forget()
    reader = reader_of(ANNEKE)

    mine, line = text_of(reader.get("/")), text_of(reader.get(f"/lines/{lines[0]}"))
    stranger = text_of(Client().get("/"))

    assert mine.count("A digger.") == mine.count("Since") == 1
    assert "A digger." in line
    assert "What we think" not in line
    assert "Some services do not work" in stranger
    assert "known to us" not in stranger
