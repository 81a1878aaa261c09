"""Services and what carries them: read, changed, hung below one another."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.customers import customer_card, note_reading
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    sent,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.directory import actions, network_queries
from unbroken.directory import queries as directory
from unbroken.directory.cards import CustomerCard, ServiceCard
from unbroken.directory.ids import PlaceId, ProductId, ResourceId, ServiceId
from unbroken.directory.kinds import RESOURCE_KINDS, SERVICE_STATES, THE_CUSTOMER, US
from unbroken.directory.network_queries import ResourceCard
from unbroken.directory.values import ResourceValues
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.promise import queries as promise
from unbroken.staffing.permissions import EDIT_DIRECTORY, READ_ADMINISTRATION

STATES = {"active": _("active"), "suspended": _("suspended"), "ended": _("ended")}
OURS, THEIRS = _("us"), _("the customer")
ADDED = _("It is on record now.")
SERVICE_FIELDS = (
    "product", "technology", "access_name", "circuit", "ip", "resource", "place", "agreement",
    "price", "currency", "state",
)  # fmt: skip
refusals(
    {
        "network.no_such_resource": _("There is nothing called {key} in the network."),
        "network.no_such_place": _("There is no place with the id {key}."),
        "network.no_price": _("Write the price as 49.90."),
        "network.key_taken": _("There is something called {key} already."),
    }
)
reading = allowed(do=EDIT_DIRECTORY, read=READ_ADMINISTRATION)
doing = allowed(do=EDIT_DIRECTORY)
KEY_MAX = 120


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: AgentRequest, service_id: int) -> HttpResponse:
    """One service: what it is, what carries it, under which agreement."""
    card = _service(service_id)
    if request.method != "POST":
        return _service_page(request, customer_card(card.customer_id), card)
    wrong = attempt(
        lambda: actions.change_service(
            service_id=card.id, **_service_values(request), by=request.actor, at=now()
        )
    )
    if wrong:
        return _service_page(request, customer_card(card.customer_id), card, wrong)
    return done(request, CHANGED, "console:admin_service", card.id)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: AgentRequest, customer_id: int) -> HttpResponse:
    """One more thing that a customer buys."""
    customer = customer_card(customer_id)
    if request.method != "POST":
        return _service_page(request, customer, None)
    wrong = attempt(
        lambda: actions.register_service(
            customer_id=customer.id, **_service_values(request), by=request.actor, at=now()
        )
    )
    if wrong:
        return _service_page(request, customer, None, wrong)
    return done(request, ADDED, "console:admin_customer", customer.id)


@doing
@require_POST
def service_undo(request: AgentRequest, service_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = _service(service_id)
    wrong = attempt(lambda: take_back(request, f"service:{card.id}"))
    if wrong:
        return _service_page(request, customer_card(card.customer_id), card, wrong)
    return done(request, TAKEN_BACK, "console:admin_service", card.id)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
def resources(request: AgentRequest) -> HttpResponse:
    """Things in the network by key, name, address, circuit or kind; a form for one more."""
    if request.method == "POST":
        wrong = attempt(lambda: _register(request))
        if not wrong:
            key = _text(request, "key", KEY_MAX)
            number = network_queries.resource_ids([key])[key]
            return done(request, ADDED, "console:admin_resource", number)
        return _resources_page(request, wrong)
    return _resources_page(request)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
def resource(request: AgentRequest, resource_id: int) -> HttpResponse:
    """One of them: whose it is, where, and what it hangs below."""
    card = _resource(resource_id)
    if request.method != "POST":
        return _resource_page(request, card)
    wrong = attempt(
        lambda: actions.change_resource(
            resource_id=card.id,
            parents=_parents(request),
            **_resource_values(request),
            by=request.actor,
            at=now(),
        )
    )
    if wrong:
        return _resource_page(request, card, wrong)
    return done(request, CHANGED, "console:admin_resource", card.id)


@doing
@require_POST
def resource_undo(request: AgentRequest, resource_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = _resource(resource_id)
    wrong = attempt(lambda: take_back(request, f"resource:{card.id}"))
    if wrong:
        return _resource_page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_resource", card.id)


# ── what the forms say ────────────────────────────────────────────────────────


def _text(request: AgentRequest, field: str, longest: int = 200) -> str:
    return cleaned(request.POST.get(field), longest)


def _service_values(request: AgentRequest) -> dict[str, Any]:
    products = {str(one.id): one.id for one in network_queries.products()}
    agreement = _text(request, "agreement")
    return {
        "product_id": products.get(_text(request, "product")),
        "technology": _text(request, "technology"),
        "access_name": _text(request, "access_name"),
        "circuit": _text(request, "circuit"),
        "ip": _text(request, "ip") or None,
        "resource_id": _resource_id(_text(request, "resource")),
        "place_id": _place_id(_text(request, "place")),
        "agreement": agreement if agreement in dict(_agreements()) else "",
        "monthly_price": _price(_text(request, "price", 14)),
        "currency": _text(request, "currency", 3).upper(),
        "state": _text(request, "state") or SERVICE_STATES[0],
    }


def _resource_values(request: AgentRequest) -> ResourceValues:
    values: ResourceValues = {
        "kind": _text(request, "kind"),
        "name": _text(request, "name"),
        "address": _text(request, "address"),
        "model": _text(request, "model"),
        "circuit": _text(request, "circuit"),
        "owner": _text(request, "owner") or US,
        "place_id": _place_id(_text(request, "place")),
    }
    if secret := request.POST.get("secret", "").replace("\0", "")[:200]:
        values["radius_secret"] = secret
    return values


def _register(request: AgentRequest) -> None:
    key = _text(request, "key", KEY_MAX)
    if not key:
        raise Refused("admin.no_name")
    if network_queries.resource_ids([key]):
        raise Refused("network.key_taken", key=key)
    actions.register_resource(
        key=key,
        parents=_parents(request),
        **_resource_values(request),
        by=request.actor,
        at=now(),
    )


def _parents(request: AgentRequest) -> list[ResourceId]:
    keys = [cleaned(line) for line in request.POST.get("parents", "")[:8000].splitlines()]
    keys = [key for key in keys if key]
    known = network_queries.resource_ids(keys)
    missing = next((key for key in keys if key not in known), None)
    if missing:
        raise Refused("network.no_such_resource", key=missing)
    return [known[key] for key in keys]


def _resource_id(key: str) -> ResourceId | None:
    if not key:
        return None
    found = network_queries.resource_ids([key])
    if key not in found:
        raise Refused("network.no_such_resource", key=key)
    return found[key]


def _place_id(key: str) -> PlaceId | None:
    """By the provider's own id, or by its number as the lists here give it."""
    if not key:
        return None
    if key.startswith("#") and key[1:].isascii() and key[1:].isdigit() and len(key) < 18:
        known = directory.place(PlaceId(int(key[1:])))
    else:
        known = directory.place_by_key(key)
    if known is None:
        raise Refused("network.no_such_place", key=key)
    return known.id


