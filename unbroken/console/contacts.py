"""Unknown senders: an agent says whose they are. The desk itself never guesses."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from unbroken.console.access import (
    AgentRequest,
    Seen,
    agent_required,
    contact_for,
    sight,
    tickets_seen,
)
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.directory import actions as directory_actions
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.directory.kinds import CUSTOMER_KINDS
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.sql import rows
from unbroken.ground.words import LANGUAGES, _, in_language

refusals({"console.no_name": _("Give the new customer a name.")})

PAGE = 50
KIND_WORDS = {
    "household": _("Household"),
    "company": _("Company"),
    "reseller": _("Reseller"),
}
CONFIRMED = _("{name} is known now. Their open requests belong to this customer.")


@dataclass(frozen=True, slots=True)
class UnknownSender:
    """Somebody who wrote, and their last request."""

    id: ContactId
    name: str
    language: str
    address: str | None
    number: int
    subject: str
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """A customer they might belong to."""

    id: CustomerId
    key: str | None
    name: str
    kind: str
    vip: bool
    places: str | None


class ConfirmForm(forms.Form):
    """An existing customer, or a new one."""

    customer = forms.IntegerField(required=False, min_value=0, max_value=10**15)
    name = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=[(kind, "") for kind in CUSTOMER_KINDS], required=False)
    language = forms.ChoiceField(choices=[(key, "") for key in LANGUAGES], required=False)


@agent_required
@require_GET
def contacts(request: AgentRequest) -> HttpResponse:
    """Everybody whom nobody has confirmed."""
    before = request.GET.get("before", "")
    found = rows(
        UnknownSender,
        "console/queries/unknown_senders.sql",
        **sight(request.agent),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None,
        limit=PAGE + 1,
    )
    context = {
        "agent": request.agent,
        "place": "contacts",
        "senders": found[:PAGE],
        "next_before": found[PAGE - 1].id if len(found) > PAGE else None,
    }
    return answer(request, "console/contacts/list.html", context)


@agent_required
@require_http_methods(["GET", "POST"])
def contact(request: AgentRequest, contact_id: int) -> HttpResponse:
    """One unknown sender: to which customer do they belong?"""
    card = contact_for(request.agent, ContactId(contact_id))
    if request.method == "GET":
        return _page(request, card)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, card, [str(e) for errors in form.errors.values() for e in errors])
    try:
        with transaction.atomic():
            tickets = _confirm(request, card, form)
    except Refused as refusal:
        return _page(request, card, [refusal.in_words()])
    tell(request, in_language(CONFIRMED, name=card.name or card.email))
    return go(_after(request, tickets))


def _confirm(request: AgentRequest, card: ContactCard, form: ConfirmForm) -> list[TicketId]:
    """Confirm them, and with them all their requests; returns the numbers.

    Whose somebody is does not depend on who looks: requests in queues of others follow too, as
    those that they will ask later, and each tells on its timeline who said so.
    """
    by, at = request.actor, now()
    customer_id = form.cleaned_data["customer"]
    if customer_id is None:
        name = form.cleaned_data["name"].strip()
        if not name:
            raise Refused("console.no_name")
        customer_id = directory_actions.register_customer(
            name=name,
            kind=form.cleaned_data["kind"] or CUSTOMER_KINDS[0],
            language=form.cleaned_data["language"] or card.language or "en",
            by=by,
            at=at,
        )
    directory_actions.confirm_contact(
        contact_id=card.id, customer_id=CustomerId(customer_id), by=by, at=at
    )
    found = rows(Seen, "console/queries/tickets_of_contact.sql", contact=card.id)
    tickets = [TicketId(ticket.id) for ticket in found]
    for ticket in tickets:
        record.confirm_owner(
            ticket_id=ticket,
            customer_id=customer_id,
            contact_id=card.id,
            by=by,
            at=at,
        )
    return tickets


def _after(request: AgentRequest, tickets: list[TicketId]) -> str:
    """On to their latest request if this agent may see it, else back to the list."""
    seen = tickets_seen(request.agent, tickets)
    return reverse("console:ticket", args=[max(seen)]) if seen else reverse("console:contacts")


def _page(request: AgentRequest, card: ContactCard, wrong: list[str] | None = None) -> HttpResponse:
    text = " ".join(request.GET.get("find", "").replace("\0", "").split())[:100] or card.name
    found = find_customers(text) if text else []
    context = {
        "agent": request.agent,
        "place": "contacts",
        "contact": card,
        "find": text,
        "found": found,
        "kinds": [(key, in_language(word)) for key, word in KIND_WORDS.items()],
        "kind_words": KIND_WORDS,
        "wrong": wrong or [],
    }
    status = 422 if wrong else 200
    return answer(request, "console/contacts/show.html", context, status=status)


def find_customers(text: str) -> list[FoundCustomer]:
    """A few customers by number or part of the name."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return rows(
        FoundCustomer, "console/queries/find_customers.sql", text=text, pattern=f"%{escaped}%"
    )
