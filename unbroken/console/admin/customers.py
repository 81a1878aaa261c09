"""Customers and their contacts, changed by hand: kind, language, time zone, VIP, addresses."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.console.contacts import KIND_WORDS, find_customers
from unbroken.directory import actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, CustomerCard
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.directory.values import ContactValues
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, _, in_language
from unbroken.ground.zones import available_timezones
from unbroken.promise import queries as promise
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import ANSWER, EDIT_DIRECTORY, READ_ADMINISTRATION
from unbroken.staffing.state import traces

ADDRESS_KINDS = {"email": _("E-mail"), "phone": _("Phone")}

reading = allowed(do=EDIT_DIRECTORY, read=READ_ADMINISTRATION)
doing = allowed(do=EDIT_DIRECTORY)


@reading
@require_GET
def customers(request: AgentRequest) -> HttpResponse:
    """Customers by number or part of the name."""
    text = cleaned(request.GET.get("find"), 100)
    found = find_customers(text) if text else []
    return page(
        request, "console/admin/customers.html", "customers",
        find=text, found=found, kind_words=KIND_WORDS,
    )  # fmt: skip


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def customer(request: AgentRequest, customer_id: int) -> HttpResponse:
    """One customer and the people who speak for them."""
    card = customer_card(customer_id)
    if request.method != "POST":
        return _customer_page(request, card)
    wrong = attempt(lambda: _set_customer(request, card))
    if wrong:
        return _customer_page(request, card, wrong)
    return done(request, CHANGED, "console:admin_customer", card.id)


@doing
@require_POST
def customer_undo(request: AgentRequest, customer_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = customer_card(customer_id)
    wrong = attempt(lambda: take_back(request, f"customer:{card.id}"))
    if wrong:
        return _customer_page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_customer", card.id)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: AgentRequest, contact_id: int) -> HttpResponse:
    """One person: name, language, time zone."""
    card = contact_card(contact_id)
    if request.method != "POST":
        return _contact_page(request, card)
    wrong = attempt(lambda: _set_contact(request, card))
    if wrong:
        return _contact_page(request, card, wrong)
    return done(request, CHANGED, "console:admin_contact", card.id)


@doing
@require_POST
def addresses(request: AgentRequest, contact_id: int) -> HttpResponse:
    """One more way to reach them, or one less."""
    card = contact_card(contact_id)
    wrong = attempt(lambda: _set_address(request, card))
    if wrong:
        return _contact_page(request, card, wrong)
    return done(request, CHANGED, "console:admin_contact", card.id)


@doing
@require_POST
def contact_undo(request: AgentRequest, contact_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = contact_card(contact_id)
    wrong = attempt(lambda: take_back(request, f"contact:{card.id}"))
    if wrong:
        return _contact_page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_contact", card.id)


def _set_customer(request: AgentRequest, card: CustomerCard) -> None:
    actions.change_customer(
        customer_id=card.id,
        name=_name(request),
        kind=cleaned(request.POST.get("kind")),
        language=_language(request) or "en",
        timezone=_zone(request),
        vip="vip" in request.POST,
        agreement=_agreement(request),
        engineer=_engineer(request, card),
        by=request.actor,
        at=now(),
    )


def _set_contact(request: AgentRequest, card: ContactCard) -> None:
    """What comes from the customer and was not touched stays the customer's."""
    values: ContactValues = {"name": _name(request)}
    if (language := _language(request)) != card.language:
        values["language"] = language
    if (zone := _zone(request)) != card.timezone:
        values["timezone"] = zone
    actions.change_contact(contact_id=card.id, **values, by=request.actor, at=now())


def _set_address(request: AgentRequest, card: ContactCard) -> None:
    kind = request.POST.get("kind", "")
    if kind not in ADDRESS_KINDS:
        raise Refused("contact.no_such_address")
    told = {"contact_id": card.id, "kind": kind, "by": request.actor, "at": now()}
    if gone := cleaned(request.POST.get("remove")):
        actions.take_off_address(address=gone, **told)  # type: ignore[arg-type]
    else:
        actions.add_address(address=cleaned(request.POST.get("add")), **told)  # type: ignore[arg-type]


