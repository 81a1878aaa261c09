"""Who of a company manages its people on the portal: the first one is named here.

From then on the company sees to itself. What each of its people sees is shown, not changed: that
is the company's own business.
"""

from dataclasses import replace

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from unbroken.console.access import (
    AgentRequest,
    SeenTicket,
    agent_required,
    allowed,
    note_reading,
    sight,
)
from unbroken.directory import actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard, CustomerCard
from unbroken.directory.ids import CustomerId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.sql import row
from unbroken.ground.words import _, in_language
from unbroken.orders.queries import orders_of
from unbroken.orders.words import KIND_WORDS, STATE_WORDS
from unbroken.staffing.permissions import EDIT_DIRECTORY

NAMED = _("{name} manages who sees what of {company} on the portal now.")
NAMED_NO_MORE = _("{name} manages nothing on the portal any more.")


@agent_required
@require_safe
def company(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Its people and their rights on the portal."""
    found = _company_for(request, customer_id)
    context = {
        "agent": request.agent,
        "place": "",
        "company": found,
        "people": _people(found),
        "orders": [
            (one.id, one.kind, one.product, one.state)
            for one in orders_of([int(found.id)])
            if one.is_open
        ],
        "kind_words": KIND_WORDS,
        "state_words": STATE_WORDS,
        "site_names": {int(site.id): site.name for site in directory.site_rows(found.id)},
    }
    return answer(request, "console/companies/show.html", context)


@allowed(do=EDIT_DIRECTORY)
@require_POST
def managers(request: AgentRequest, customer_id: int) -> HttpResponse:
    """One of its people manages the others from now on, or does no more."""
    found = _company_for(request, customer_id)
    wish = request.POST.get("contact", "")
    card = next((one for one in _people(found) if str(one.id) == wish), None)
    if card is None or not card.confirmed:
        raise Http404("contact")
    manages = request.POST.get("manages") == "yes"
    values = {"name": card.name or card.email, "company": found.name}
    try:
        rights = replace(card.rights, manages=manages)
        with transaction.atomic():
            actions.set_rights(contact_id=card.id, rights=rights, by=request.actor, at=now())
        tell(request, in_language(NAMED if manages else NAMED_NO_MORE, **values))
    except Refused as refusal:
        tell(request, refusal.in_words())
    return go(reverse("console:company", args=[found.id]))


def _company_for(request: AgentRequest, customer_id: int) -> CustomerCard:
    """A company, if the agent may see a request of theirs; not found otherwise."""
    seen = row(
        SeenTicket,
        "console/queries/may_see_customer.sql",
        customer=customer_id,
        **sight(request.agent),
    )
    found = directory.customer(CustomerId(customer_id)) if seen else None
    if seen is None or found is None or found.kind == "household":
        raise Http404("company")
    if seen.is_elsewhere:
        note_reading(request.agent, f"customer:{customer_id}")
    return found


def _people(found: CustomerCard) -> list[ContactCard]:
    cards = [card for card in directory.contacts_of(found.id) if not card.has_left]
    return sorted(cards, key=lambda card: (not card.rights.manages, card.name.casefold(), card.id))
