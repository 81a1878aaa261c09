"""What a promise costs a month: people, crews, spares, second lines, credits, margin. Pure.

Values in, a sum out that can be read line by line. It names every number it rests on: chosen,
set in the costs, measured on the own desk, or the formula. What history says we cannot keep is
refused, with the share that was kept. `EDITION` changes with the way the sum is made, so that a
price that was agreed can always be explained.
"""

import math
from dataclasses import dataclass

from unbroken.ground.words import _
from unbroken.promise.costs import Costs
from unbroken.promise.past import Past
from unbroken.promise.price_field import crews_part, quickest_restore, second_part, spares_part
from unbroken.promise.price_kept import credits_part, records
from unbroken.promise.price_parts import (
    CHOSEN,
    MEASURED,
    SET,
    SUM,
    Part,
    Record,
    Refusal,
    Step,
    times,
)
from unbroken.promise.price_parts import numbered as n
from unbroken.promise.price_people import Adds, adds, band_part, load_part
from unbroken.promise.sliders import HOUR, RESTORE, Sliders
from unbroken.staffing.load import BANDS, Hours

EDITION = 1


@dataclass(frozen=True, slots=True)
class Price:
    """A month's price with everything behind it; not sellable where something is refused."""

    amount: float
    currency: str
    parts: tuple[Part, ...]
    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...]
    paid_hours: float
    heads: float
    services: int
    costs_version: int
    edition: int = EDITION

    @property
    def is_sellable(self) -> bool:
        return not self.refusals

    @property
    def per_service(self) -> float:
        return self.amount / self.services


def price(sliders: Sliders, costs: Costs, past: Past, *, cover: Hours) -> Price:
    """The sum; `cover` are the hours a week of the calendar, by band."""
    load = adds(sliders, costs, past, cover)
    kept = records(sliders, costs, past, cover)
    reasons = [
        load_part(sliders, past, load),
        *(band_part(b, sliders, costs, past, load, cover) for b in BANDS if cover[b]),
        news_part(sliders, costs, past, load),
        crews_part(sliders, costs, past, load, cover),
        spares_part(sliders, costs),
        second_part(sliders, costs, past, kept),
        named_part(sliders, costs),
        credits_part(sliders, costs, past, load, kept),
    ]
    found = [one for one in reasons if one.amount is None or one.amount > 0]
    whole = math.fsum(one.amount or 0.0 for one in found)
    margin = margin_part(whole, costs)
    hours = math.fsum(one.hours for one in found)
    return Price(
        amount=round(whole + (margin.amount or 0.0), 2),
        currency=costs.currency,
        parts=(*found, margin),
        records=kept,
        refusals=tuple(_refusals(sliders, costs, kept, cover)),
        paid_hours=hours,
        heads=hours / costs["month_hours"],
        services=sliders.services,
        costs_version=costs.version,
    )


def news_part(sliders: Sliders, costs: Costs, past: Past, load: Adds) -> Part:
    """News in between: the oftener, the more there is to write."""
    took, _same = past.took_under(RESTORE, sliders.cover, int(costs["cases_min"]))
    if took.cases:
        hours, source, words = sum(took.seconds) / took.cases / HOUR, MEASURED, took.cases
    else:
        hours, source, words = _repair_hours(costs), SET, 0
    every = sliders.next_news / HOUR
    pieces = hours / every if every else 0.0
    work = load.requests * pieces * costs["news_minutes"] / 60
    paid = work / (1 - costs["shrinkage"])
    steps = (
        Step("every", _("News every"), every, "hours", CHOSEN),
        Step("lasts", _("A request lasts on average"), hours, "hours", source,
             words={"cases": words}),
        Step("pieces", _("Pieces of news for a request"), pieces, "count", SUM,
             f"{n(hours)} ÷ {n(every)}" if every else ""),
        Step("work", _("Work a month"), work, "hours", SET,
             f"{times(load.requests, pieces, costs['news_minutes'])} ÷ 60"),
        Step("paid", _("Paid hours a month"), paid, "hours", SET,
             f"{n(work)} ÷ (1 − {n(costs['shrinkage'])})"),
        Step("wage", _("Cost of such an hour"), costs["wage_agent"], "money", SET),
    )  # fmt: skip
    return Part("news", _("News in between"), paid * costs["wage_agent"], steps, hours=paid)


def named_part(sliders: Sliders, costs: Costs) -> Part:
    """An engineer who knows the customer, and is kept up to date about them."""
    hours = costs["named_hours"] if sliders.named else 0.0
    paid = hours / (1 - costs["shrinkage"])
    steps = (
        Step("hours", _("Hours a month"), hours, "hours", SET),
        Step("paid", _("Paid hours a month"), paid, "hours", SET,
             f"{n(hours)} ÷ (1 − {n(costs['shrinkage'])})"),
        Step("wage", _("Cost of such an hour"), costs["wage_engineer"], "money", SET),
    )  # fmt: skip
    return Part("named", _("Named engineer"), paid * costs["wage_engineer"], steps, hours=paid)


def margin_part(whole: float, costs: Costs) -> Part:
    """What is left to the house."""
    amount = whole / (1 - costs["margin"]) - whole
    steps = (
        Step("costs", _("All costs"), whole, "money", SUM),
        Step("margin", _("Margin, share of the price"), costs["margin"], "share", SET),
        Step("amount", _("Margin"), amount, "money", SUM,
             f"{n(whole)} ÷ (1 − {n(costs['margin'])}) − {n(whole)}"),
    )  # fmt: skip
    return Part("margin", _("Margin"), amount, steps)


def _repair_hours(costs: Costs) -> float:
    on_site = costs["travel_hours"] + costs["visit_hours"]
    return costs["find_hours"] + costs["visit_share"] * on_site


def _refusals(
    sliders: Sliders, costs: Costs, kept: tuple[Record, ...], cover: Hours
) -> list[Refusal]:
    found = []
    if not any(cover.values()):
        found.append(Refusal("never_open", ""))
    least = quickest_restore(costs)
    if sliders.restore and sliders.restore < least:
        found.append(Refusal("too_quick", RESTORE, least=least))
    for one in kept:
        is_known = one.is_modelled or one.cases >= costs["cases_min"]
        if is_known and one.kept < costs["kept_min"]:
            found.append(Refusal("not_kept", one.measure, one))
    return found