def _name(request: AgentRequest) -> str:
    if name := cleaned(request.POST.get("name")):
        return name
    raise Refused("admin.no_name")


def _language(request: AgentRequest) -> str:
    wish = request.POST.get("language", "")
    return wish if wish in LANGUAGES else ""


def _zone(request: AgentRequest) -> str:
    wish = request.POST.get("timezone", "")
    if wish and wish not in available_timezones():
        raise Refused("admin.no_such_zone")
    return wish


def customer_card(customer_id: int) -> CustomerCard:
    """One customer, or not found."""
    card = directory.customer(CustomerId(customer_id))
    if card is None:
        raise Http404("customer")
    return card


def contact_card(contact_id: int) -> ContactCard:
    """One contact, or not found."""
    card = directory.contact(ContactId(contact_id))
    if card is None:
        raise Http404("contact")
    return card


def note_reading(request: AgentRequest, thing: str) -> None:
    """These pages show everybody, also who is in none of the reader's queues: on record."""
    why = EDIT_DIRECTORY if may(request.agent, EDIT_DIRECTORY) else READ_ADMINISTRATION
    traces.note_reading(request.agent.id, thing, why=why, at=now())


def _agreement(request: AgentRequest) -> str:
    wish = request.POST.get("agreement", "")
    return wish if any(one.key == wish for one in promise.named_agreements()) else ""


def _agreements(card: CustomerCard) -> list[tuple[str, str]]:
    """What may be promised to a customer; what the record has stays choosable though unknown."""
    known = [(one.key, one.name) for one in promise.named_agreements()]
    if card.agreement and card.agreement not in dict(known):
        known.append((card.agreement, card.agreement))
    return [("", in_language(_("as their services say"))), *known]


def _engineer(request: AgentRequest, card: CustomerCard) -> int:
    wish = cleaned(request.POST.get("engineer"), 20)
    known = {str(number): number for number, _name in _engineers(card)}
    return known.get(wish, 0)


def _engineers(card: CustomerCard) -> list[tuple[int, str]]:
    """Who may be named for a customer; who was and left is shown until somebody else is."""
    found = [(int(one.id), one.name) for one in staffing.agents() if ANSWER in one.permissions]
    if card.engineer and card.engineer not in dict(found):
        found += staffing.agent_names([card.engineer]).items()
    return [(0, in_language(_("nobody"))), *found]


def _agent_words(value: object) -> str:
    number = value if isinstance(value, int) else 0
    return staffing.agent_names([number]).get(number, "") or in_language(_("nobody"))


def _zones(first: str) -> list[tuple[str, str]]:
    return [("", first), *((zone, zone) for zone in sorted(available_timezones()))]


def _customer_page(request: AgentRequest, card: CustomerCard, wrong: str = "") -> HttpResponse:
    note_reading(request, f"customer:{card.id}")
    return page(
        request,
        "console/admin/customer.html",
        "customers",
        wrong=wrong,
        card=card,
        into=directory.customer(card.merged_into) if card.merged_into else None,
        kinds=[(key, in_language(word)) for key, word in KIND_WORDS.items()],
        zones=_zones("–"),
        agreements=_agreements(card),
        engineers=_engineers(card),
        people=[one for one in directory.contacts_of(card.id) if not one.merged_into],
        services=directory.services_of(card.id),
        history=history(f"customer:{card.id}"),
    )


def _contact_page(request: AgentRequest, card: ContactCard, wrong: str = "") -> HttpResponse:
    note_reading(request, f"contact:{card.id}")
    return page(
        request,
        "console/admin/contact.html",
        "customers",
        wrong=wrong,
        card=card,
        into=directory.contact(card.merged_into) if card.merged_into else None,
        zones=_zones(in_language(_("as the customer"))),
        tongues=[("", in_language(_("as the customer")))],
        address_kinds=[(key, in_language(word)) for key, word in ADDRESS_KINDS.items()],
        history=history(f"contact:{card.id}"),
    )


SHOWN.update(
    {
        "kind": Shown(_("Kind")),
        "vip": Shown(_("VIP")),
        "agreement": Shown(_("Agreement")),
        "engineer": Shown(_("Named engineer"), _agent_words),
    }
)
