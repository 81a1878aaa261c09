"""What service costs us: the numbers an operator sets, with their units and limits. Pure.

What can be measured on the own desk (requests, minutes, kept promises) is; the numbers marked as
assumed stand in until there are enough cases.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from unbroken.ground.words import Phrase, _

CURRENCY = re.compile("[A-Z]{3}")
MONEY, SHARE, COUNT, HOURS, MINUTES, SECONDS, DAYS, SWITCH = (
    "money", "share", "count", "hours", "minutes", "seconds", "days", "switch",
)  # fmt: skip
PEOPLE, STANDARD, ASSUMED, FIELD, PARTS, TERMS = (
    "people", "standard", "assumed", "field", "parts", "terms",
)  # fmt: skip
GROUPS: Final[Mapping[str, Phrase]] = {
    PEOPLE: _("People and shifts"),
    STANDARD: _("What everybody gets"),
    FIELD: _("Repairs on site"),
    PARTS: _("Spares and second lines"),
    TERMS: _("Promises, credits, margin"),
    ASSUMED: _("Assumed until it is measured"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """One number: its key, what it is, its unit, where it begins, its limits."""

    key: str
    group: str
    label: Phrase
    unit: str
    begins: float
    least: float
    most: float


COSTS: Final = (
    Cost("wage_agent", PEOPLE, _("An hour of an agent, all costs"), MONEY, 28, 0, 10_000),
    Cost("wage_engineer", PEOPLE, _("An hour of an engineer, all costs"), MONEY, 48, 0, 10_000),
    Cost("evening_factor", PEOPLE, _("Pay in the evening and on weekends, of pay by day"), COUNT,
         1.25, 1, 5),
    Cost("night_factor", PEOPLE, _("Pay at night, of pay by day"), COUNT, 1.5, 1, 5),
    Cost("shrinkage", PEOPLE, _("On leave, ill, in training: share of paid hours"), SHARE,
         0.3, 0, 0.8),
    Cost("shift_fit", PEOPLE, _("Share of hours on shift that fall where they are needed"), SHARE,
         0.9, 0.3, 1),
    Cost("occupancy_max", PEOPLE, _("How busy people may be at most"), SHARE, 0.85, 0.3, 0.99),
    Cost("month_hours", PEOPLE, _("Hours that one full-time person is paid a month"), HOURS,
         160, 20, 250),
    Cost("crew_day", PEOPLE, _("Fewest people on by day"), COUNT, 2, 0, 100),
    Cost("crew_evening", PEOPLE, _("Fewest people on in the evening and on weekends"), COUNT,
         1, 0, 100),
    Cost("crew_night", PEOPLE, _("Fewest people on at night"), COUNT, 1, 0, 100),
    Cost("answered_share", STANDARD, _("Share of contacts reached within the time promised"), SHARE,
         0.8, 0.5, 0.99),
    Cost("patience", STANDARD, _("How long callers wait before they hang up"), SECONDS,
         300, 5, 86_400),
    Cost("desk_pick_up", STANDARD, _("Picked up, for everybody"), SECONDS, 120, 5, 86_400),
    Cost("desk_first_answer", STANDARD, _("First answer, for everybody"), HOURS, 8, 0.05, 1000),
    Cost("named_hours", STANDARD, _("Hours a month a named engineer keeps for a customer"), HOURS,
         3, 0, 300),
    Cost("news_minutes", STANDARD, _("Minutes to write one piece of news"), MINUTES, 4, 0, 240),
    Cost("wage_crew", FIELD, _("An hour of a field engineer, with the car"), MONEY, 52, 0, 10_000),
    Cost("standby", FIELD, _("An hour in which a field engineer is ready and waits"), MONEY,
         9, 0, 10_000),
    Cost("visit_share", FIELD, _("Share of faults that need somebody on site"), SHARE, 0.35, 0, 1),
    Cost("find_hours", FIELD, _("Hours until a fault is understood"), HOURS, 0.5, 0, 100),
    Cost("travel_hours", FIELD, _("Hours on the way to a site"), HOURS, 1, 0, 100),
    Cost("visit_hours", FIELD, _("Hours of work on a site"), HOURS, 1.25, 0.05, 100),
    Cost("device_price", PARTS, _("Price of the device at the customer's"), MONEY,
         120, 0, 1_000_000),
    Cost("device_faults", PARTS, _("Devices that fail, share a month"), SHARE, 0.004, 0, 1),
    Cost("resupply_days", PARTS, _("Days until a new one is delivered"), DAYS, 10, 0, 1000),
    Cost("holding_share", PARTS, _("Cost of a spare on the shelf, share of its price a month"),
         SHARE, 0.02, 0, 1),
    Cost("second_line", PARTS, _("A second line to a site, a month"), MONEY, 35, 0, 1_000_000),
    Cost("kept_min", TERMS, _("Share of promises that must be kept, or we do not sell"), SHARE,
         0.9, 0.5, 0.999),
    Cost("cases_min", TERMS, _("Cases from which on history counts"), COUNT, 30, 5, 100_000),
    Cost("credit_cap", TERMS, _("Credits of a month at most, share of the monthly fee"), SHARE,
         1, 0, 1),
    Cost("margin", TERMS, _("Margin, share of the price"), SHARE, 0.25, 0, 0.9),
    Cost("portal", TERMS, _("Customers reckon prices themselves in the portal"), SWITCH, 0, 0, 1),
    Cost("requests", ASSUMED, _("Requests of a service a month"), COUNT, 0.9, 0, 1000),
    Cost("faults", ASSUMED, _("Faults of a service a month"), COUNT, 0.08, 0, 1000),
    Cost("minutes", ASSUMED, _("Minutes of work on a request"), MINUTES, 15, 0.5, 600),
    Cost("phone_share", ASSUMED, _("Share of requests by phone"), SHARE, 0.4, 0, 1),
    Cost("chat_share", ASSUMED, _("Share of requests by chat"), SHARE, 0.1, 0, 1),
    Cost("pace_day", ASSUMED, _("Requests an hour by day, of the whole desk"), COUNT,
         20, 0, 100_000),
    Cost("pace_evening", ASSUMED, _("Requests an hour in the evening, of the whole desk"), COUNT,
         8, 0, 100_000),
    Cost("pace_night", ASSUMED, _("Requests an hour at night, of the whole desk"), COUNT,
         1.5, 0, 100_000),
    Cost("kept", ASSUMED, _("Share of promises kept, where none was made before"), SHARE,
         0.95, 0.5, 1),
)  # fmt: skip
BY_KEY: Final[Mapping[str, Cost]] = {one.key: one for one in COSTS}


class BadCost(Exception):
    """A number that cannot be: its key, and what was said."""

    def __init__(self, key: str, said: object) -> None:
        super().__init__(f"{key}: {said}")
        self.key, self.said = key, str(said)


@dataclass(frozen=True, slots=True)
class Costs:
    """All of them; `version` is that of the sheet they come from, 0 when nobody ever set one."""

    values: Mapping[str, float]
    currency: str = "EUR"
    version: int = 0

    def __getitem__(self, key: str) -> float:
        return self.values.get(key, BY_KEY[key].begins)

    def by_band(self, key: str) -> dict[str, float]:
        """The three numbers `key_day`, `key_evening` and `key_night`."""
        return {band: self[f"{key}_{band}"] for band in ("day", "evening", "night")}

    def pay(self, band: str) -> float:
        """Pay in a band, of pay by day."""
        return 1.0 if band == "day" else self[f"{band}_factor"]


def checked(values: Mapping[str, float], currency: str) -> dict[str, float]:
    """Every number of a sheet, or BadCost; one that is not given stays where it begins."""
    if not CURRENCY.fullmatch(currency):
        raise BadCost("currency", currency)
    strangers = sorted(values.keys() - BY_KEY.keys())
    if strangers:
        raise BadCost(strangers[0], values[strangers[0]])
    found = {one.key: values.get(one.key, one.begins) for one in COSTS}
    for one in COSTS:
        if not one.least <= found[one.key] <= one.most:
            raise BadCost(one.key, f"{found[one.key]:g}")
    return found


def typed(key: str, text: str) -> float:
    """A number as a form has it; shares are typed in per cent."""
    said = text.strip().replace(",", ".").replace(" ", "")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", said):
        raise BadCost(key, text)
    found = float(said)
    return round(found / 100, 8) if BY_KEY[key].unit == SHARE else found


def shown(key: str, value: float) -> str:
    """The other way round."""
    return f"{round(value * 100, 6):g}" if BY_KEY[key].unit == SHARE else f"{round(value, 6):g}"