def _price(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        price = Decimal(text.replace(",", "."))
    except ArithmeticError:
        raise Refused("network.no_price") from None
    if not (price.is_finite() and 0 <= price < 10**9 and price == round(price, 2)):
        raise Refused("network.no_price")
    return round(price, 2)


def _agreements() -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in promise.agreements()]


# ── what the pages show ───────────────────────────────────────────────────────


def _service(service_id: int) -> ServiceCard:
    card = directory.service(ServiceId(service_id))
    if card is None:
        raise Http404("service")
    return card


def _resource(resource_id: int) -> ResourceCard:
    card = network_queries.resource(resource_id)
    if card is None:
        raise Http404("resource")
    return card


def _service_page(
    request: AgentRequest, customer: CustomerCard, card: ServiceCard | None, wrong: str = ""
) -> HttpResponse:
    note_reading(request, f"customer:{customer.id}")
    nobody = in_language(_("none"))
    products = network_queries.products()
    places = [(f"#{one.id}", one.name) for one in directory.places_of(customer.id)]
    if card and card.place_id and f"#{card.place_id}" not in dict(places):
        places.append((f"#{card.place_id}", card.place_name))
    return page(
        request,
        "console/admin/service.html",
        "customers",
        wrong=wrong,
        customer=customer,
        card=card,
        typed=sent(request) if wrong else _typed(card, {one.name: one.id for one in products}),
        products=[("", nobody), *((str(one.id), one.name) for one in products)],
        places=[("", nobody), *places],
        agreements=[("", in_language(_("the default one"))), *_agreements()],
        states=[(key, in_language(word)) for key, word in STATES.items()],
        history=history(f"service:{card.id}") if card else [],
    )


def _typed(card: ServiceCard | None, products: dict[str, ProductId]) -> dict[str, str]:
    """The form as it is kept."""
    if card is None:
        return dict.fromkeys(SERVICE_FIELDS, "")
    product = products.get(card.product)
    return {
        "product": str(product or ""),
        "technology": card.technology,
        "access_name": card.access_name,
        "circuit": card.circuit,
        "ip": card.ip or "",
        "resource": card.resource_key,
        "place": f"#{card.place_id}" if card.place_id else "",
        "agreement": card.agreement,
        "price": "" if card.monthly_price is None else str(card.monthly_price),
        "currency": card.currency,
        "state": card.state,
    }


def _owners() -> list[tuple[str, str]]:
    own = [(US, in_language(OURS)), (THE_CUSTOMER, in_language(THEIRS))]
    return [*own, *network_queries.partners()]


def _resources_page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    text = cleaned(request.GET.get("find"), 100)
    return page(
        request,
        "console/admin/resources.html",
        "resources",
        wrong=wrong,
        find=text,
        found=network_queries.find_resources(text) if text else [],
        typed=sent(request),
        **_lists(),
    )


def _resource_page(request: AgentRequest, card: ResourceCard, wrong: str = "") -> HttpResponse:
    told = {name: getattr(card, name) for name in ("kind", "name", "address", "model", "circuit")}
    kept = told | {"owner": card.owner, "place": card.place, "parents": "\n".join(card.parents)}
    return page(
        request,
        "console/admin/resource.html",
        "resources",
        wrong=wrong,
        card=card,
        typed=sent(request) if wrong else kept,
        history=history(f"resource:{card.id}"),
        **_lists(),
    )


def _lists() -> dict[str, Any]:
    return {"kinds": [(kind, kind) for kind in RESOURCE_KINDS], "owners": _owners()}


SHOWN.update(
    {
        "product_id": Shown(_("Product"), lambda value: _product_name(value)),
        "resource_id": Shown(_("Carried by"), lambda value: ", ".join(_keys([value]))),
        "technology": Shown(_("Technology")),
        "agreement": Shown(_("Agreement")),
        "state": Shown(_("State")),
        "model": Shown(_("Model")),
        "owner": Shown(_("Whose it is")),
        "monthly_price": Shown(_("Price a month")),
        "currency": Shown(_("Currency")),
        "parents": Shown(_("Stops working without"), lambda value: ", ".join(_keys(value))),
    }
)


def _product_name(value: object) -> str:
    return next((one.name for one in network_queries.products() if one.id == value), "")


def _keys(value: Any) -> list[str]:
    """How the inventory calls them, as an event names them by number."""
    return network_queries.resource_keys([number for number in value or () if number])
