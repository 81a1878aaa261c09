"""The pages of orders."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may, tickets_seen
from unbroken.console.admin.frame import attempt, cleaned, done
from unbroken.console.contacts import find_customers
from unbroken.console.planned.frame import for_field, page, typed_time
from unbroken.directory import queries as directory
from unbroken.directory.cards import CustomerCard, ServiceCard
from unbroken.directory.ids import CustomerId
from unbroken.directory.network_queries import partners
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.orders import actions, queries
from unbroken.orders.actions import OrderSheet, StepSheet
from unbroken.orders.queries import Order
from unbroken.orders.states import STEP_KEYS, WAYS
from unbroken.orders.words import KIND_WORDS, STATE_WORDS, STEP_WORDS
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import ANSWER

KEPT, PLACED, CALLED_OFF = _("Kept."), _("The order is placed."), _("The order is called off.")
NO_SERVICE = _("There is no such service, or several have this name.")
NO_CUSTOMER = _("There is no such customer. A new connection needs whose it is.")
looking = allowed(do=ANSWER, read=ANYBODY)
doing = allowed(do=ANSWER)


@looking
@require_GET
def orders(request: AgentRequest) -> HttpResponse:
    """The open ones first; how long those of the last months took."""
    return page(
        request, "console/orders/list.html", "orders", orders=queries.latest_orders(), at=now(),
        lead_times=queries.lead_times(), may_do=may(request.agent, ANSWER), **_words(),
    )  # fmt: skip


@looking
@require_GET
def order(request: AgentRequest, order_id: int) -> HttpResponse:
    """One of them."""
    return _show(request, _row(order_id))


@doing
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """One more: for a service that is there, or a new connection of a customer."""
    given = request.POST if request.method == "POST" else request.GET
    text, whose = cleaned(given.get("service")), cleaned(given.get("customer"))
    service = directory.service_by_any_key(text) if text else None
    customer = _customer(whose) if whose and not text else None
    if request.method != "POST":
        return _form(request, service, text)
    if service is None and (text or customer is None):
        return _form(request, None, text, in_language(NO_SERVICE if text else NO_CUSTOMER))
    owner = service.customer_id if service else customer.id if customer else None
    assert owner is not None
    sheet = _sheet(request, int(owner), int(service.id) if service else None)
    numbers: list[int] = []
    wrong = attempt(lambda: numbers.append(actions.place_order(sheet, by=request.actor, at=now())))
    if wrong:
        return _form(request, service, text, wrong)
    return done(request, PLACED, "console:order", numbers[0])


def _customer(text: str) -> CustomerCard | None:
    """By the provider's own id, else the one customer of this name."""
    found = directory.customer_by_key(text)
    if found is not None:
        return found
    named = [one for one in find_customers(text) if text in (one.key, one.name)]
    return directory.customer(CustomerId(named[0].id)) if len(named) == 1 else None


def _ticket(request: AgentRequest) -> int | None:
    """The request it came from, if the agent may see it."""
    text = cleaned(request.POST.get("ticket"), 15).lstrip("#")
    number = int(text) if text.isascii() and text.isdecimal() else 0
    seen = tickets_seen(request.agent, [number]) if number else ()
    return number if any(int(one) == number for one in seen) else None


def _sheet(request: AgentRequest, customer_id: int, service_id: int | None) -> OrderSheet:
    """The steps with a time; a step without one is not part of this order."""
    zone = request.agent.timezone
    steps = []
    for key in STEP_KEYS:
        promised = typed_time(request.POST.get(f"{key}_at", ""), zone)
        if promised is None:
            continue
        kind, _sign, who = request.POST.get(f"{key}_owner", "").partition(":")
        teams = {str(one.id): int(one.id) for one in staffing.teams()}
        known = {one for one, _name in partners()}
        steps.append(
            StepSheet(
                key, promised, teams.get(who) if kind == "team" else None,
                who if kind == "partner" and who in known else "",
                cleaned(request.POST.get(f"{key}_part"), 80), _kbit(request, key),
            )
        )  # fmt: skip
    return OrderSheet(
        customer_id, request.POST.get("kind", ""),
        cleaned(request.POST.get("product"), 80), service_id, _ticket(request), tuple(steps),
    )  # fmt: skip


def _kbit(request: AgentRequest, key: str) -> int | None:
    text = request.POST.get(f"{key}_mbit", "").strip()
    return 1000 * int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


@doing
@require_POST
def step(request: AgentRequest, order_id: int, step_id: int) -> HttpResponse:
    """A step goes on, waits for a part, is done, or gets another time."""
    row = _row(order_id)
    was = next((one for one in queries.steps_of([row.id]) if one.id == step_id), None)
    if was is None:
        raise Http404("step")
    zone = request.agent.timezone
    text = request.POST.get("promised_at", "")
    same = was.promised_at is not None and text == for_field(was.promised_at, zone)
    promised: datetime | None = was.promised_at if same or not text else typed_time(text, zone)
    wrong = attempt(
        lambda: actions.change_step(
            order_id=row.id, step_id=step_id, state=request.POST.get("state", was.state),
            promised_at=promised, part=cleaned(request.POST.get("part", was.part), 80),
            by=request.actor, at=now(),
        )
    )  # fmt: skip
    return _show(request, row, wrong) if wrong else done(request, KEPT, "console:order", row.id)


@doing
@require_POST
def end(request: AgentRequest, order_id: int) -> HttpResponse:
    """It is not wanted any more."""
    row = _row(order_id)
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.cancel_order(order_id=row.id, **told))
    if wrong:
        return _show(request, row, wrong)
    return done(request, CALLED_OFF, "console:order", row.id)


def _row(order_id: int) -> Order:
    found = queries.order(order_id)
    if found is None:
        raise Http404("order")
    return found


def _show(request: AgentRequest, row: Order, wrong: str = "") -> HttpResponse:
    zone = request.agent.timezone
    steps = [
        (one, for_field(one.promised_at, zone),
         [(way, in_language(STATE_WORDS[way])) for way in (one.state, *WAYS[one.state])])
        for one in queries.steps_of([row.id])
    ]  # fmt: skip
    return page(
        request, "console/orders/order.html", "orders", wrong=wrong, order=row, steps=steps,
        at=now(), may_do=may(request.agent, ANSWER), **_words(),
    )  # fmt: skip


def _form(
    request: AgentRequest, service: ServiceCard | None, text: str, wrong: str = ""
) -> HttpResponse:
    owners = [("", "–")]
    owners += [(f"team:{one.id}", one.name) for one in staffing.teams()]
    owners += [(f"partner:{key}", name) for key, name in partners()]
    return page(
        request, "console/orders/new.html", "orders", wrong=wrong, service=service, text=text,
        given=request.POST or request.GET, owners=owners, keys=STEP_KEYS,
        kinds=[(key, in_language(word)) for key, word in KIND_WORDS.items()], **_words(),
    )  # fmt: skip


def _words() -> dict[str, Any]:
    return {"kind_words": KIND_WORDS, "step_words": STEP_WORDS, "state_words": STATE_WORDS}
