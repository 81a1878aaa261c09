"""An order and its steps: placed, in work, waiting for a part, done; how long it took."""

from datetime import timedelta

import pytest

from tests.console.desk import SOFIE, Desk, open_desk
from tests.scenery import scene
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.queries import service_by_any_key
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.orders import actions, queries
from unbroken.orders.actions import OrderSheet, StepSheet
from unbroken.orders.states import order_state

NETWORK = """{"customers": [{"id": "c-9", "name": "Lindenhof", "services": [{"id": "s-9"}]}]}"""


@scene
def ordered() -> Desk:
    """A desk, and a customer with one service."""
    desk = open_desk()
    import_inventory([NETWORK], by=HOUSE, at=now())
    return desk


def placed(desk: Desk) -> int:
    service = service_by_any_key("s-9")
    assert service is not None
    at, team = now() - timedelta(days=10), desk.teams["first-line"]
    sheet = OrderSheet(
        int(service.customer_id), "change", "Fibre 300", int(service.id), None,
        (
            StepSheet("interim", at + timedelta(days=1), team, kbit=100_000),
            StepSheet("full", at + timedelta(days=9), team, part="SFP", kbit=300_000),
        ),
    )  # fmt: skip
    return actions.place_order(sheet, by=HOUSE, at=at)


def go(order: int, place: int, state: str, part: str = "") -> None:
    step = queries.steps_of([order])[place]
    actions.change_step(
        order_id=order, step_id=step.id, state=state, promised_at=step.promised_at, part=part,
        by=HOUSE, at=now(),
    )  # fmt: skip


def test_an_order_is_as_far_as_its_steps() -> None:
    assert order_state(["acknowledged", "acknowledged"]) == "acknowledged"
    assert order_state(["completed", "acknowledged"]) == "inProgress"
    assert order_state(["completed", "held"]) == "held"
    assert order_state(["completed", "cancelled"]) == "completed"
    assert order_state(["cancelled"]) == "cancelled"


def test_the_interim_speed_comes_first_the_part_is_waited_for_in_sight_and_the_end_is_measured(
    ordered: Desk,
) -> None:
    order = placed(ordered)

    go(order, 0, "completed")
    go(order, 1, "held", "SFP-10G")
    found = queries.order(order)
    assert found is not None
    assert (found.state, found.steps_done, found.part) == ("held", 1, "SFP-10G")
    assert queries.lead_times() == []

    go(order, 1, "completed")
    found = queries.order(order)
    assert found is not None
    assert found.state == "completed"
    (lead,) = queries.lead_times()
    assert (lead.product, lead.orders) == ("Fibre 300", 1)
    assert 9.9 < lead.mean_days < 10.1
    assert 9.9 < lead.p80_days < 10.1
    with pytest.raises(Refused):
        go(order, 1, "inProgress")


def test_what_is_done_stays_done_when_the_rest_is_called_off(ordered: Desk) -> None:
    order = placed(ordered)
    go(order, 0, "completed")

    actions.cancel_order(order_id=order, by=HOUSE, at=now())

    assert [one.state for one in queries.steps_of([order])] == ["completed", "cancelled"]
    with pytest.raises(Refused):
        actions.cancel_order(order_id=order, by=HOUSE, at=now())


def test_an_agent_places_an_order_and_moves_its_steps_on_the_page(ordered: Desk) -> None:
    client = ordered.client(SOFIE)
    sheet = {
        "service": "s-9", "kind": "change", "product": "Fibre 300",
        "interim_at": "2030-01-10T10:00", "interim_owner": f"team:{ordered.teams['routers']}",
        "interim_mbit": "100", "papers_at": "2030-02-01T10:00",
    }  # fmt: skip

    refused = client.post("/console/ahead/orders/new", sheet)
    assert refused.status_code == 422
    assert "Say who does each step." in refused.content.decode()
    sheet["papers_owner"] = f"team:{ordered.teams['billing']}"
    answer = client.post("/console/ahead/orders/new", sheet)

    page = client.get(answer.headers["Location"]).content.decode()
    assert "The most that present equipment gives · 100 Mbit/s" in page
    (order,) = queries.latest_orders()
    step = queries.steps_of([order.id])[0]
    client.post(f"/console/ahead/orders/{order.id}/steps/{step.id}", {"state": "completed"})
    assert "1 of 2 steps done" in client.get("/console/ahead/orders").content.decode()


def test_a_request_names_the_open_orders_of_its_customer_and_of_nobody_else(ordered: Desk) -> None:
    placed(ordered)
    (order,) = queries.latest_orders()
    ordered.customers["Bo"] = order.customer_id
    ordered.stranger("Bo", "bo@home.example")
    theirs, another = ordered.asks("Bo", "Faster?"), ordered.asks("Bram Visser", "Faster?")
    client, link = ordered.client(SOFIE), f"/console/ahead/orders/{order.id}"

    assert link in client.get(f"/console/tickets/{theirs}").content.decode()
    assert link not in client.get(f"/console/tickets/{another}").content.decode()

    actions.cancel_order(order_id=order.id, by=HOUSE, at=now())
    assert link not in client.get(f"/console/tickets/{theirs}").content.decode()
