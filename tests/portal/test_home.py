"""The first page says first what is known at the reader's own services."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from tests.portal.people import ANNEKE, contact, customer, reader_of, text_of
from unbroken.directory import actions, trouble
from unbroken.directory.ids import ServiceId
from unbroken.directory.trouble import Trouble
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

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
