"""Sliders for a customer: the price of a service of their own making, its sum, and asking for it.

Only where the operator lets customers reckon. The sum has no wages and no margin of its own. What
is asked for is an order like any other: colleagues approve it, and sales sells it as it was set.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from unbroken.conversation import actions as record
from unbroken.conversation import queries as messages
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, wants_part
from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.asked import WebRequest
from unbroken.portal import access, session
from unbroken.portal.access import KnownRequest, Visitor, known_required
from unbroken.portal.asking import OLD_FORM, TOO_OFTEN
from unbroken.portal.filling import NUMBER
from unbroken.portal.limits import ASKS_BY_ONE_CONTACT
from unbroken.portal.once import fingerprint, form_number, is_ours
from unbroken.portal.sending import send
from unbroken.portal.state import may_knock
from unbroken.promise.costs import Costs
from unbroken.promise.price import Price
from unbroken.promise.price_words import money, number, shown, sliders_shown
from unbroken.promise.queries import priced
from unbroken.promise.slid import read, written
from unbroken.promise.sliders import CHANNELS, BadSlider, Sliders

CHANNEL_WORDS = {"phone": _("Phone"), "chat": _("Chat")}
SUBJECT = _("A service level of our own, {price} a month")
SERVICES = _("Services: {n}")
NAMED = _("A named engineer")
FOR_SALES = _("Set in the portal. To sell it as it was set: {address}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the sliders stand at, and what it comes to."""

    sliders: Sliders
    price: Price
    costs: Costs


@never_cache
@known_required
@require_safe
def sliders(request: KnownRequest) -> HttpResponse:
    """The sliders and the sum; moving one asks for the sum alone."""
    _allowed(request.visitor)
    return _page(request, request.GET)


@never_cache
@known_required
@require_POST
def order(request: KnownRequest) -> HttpResponse:
    """They ask for what they set: an order, with the price in its words."""
    costs, visitor, at = _allowed(request.visitor), request.visitor, now()
    if not is_ours(request.POST.get(NUMBER, "")):
        return _page(request, request.POST, in_language(OLD_FORM))
    asked = _read(request.POST, visitor, costs)
    if asked is None or not asked.price.is_sellable:
        return _page(request, request.POST)
    if not may_knock(ASKS_BY_ONE_CONTACT, str(visitor.contact.id), at=at):
        return _page(request, request.POST, in_language(TOO_OFTEN), 429)
    wish = _web_request(asked, visitor)
    outcome = send(wish, fingerprint=fingerprint(request.POST[NUMBER], wish.to_json()), at=at)
    if len(messages.messages_of(outcome.ticket_id)) == 1:  # the same form again adds nothing
        _tell_sales(request, outcome.ticket_id, asked, visitor)
    session.note_asked(request, outcome.ticket_id)
    return go(reverse("portal:asked", args=[outcome.ticket_id]))


def may_reckon(visitor: Visitor | None) -> bool:
    """Whether somebody who proved whose mailbox they read speaks for a customer of ours."""
    return bool(
        visitor and visitor.is_wide and visitor.contact.confirmed and visitor.contact.customer_id
    )


def _allowed(visitor: Visitor) -> Costs:
    costs = priced.costs()
    if not may_reckon(visitor) or not costs["portal"] or not priced.covers():
        raise Http404("prices")
    return costs


def _read(sent: QueryDict, visitor: Visitor, costs: Costs) -> Asked | None:
    """What was sent; None where a slider cannot stand there."""
    mixes = priced.mixes()
    mix = next((one for one in mixes if one.key == sent.get("mix")), None)
    begun = mix.sliders if mix else mixes[0].sliders if mixes else Sliders()
    theirs = access.services_for(visitor)
    fees = [float(one.monthly_price) for one in theirs if one.monthly_price is not None]
    begun = replace(
        begun,
        services=max(1, len(theirs)),
        fee=round(sum(fees) / len(fees), 2) if fees else begun.fee,
    )
    covers = [key for key, _name, _hours in priced.covers()]
    if begun.cover not in covers and covers:
        begun = replace(begun, cover=covers[0])
    # How many services they have and what they pay for them is on record, not theirs to say.
    told = {key: sent.get(key, "") for key in sent if key not in ("services", "fee")}
    try:
        found = read(told, sent.getlist("channel"), begun, covers)
        return Asked(found, priced.priced(found, at=now()), costs)
    except BadSlider:
        return None


def _web_request(asked: Asked, visitor: Visitor) -> WebRequest:
    card = visitor.contact
    price = money(asked.price.amount, asked.price.currency)
    return WebRequest(
        words=_in_words(asked),
        subject=in_language(SUBJECT, price=price),
        contact_id=int(card.id),
        name=card.name,
        email=card.email,
        ticket_type="order",
        language=current_language(),
        amount=f"{asked.price.amount:.2f}",
    )


def _in_words(asked: Asked) -> str:
    """The setting, a line for each slider."""
    lines = [f"{one.label}: {one.says}" for one in sliders_shown(asked.sliders, priced.covers())]
    lines += [in_language(CHANNEL_WORDS[one]) for one in sorted(asked.sliders.channels)]
    if asked.sliders.named:
        lines.append(in_language(NAMED))
    return "\n".join([*lines, in_language(SERVICES, n=number(asked.sliders.services))])


def _tell_sales(request: KnownRequest, ticket_id: Any, asked: Asked, visitor: Visitor) -> None:
    """A note for colleagues with the address at which it is sold."""
    query = QueryDict(mutable=True)
    for key, value in written(asked.sliders, [one[0] for one in priced.covers()]):
        query.appendlist(key, value)
    query["customer"] = str(visitor.contact.customer_id)
    address = request.build_absolute_uri(f"/console/admin/prices?{query.urlencode()}")
    words = in_language(FOR_SALES, address=address)
    record.note_ticket(ticket_id=ticket_id, words=words, by=HOUSE, at=now())


def _page(request: KnownRequest, sent: QueryDict, wrong: str = "", status: int = 0) -> HttpResponse:
    visitor, costs = request.visitor, priced.costs()
    asked = _read(sent, visitor, costs)
    if asked is None:
        status, asked = status or 422, _read(QueryDict(), visitor, costs)
    if asked is None:
        raise Http404("prices")
    covers = priced.covers()
    hidden = written(asked.sliders, [key for key, _name, _hours in covers])
    context = {
        "visitor": visitor,
        "place": "company",
        "sums": shown(asked.price, with_costs=False, least=costs["kept_min"]),
        "hidden": [one for one in hidden if one[0] not in ("services", "fee")],
        "form_number": form_number(),
        "wrong": [wrong] if wrong else [],
    }
    if wants_part(request) and not wrong:
        return answer(
            request, "", context, parts=("portal/prices/_sums.html",), status=status or 200
        )
    context |= {
        "sliders": sliders_shown(asked.sliders, covers),
        "setting": asked.sliders,
        "channels": [(one, in_language(CHANNEL_WORDS[one])) for one in CHANNELS],
        "mixes": priced.mixes(),
        "currency": costs.currency,
    }
    return answer(
        request, "portal/prices/show.html", context, status=status or (422 if wrong else 200)
    )
