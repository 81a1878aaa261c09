"""Orders in the portal and by mail: each step is seen and told, and nobody else's is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests.portal.people import browser, contact, customer, form, number_in, reader_of
from tests.scenery import scene
from unbroken.conversation.queries import ticket_facts
from unbroken.directory.ids import CustomerId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.orders import actions, queries
from unbroken.orders.actions import OrderSheet, StepSheet

pytestmark = pytest.mark.django_db

Mails = Callable[[], list[dict[str, Any]]]
ANNEKE, EVE = "anneke@home.example", "eve@rival.example"


@dataclass
class House:
    """Anneke has no service yet and orders one; Eve is somebody else."""

    owner: CustomerId


@scene
def house() -> House:
    """Two households."""
    owner = customer("Anneke de Wit")
    contact("Anneke de Wit", ANNEKE, owner)
    contact("Eve", EVE, customer("Eve"))
    return House(owner)


def placed(house: House) -> int:
    at = now()
    return actions.place_order(
        OrderSheet(
            int(house.owner), "new", "Fibre 300", None, None,
            (
                StepSheet("interim", at + timedelta(days=1), partner="netco", kbit=100_000),
                StepSheet("full", at + timedelta(days=9), partner="netco", kbit=300_000),
            ),
        ),
        by=HOUSE, at=at,
    )  # fmt: skip


def go(order: int, place: int, **told: Any) -> None:
    step = queries.steps_of([order])[place]
    known = {"state": step.state, "promised_at": step.promised_at, "part": step.part}
    actions.change_step(order_id=order, step_id=step.id, by=HOUSE, at=now(), **{**known, **told})
    drain(at=now())


def test_each_step_that_matters_is_mailed_once_and_the_last_one_only_as_the_end(
    house: House, mails: Mails
) -> None:
    order = placed(house)
    drain(at=now())
    go(order, 0, state="inProgress")  # that somebody began is not told
    go(order, 0, state="completed")
    go(order, 1, state="held", part="SFP-10G")
    go(order, 1, part="SFP-10G-LR")  # another part is no news for them
    go(order, 1, promised_at=now() + timedelta(days=12))
    go(order, 1, state="completed")

    told = [one["words"] for one in mails() if one["subject"] == "Your order: Fibre 300"]

    said = ("is placed", "done: ", "waits for a part (SFP-10G)", "is now promised", "is complete")
    assert [word in one for word, one in zip(said, told, strict=True)] == [True] * 5
    assert all(f"/orders#order-{order}" in one for one in told)


def test_a_connection_without_a_service_is_seen_by_its_customer_and_by_nobody_else(
    house: House,
) -> None:
    order = placed(house)
    go(order, 1, state="held", part="SFP-10G")

    mine = reader_of(ANNEKE).get("/orders").content.decode()
    theirs = reader_of(EVE).get("/orders").content.decode()

    assert "Fibre 300" in mine
    assert "waits for a part" in mine
    assert "100 Mbit/s" in mine
    assert "Fibre 300" not in theirs


def test_a_new_connection_is_asked_for_and_becomes_a_request_of_the_kind_order(
    house: House,
) -> None:
    client = reader_of(ANNEKE)

    empty = client.post("/orders/new", form(product="", address="", words=""))
    answer = client.post("/orders/new", form(product="", address="Lindenstrasse 4", words=""))

    assert empty.status_code == 422
    assert "Say where" in empty.content.decode()
    ticket = ticket_facts(number_in(answer.headers["Location"]))  # type: ignore[arg-type]
    assert ticket is not None
    assert (ticket.ticket_type, ticket.customer_id) == ("order", house.owner)
    assert browser().get("/orders/new").status_code != 200
