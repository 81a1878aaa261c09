"""Something that was sold, and costs that were set, for the walk through every address."""

from datetime import date, timedelta

from unbroken.calendars.actions import set_calendar
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.promise.costs import COSTS, shown
from unbroken.promise.pricing import sell, set_costs
from unbroken.promise.queries import priced
from unbroken.promise.sliders import Sliders
from unbroken.staffing import queries as staffing
from unbroken.staffing.actions import ask_swap, set_shift_day
from unbroken.staffing.ids import AgentId
from unbroken.staffing.shift_queries import open_swaps
from unbroken.staffing.state.plans import keep_draft


def _calendar_there() -> None:
    if not priced.covers():
        week = {"mon": [["08:00", "18:00"]]}
        definition = {"timezone": "UTC", "week": week, "holidays": []}
        set_calendar(key="sold", name="Sold", definition=definition, by=HOUSE, at=now())


def sale_there() -> int:
    """An agreement that was sold at a price."""
    _calendar_there()
    known = priced.sales(agreement="sold")
    if known:
        return known[0].id
    cover = priced.covers()[0][0]
    return sell(agreement="sold", name="Sold", sliders=Sliders(cover), by=HOUSE, at=now())


def costs_typed() -> dict[str, object]:
    """The costs as a form has them, one of them changed."""
    present = priced.costs()
    typed: dict[str, object] = {one.key: shown(one.key, present[one.key]) for one in COSTS}
    return {**typed, "margin": "31", "currency": "EUR", "portal": "yes"}


def costs_changed() -> dict[str, object]:
    """The last change of the costs, made when nobody made one yet."""
    if not priced.costs_id():
        set_costs(values={"portal": 1, "margin": 0.3}, currency="EUR", by=HOUSE, at=now())
    return {"version": events_of([f"costs:{priced.costs_id()}"])[-1].version}


def reckons() -> dict[str, object]:
    """Customers reckon for themselves: nothing to fill in."""
    _calendar_there()
    if not priced.costs()["portal"]:
        set_costs(values={"portal": 1}, currency="EUR", by=HOUSE, at=now())
    return {}


def drafted(monday: str) -> dict[str, object]:
    """A week of shifts that was proposed."""
    keep_draft(date.fromisoformat(monday), {}, at=now())
    return {}


def shift_to_give(agent: int) -> dict[str, object]:
    """A day on which they work, and a colleague who could take it."""
    day = now().date() + timedelta(days=8)
    other = next(one for one in staffing.agents() if int(one.id) != agent)
    set_shift_day(
        agent_id=AgentId(agent), day=day, hours=[["08:00", "12:00"]], reason="extra", by=HOUSE,
        at=now(),
    )  # fmt: skip
    return {"day": day.isoformat(), "other": int(other.id)}


def swap_there(agent: int) -> dict[str, object]:
    """A swap that they asked for."""
    known = [one for one in open_swaps(now().date()) if one.asker_id == agent]
    if known:
        return {"swap_id": known[0].id}
    given = shift_to_give(agent)
    asked = ask_swap(
        asker=AgentId(agent), other=AgentId(int(str(given["other"]))),
        day=date.fromisoformat(str(given["day"])), back=None, by=HOUSE, at=now(),
    )  # fmt: skip
    return {"swap_id": asked}
