"""`requests/<number>/test`: is my connection well, seen from the provider?

Only who may act for the customer whose service it is; a request that somebody merely takes part in
shows them nothing of another's line.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.conversation.queries import TicketFacts
from unbroken.evidence.probing.meaning import told_customer
from unbroken.evidence.queries.tests import latest_tests
from unbroken.evidence.testing import ask_for_test
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import _, in_language
from unbroken.portal import access
from unbroken.portal.access import KnownRequest, Visitor, known_required
from unbroken.portal.limits import TESTS_BY_ONE_CONTACT
from unbroken.portal.state import may_knock

FRESH = timedelta(days=1)
ASKED = _("We are looking at your connection now. The answer stands here in a few seconds.")
TOO_SOON = _("Your connection has just been tested. Please try again in a minute.")


@dataclass(frozen=True, slots=True)
class LineTest:
    """What the page shows: whether there may be one, and the latest."""

    at: datetime | None = None
    is_running: bool = False
    sentence: str = ""


def line_test_of(visitor: Visitor, ticket: TicketFacts) -> LineTest | None:
    """None where there is no line of theirs to test."""
    service_id = _own_service(visitor, ticket)
    if service_id is None:
        return None
    last = next(iter(latest_tests(service_id)), None)
    if last is None or last.asked_at < now() - FRESH:
        return LineTest()
    if not last.is_over:
        return LineTest(last.asked_at, is_running=True)
    phrase, values = told_customer(last.measured)
    return LineTest(last.asked_at, sentence=in_language(phrase, **values))


@known_required
@require_POST
def test(request: KnownRequest, number: int) -> HttpResponse:
    """Ask for one; the page shows it when it is over."""
    ticket = access.ticket_for(request.visitor, number)
    service_id = _own_service(request.visitor, ticket)
    may = service_id is not None and may_knock(
        TESTS_BY_ONE_CONTACT, str(request.visitor.contact.id), at=now()
    )
    is_asked = (
        may
        and service_id is not None
        and ask_for_test(
            service_id, ticket_id=ticket.id, asked_by="customer", with_trace=False, at=now()
        )
    )
    tell(request, in_language(ASKED if is_asked else TOO_SOON))
    return go(reverse("portal:request", args=[ticket.id]))


def _own_service(visitor: Visitor, ticket: TicketFacts) -> int | None:
    """The service of the request, if it is the reader's own customer's."""
    if ticket.service_id is None or not ticket.is_open:
        return None
    card = access.acting_for(visitor, ticket)
    is_own = card.confirmed and card.customer_id == ticket.customer_id
    return ticket.service_id if is_own else None
