"""The only functions that change costs, named settings of the sliders, and what was sold.

A sale makes the agreement, what follows when it is missed, and the price, in one go; the price
carries the version of the agreement and of the costs, and the whole sum.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from unbroken.conversation.states import PRIORITIES
from unbroken.directory import actions as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import restores, values_back
from unbroken.ground.words import _
from unbroken.promise import credits
from unbroken.promise.actions import set_agreement
from unbroken.promise.book import ANY_TYPE, Aim, plain_key
from unbroken.promise.costs import BadCost, checked, shown, typed
from unbroken.promise.events import CostsSet, MixSet, SaleMade
from unbroken.promise.measures import all_measures
from unbroken.promise.models import CostSheet, Mix, Sale
from unbroken.promise.price import Price
from unbroken.promise.queries import priced
from unbroken.promise.queries.owed import rules_of
from unbroken.promise.sliders import PROMISES, BadSlider, Sliders, as_json, from_json
from unbroken.promise.sliders import checked as checked_sliders

WARNING_SHARE = 0.75
SOLD = "sold"
"""The source of consequences that came with a sale."""

refusals(
    {
        "costs.bad": _("The cost “{key}” cannot be “{said}”."),
        "mix.bad": _("The slider “{key}” cannot stand at “{said}”."),
        "mix.needs_name": _("A setting needs a short name and a name."),
        "sale.refused": _("This cannot be sold: we would not keep it."),
        "sale.needs_key": _("Name the agreement that is sold."),
        "sale.taken": _("There is an agreement of that short name that was not sold here."),
    }
)


def set_costs(*, values: Mapping[str, float], currency: str, by: Actor, at: datetime) -> None:
    """Prices are reckoned with these costs from now on; what was sold keeps its price."""
    try:
        wanted = checked(values, currency)
    except BadCost as bad:
        raise Refused("costs.bad", key=bad.key, said=bad.said) from bad
    before = priced.costs()
    row_id = priced.costs_id()
    was = {key: shown(key, before[key]) for key in wanted if before[key] != wanted[key]}
    now = {key: shown(key, wanted[key]) for key in was}
    if before.currency != currency:
        was["currency"], now["currency"] = before.currency, currency
    if not was:
        return
    doing = change(CostSheet, row_id, by=by, at=at) if row_id else begin(CostSheet, by=by, at=at)
    with doing as sheet:
        sheet.values, sheet.currency = wanted, currency
        sheet.tell(CostsSet(was, now))
    priced.in_portal.forget()


def set_mix(
    *, key: str, name: str, sliders: Sliders, place: int, is_on: bool = True, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """A named setting to begin from; given up it is not offered any more."""
    key, name = plain_key(key), name.strip()
    if not key or not name:
        raise Refused("mix.needs_name")
    _check(sliders)
    known = priced.mix(key)
    wanted = {"name": name, "sliders": as_json(sliders), "place": place, "is_on": is_on}
    was = None
    if known is not None:
        was = {
            "name": known.name, "sliders": as_json(known.sliders), "place": known.place,
            "is_on": known.is_on,
        }  # fmt: skip
    if was == wanted:
        return
    row_id = known.id if known else 0
    doing = change(Mix, row_id, by=by, at=at) if row_id else begin(Mix, by=by, at=at)
    with doing as mix:
        mix.key, mix.name, mix.sliders = key, name, wanted["sliders"]
        mix.place, mix.is_on = place, is_on
        mix.tell(MixSet(key, was, wanted))


def sell(
    *, agreement: str, name: str, sliders: Sliders, customer_id: int | None = None, by: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """Agreement, consequences and price in one go; refused is what we would not keep.

    For a customer it is their agreement from now on. Sold again under the same name it is the next
    version; what is sold already so changes nothing. Returns the number of the sale.
    """
    key = plain_key(agreement)
    if not key or not name.strip():
        raise Refused("sale.needs_key")
    _check(sliders)
    found = priced.priced(sliders, at=at)
    if not found.is_sellable:
        raise Refused("sale.refused")
    known = next(iter(priced.sales(agreement=key)), None)
    if known is None and priced.agreement_version(key):
        raise Refused("sale.taken")
    with transaction.atomic():
        set_agreement(
            key=key, name=name.strip(), calendar=sliders.cover, objectives=aims(sliders), by=by,
            at=at,
        )  # fmt: skip
        _let_follow(key, sliders, by=by, at=at)
        sale_id = _note(key, known, sliders, found, customer_id, by=by, at=at)
        if customer_id is not None:
            directory.change_customer(
                customer_id=CustomerId(customer_id), agreement=key, by=by, at=at
            )
    return sale_id


def _note(
    key: str,
    known: priced.SaleRow | None,
    sliders: Sliders,
    found: Price,
    customer_id: int | None,
    *,
    by: Actor,
    at: datetime,
) -> int:
    amount, version = Decimal(f"{found.amount:.2f}"), priced.agreement_version(key)
    terms = (version, amount, found.currency, sliders, customer_id, found.costs_version)
    if known is not None and terms == (
        known.agreement_version, known.amount, known.currency, known.sliders, known.customer_id,
        known.costs_version,
    ):  # fmt: skip
        return known.id
    doing = change(Sale, known.id, by=by, at=at) if known else begin(Sale, by=by, at=at)
    with doing as sale:
        sale.agreement, sale.agreement_version, sale.customer_id = key, version, customer_id
        sale.sliders, sale.sums, sale.amount = as_json(sliders), sums(found), amount
        sale.currency, sale.sold_at = found.currency, at
        sale.costs_version, sale.edition = found.costs_version, found.edition
        sale.tell(
            SaleMade(
                agreement=key, agreement_version=version, customer=customer_id,
                amount=str(amount), currency=found.currency, sliders=as_json(sliders),
                costs_version=found.costs_version, edition=found.edition,
            )
        )  # fmt: skip
    return int(sale.id)


def aims(sliders: Sliders) -> list[Aim]:
    """What the sliders promise, whatever the priority; availability is no clock."""
    return [
        Aim(one, ANY_TYPE, dict.fromkeys(PRIORITIES, int(sliders.promised(one))), WARNING_SHARE)
        for one in PROMISES
        if one in all_measures() and sliders.promised(one)
    ]


def _let_follow(key: str, sliders: Sliders, *, by: Actor, at: datetime) -> None:
    """A credit for each promise that is missed; those of an earlier version end."""
    percent = f"{sliders.credits * 100:g}"
    wanted = {one.measure for one in aims(sliders)} if sliders.credits else set()
    for rule in rules_of(key):
        if rule.source != SOLD or not rule.is_on:
            continue
        if rule.measure in wanted and rule.settings.get("percent") == percent:
            wanted.discard(rule.measure)
        else:
            credits.switch_consequence(rule_id=rule.id, is_on=False, by=by, at=at)
    for measure in sorted(wanted):
        credits.set_consequence(
            agreement=key, measure=measure, kind="fixed_credit",
            settings={"percent": percent, "currency": priced.costs().currency},
            source=SOLD, by=by, at=at,
        )  # fmt: skip


def sums(found: Price) -> dict[str, object]:
    """The whole sum as plain values: kept with a sale, printed by the command."""
    return {
        "price": found.amount,
        "currency": found.currency,
        "per_service": round(found.per_service, 4),
        "services": found.services,
        "paid_hours": found.paid_hours,
        "heads": found.heads,
        "sellable": found.is_sellable,
        "refused": [
            {
                "reason": one.key,
                "measure": one.measure,
                "kept": one.record.kept if one.record else None,
                "cases": one.record.cases if one.record else None,
                "possible": one.record.possible if one.record else one.least or None,
            }
            for one in found.refusals
        ],
        "kept": [asdict(one) for one in found.records],
        "parts": [
            {
                "key": part.key,
                "label": part.label,
                "amount": part.amount,
                "hours": part.hours,
                "steps": [
                    {
                        "key": one.key, "label": one.label, "value": one.value, "unit": one.unit,
                        "formula": one.formula, "source": one.source.format(**one.words),
                    }
                    for one in part.steps
                ],
            }
            for part in found.parts
        ],
        "costs_version": found.costs_version,
        "edition": found.edition,
    }  # fmt: skip


def _check(sliders: Sliders) -> None:
    try:
        checked_sliders(sliders)
        priced.cover_hours(sliders.cover)
    except BadSlider as bad:
        raise Refused("mix.bad", key=bad.key, said=bad.said) from bad


def _costs_as_before(event: LoggedEvent, **told: Any) -> None:
    was, present = values_back(event), priced.costs()
    currency = str(was.pop("currency", present.currency))
    values = {**present.values, **{key: typed(key, text) for key, text in was.items()}}
    set_costs(values=values, currency=currency, **told)


def _mix_as_before(event: LoggedEvent, **told: Any) -> None:
    was = values_back(event)
    set_mix(
        key=event.data["key"], name=was["name"], sliders=from_json(was["sliders"]),
        place=was["place"], is_on=was["is_on"], **told,
    )  # fmt: skip


restores({"costs.set": _costs_as_before, "mix.set": _mix_as_before})
