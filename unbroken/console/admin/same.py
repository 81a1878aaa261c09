"""A contact who belongs elsewhere; two entries that are one person, or one customer."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.customers import contact_card, customer_card, note_reading
from unbroken.console.admin.frame import attempt, cleaned, done, page
from unbroken.console.admin.history import SHOWN, Shown
from unbroken.console.contacts import KIND_WORDS, FoundCustomer, find_customers
from unbroken.directory import actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, CustomerCard
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.staffing.permissions import EDIT_DIRECTORY, READ_ADMINISTRATION

MOVED = _("{name} belongs to {customer} now.")
MERGED = _("The two are one now. It can be taken back in the history of the one that gave way.")
reading = allowed(do=EDIT_DIRECTORY, read=READ_ADMINISTRATION)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: AgentRequest, contact_id: int) -> HttpResponse:
    """Move a contact to another customer, or say that they are somebody known already."""
    card = contact_card(contact_id)
    if request.method != "POST":
        return _contact_page(request, card)
    customer_id, into = _number(request, "customer"), _number(request, "into")
    if customer_id:
        other = customer_card(customer_id)
        wrong = attempt(lambda: _move(request, card, other))
        values = {"name": card.name or card.email, "customer": other.name}
        if not wrong:
            return done(request, MOVED, "console:admin_contact", card.id, **values)
    else:
        contact_card(into)
        wrong = attempt(lambda: _merge(request, card, into))
        if not wrong:
            return done(request, MERGED, "console:admin_contact", into)
    return _contact_page(request, card, wrong)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def customer(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Say that a customer is another one: people, services, sites and requests go there."""
    card = customer_card(customer_id)
    if request.method != "POST":
        return _customer_page(request, card)
    other = customer_card(_number(request, "into"))
    wrong = attempt(
        lambda: actions.merge_customers(
            customer_id=card.id, into_id=other.id, by=request.actor, at=now()
        )
    )
    if wrong:
        return _customer_page(request, card, wrong)
    return done(request, MERGED, "console:admin_customer", other.id)


def _move(request: AgentRequest, card: ContactCard, other: CustomerCard) -> None:
    actions.move_contact(contact_id=card.id, customer_id=other.id, by=request.actor, at=now())


def _merge(request: AgentRequest, card: ContactCard, into: int) -> None:
    actions.merge_contacts(contact_id=card.id, into_id=ContactId(into), by=request.actor, at=now())


def _number(request: AgentRequest, field: str) -> int:
    """The number that a button brought; 0 is nobody's."""
    text = request.POST.get(field, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _found(request: AgentRequest, but: int | None) -> tuple[str, Sequence[FoundCustomer]]:
    text = cleaned(request.GET.get("find") or request.POST.get("find"), 100)
    return text, [one for one in find_customers(text) if one.id != but] if text else []


def _contact_page(request: AgentRequest, card: ContactCard, wrong: str = "") -> HttpResponse:
    note_reading(request, f"contact:{card.id}")
    text, found = _found(request, card.customer_id)
    theirs = directory.contacts_of(CustomerId(card.customer_id)) if card.customer_id else ()
    return page(
        request,
        "console/admin/contact_elsewhere.html",
        "customers",
        wrong=wrong,
        card=card,
        find=text,
        found=found,
        kind_words=KIND_WORDS,
        colleagues=[one for one in theirs if one.id != card.id and not one.has_left],
    )


def _customer_page(request: AgentRequest, card: CustomerCard, wrong: str = "") -> HttpResponse:
    note_reading(request, f"customer:{card.id}")
    text, found = _found(request, card.id)
    return page(
        request,
        "console/admin/customer_merging.html",
        "customers",
        wrong=wrong,
        card=card,
        find=text,
        found=found,
        kind_words=KIND_WORDS,
        people=len(directory.contacts_of(card.id)),
        services=len(directory.services_of(card.id)),
    )


SHOWN.update(
    {
        "customer_id": Shown(_("Customer"), lambda value: _customer_name(value)),
        "manages": Shown(_("manages who sees what")),
        "approves": Shown(_("approves orders")),
        "sees": Shown(_("sees")),
        "sites": Shown(_("Sites")),
        "place_id": Shown(_("Site")),
    }
)


def _customer_name(value: object) -> str:
    card = directory.customer(CustomerId(int(str(value)))) if value else None
    return card.name if card else ""
