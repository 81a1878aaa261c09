"""Something that was sold, and costs that were set, for the walk through every address."""

from unbroken.calendars.actions import set_calendar
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.promise.costs import COSTS, shown
from unbroken.promise.pricing import sell, set_costs
from unbroken.promise.queries import priced
from unbroken.promise.sliders import Sliders


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
