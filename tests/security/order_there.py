"""An order of Anneke's, for the addresses of orders; made when it is first asked for."""

from datetime import timedelta

from tests.security.crowd import Crowd
from tests.security.lines import USER, line_of
from unbroken.directory import queries as directory
from unbroken.directory.ids import ServiceId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.orders import actions, queries
from unbroken.orders.actions import OrderSheet, StepSheet
from unbroken.staffing import queries as staffing


def order_of(crowd: Crowd) -> dict[str, object]:
    """Its number."""
    there = [one for one in queries.latest_orders() if one.is_open]
    if there:
        return {"order_id": there[0].id}
    service = directory.service(ServiceId(int(str(line_of(crowd)["service_id"]))))
    assert service is not None
    step = StepSheet("full", now() + timedelta(days=3), partner="netco")
    sheet = OrderSheet(int(service.customer_id), "move", "Fibre", int(service.id), None, (step,))
    return {"order_id": actions.place_order(sheet, by=HOUSE, at=now())}


def step_of(crowd: Crowd) -> dict[str, object]:
    """And its step."""
    order = order_of(crowd)
    return {**order, "step_id": queries.steps_of([int(str(order["order_id"]))])[0].id}


def order_typed(crowd: Crowd) -> dict[str, object]:
    """What an agent types to place one."""
    line_of(crowd)
    return {
        "service": USER, "kind": "change", "product": "Fibre", "full_at": "2031-01-10T10:00",
        "full_owner": f"team:{staffing.teams()[0].id}",
    }  # fmt: skip
