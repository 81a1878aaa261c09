"""The equaliser: sliders, the price they come to, the sum behind it, one click that sells it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import CHANGED, KEY, attempt, cleaned, done, page
from unbroken.console.admin.history import history
from unbroken.directory import queries as directory
from unbroken.directory.cards import CustomerCard
from unbroken.directory.ids import CustomerId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, wants_part
from unbroken.ground.words import _, in_language
from unbroken.promise import pricing
from unbroken.promise.mixes import MixRow
from unbroken.promise.price_words import money, shown, sliders_shown
from unbroken.promise.queries import priced
from unbroken.promise.slid import read, written
from unbroken.promise.sliders import CHANNELS, BadSlider, Sliders
from unbroken.staffing.permissions import MANAGE_PROMISES, READ_ADMINISTRATION, SELL

SOLD = _("Sold: the agreement {name} is promised now.")
NUMBER_MAX = 2**62

reading = allowed(do=SELL, read=READ_ADMINISTRATION)
selling = allowed(do=SELL)
keeping = allowed(do=MANAGE_PROMISES)


@reading
@require_GET
def equaliser(request: AgentRequest) -> HttpResponse:
    """The sliders and their sum; moving one asks for the sum alone."""
    return _page(request, request.GET)


@selling
@require_POST
def sell(request: AgentRequest) -> HttpResponse:
    """Agreement, consequences and price, as the sliders stand."""
    name, key = cleaned(request.POST.get("name")), cleaned(request.POST.get("key"))
    wrong = attempt(lambda: _sell(request, key, name))
    if wrong:
        return _page(request, request.POST, wrong)
    sale = priced.sales(agreement=key)[0]
    return done(request, SOLD, "console:price_sold", sale.id, name=name)


@keeping
@require_POST
def keep(request: AgentRequest) -> HttpResponse:
    """The sliders as they stand become a named setting, or it is given up."""
    wrong = attempt(lambda: _keep(request))
    if wrong:
        return _page(request, request.POST, wrong)
    return done(request, CHANGED, "console:prices")


@reading
@require_GET
def sold(request: AgentRequest, sale_id: int) -> HttpResponse:
    """What was sold: the sum as it was then, and every version of the price."""
    sale = next((one for one in priced.sales() if one.id == sale_id), None)
    if sale is None:
        raise Http404("sale")
    customer = directory.customer(CustomerId(sale.customer_id)) if sale.customer_id else None
    return page(
        request,
        "console/prices/sold.html",
        "prices",
        sale=sale,
        customer=customer,
        agreement=next(iter(priced.named(sale.agreement)), None),
        lines=_lines(sale),
        price=money(float(sale.amount), sale.currency),
        sliders=sliders_shown(sale.sliders, priced.covers()),
        again=_query(sale.sliders, sale.customer_id),
        history=history(f"sale:{sale.id}"),
    )


# ── what the forms say ────────────────────────────────────────────────────────


def _sell(request: AgentRequest, key: str, name: str) -> None:
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if not name:
        raise Refused("admin.no_name")
    customer = _customer(request.POST)
    pricing.sell(
        agreement=key,
        name=name,
        sliders=_read(request.POST, customer),
        customer_id=int(customer.id) if customer else None,
        by=request.actor,
        at=now(),
    )


def _keep(request: AgentRequest) -> None:
    key, name = cleaned(request.POST.get("key")), cleaned(request.POST.get("name"))
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if not name:
        raise Refused("admin.no_name")
    known = priced.mix(key)
    place = known.place if known else 10 * (len(priced.mixes(given_up=True)) + 1)
    is_on = request.POST.get("do") != "give-up"
    sliders = _read(request.POST, None) if is_on or known is None else known.sliders
    pricing.set_mix(
        key=key, name=name, sliders=replace(sliders, services=1), place=place, is_on=is_on,
        by=request.actor, at=now(),
    )  # fmt: skip


def _read(sent: QueryDict, customer: CustomerCard | None) -> Sliders:
    """The setting that was sent; Refused names the slider that cannot stand there."""
    mixes = priced.mixes()
    mix = next((one for one in mixes if one.key == sent.get("mix")), None)
    begun = mix.sliders if mix else mixes[0].sliders if mixes else Sliders()
    if customer is not None:
        begun = _for_customer(begun, customer)
    covers = [key for key, _name, _hours in priced.covers()]
    if begun.cover not in covers and covers:
        begun = replace(begun, cover=covers[0])
    try:
        return read(
            {key: sent.get(key, "") for key in sent}, sent.getlist("channel"), begun, covers
        )
    except BadSlider as bad:
        raise Refused("mix.bad", key=bad.key, said=bad.said[:40]) from bad


def _for_customer(begun: Sliders, customer: CustomerCard) -> Sliders:
    """As many services as they have, at what they pay on average."""
    theirs = [one for one in directory.services_of(customer.id) if one.state != "ended"]
    fees = [float(one.monthly_price) for one in theirs if one.monthly_price is not None]
    fee = round(sum(fees) / len(fees), 2) if fees else begun.fee
    return replace(begun, services=max(1, len(theirs)), fee=fee)


def _customer(sent: QueryDict) -> CustomerCard | None:
    said = sent.get("customer", "")
    if not (said.isascii() and said.isdigit()) or int(said[:20]) > NUMBER_MAX:
        return None
    return directory.customer(CustomerId(int(said[:20])))


# ── what the pages show ───────────────────────────────────────────────────────


def _page(request: AgentRequest, sent: QueryDict, wrong: str = "") -> HttpResponse:
    customer = _customer(sent)
    if not priced.covers():
        return page(request, "console/prices/none.html", "prices", wrong=wrong)
    try:
        sliders = _read(sent, customer)
        found = priced.priced(sliders, at=now())
    except (Refused, BadSlider) as bad:
        wrong = wrong or (bad.in_words() if isinstance(bad, Refused) else str(bad))
        empty = QueryDict()
        return _shown(request, _read(empty, customer), customer, empty, wrong)
    return _shown(request, sliders, customer, sent, wrong, found)


def _shown(
    request: AgentRequest,
    sliders: Sliders,
    customer: CustomerCard | None,
    sent: QueryDict,
    wrong: str,
    found: Any = None,
) -> HttpResponse:
    covers = priced.covers()
    costs = priced.costs()
    found = found or priced.priced(sliders, at=now())
    context: dict[str, Any] = {
        "sums": shown(found, least=costs["kept_min"]),
        "hidden": written(sliders, [key for key, _name, _hours in covers]),
        "customer": customer,
        "may_sell": may(request.agent, SELL),
        "may_keep": may(request.agent, MANAGE_PROMISES),
        "typed": {"name": sent.get("name", ""), "key": sent.get("key", "")},
        "costs_version": costs.version,
    }
    if wants_part(request) and not wrong:
        return answer(request, "", context, parts=("console/prices/_sums.html",))
    mixes = priced.mixes()
    return page(
        request,
        "console/prices/show.html",
        "prices",
        wrong=wrong,
        sliders=sliders_shown(sliders, covers),
        setting=sliders,
        channels=[(one, in_language(CHANNEL_WORDS[one])) for one in CHANNELS],
        mixes=mixes,
        mix=_same(sliders, mixes),
        currency=costs.currency,
        sales=[(one, money(float(one.amount), one.currency)) for one in priced.sales()[:20]],
        **context,
    )


CHANNEL_WORDS = {"phone": _("Phone"), "chat": _("Chat")}


def _same(sliders: Sliders, mixes: list[MixRow]) -> str:
    """The named setting that the sliders stand at, if they do."""
    plain = replace(sliders, services=1, fee=0)
    same = (one.key for one in mixes if replace(one.sliders, services=1, fee=0) == plain)
    return next(same, "")


def _lines(sale: priced.SaleRow) -> list[tuple[str, str]]:
    """The parts of the sum as it was kept with the sale."""
    parts = sale.sums.get("parts", [])
    return [
        (in_language(one["label"]), money(one["amount"], sale.currency))
        for one in (parts if isinstance(parts, list) else ())
        if one["amount"]
    ]


def _query(sliders: Sliders, customer_id: int | None) -> str:
    query = QueryDict(mutable=True)
    for key, value in written(sliders, [key for key, _name, _hours in priced.covers()]):
        query.appendlist(key, value)
    if customer_id is not None:
        query["customer"] = str(customer_id)
    return query.urlencode()
