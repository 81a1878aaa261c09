"""The tests of a request's line: the latest ones in sentences, and a button for another."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.evidence.probing.meaning import told
from unbroken.evidence.queries.tests import latest_tests
from unbroken.evidence.testing import ask_for_test
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, in_language

TOO_SOON = _("A test of this line runs or has just been made.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One test in the reader's language."""

    at: datetime
    by_customer: bool
    is_over: bool
    sentences: tuple[str, ...]


def shown_on(ticket: TicketFacts) -> list[Shown]:
    """The latest tests of the line of this request."""
    if ticket.service_id is None:
        return []
    return [
        Shown(
            one.asked_at, one.asked_by == "customer", one.is_over,
            tuple(in_language(phrase, **values) for phrase, values in told(one.measured)),
        )
        for one in latest_tests(ticket.service_id)
    ]  # fmt: skip


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: AgentRequest, number: int) -> HttpResponse:
    """Looked at, or another one asked for."""
    ticket = record.ticket_facts(access.ticket_for(request.agent, TicketId(number)))
    assert ticket is not None, "ticket_for found it"
    status = 200
    if request.method == "POST":
        is_new = ticket.service_id is not None and ask_for_test(
            ticket.service_id, ticket_id=ticket.id, asked_by="agent",
            with_trace=request.POST.get("way") == "yes", at=now(),
        )  # fmt: skip
        if not is_new:
            tell(request, in_language(TOO_SOON))
        if "HX-Request" not in request.headers:
            return go(reverse("console:line_tests", args=[ticket.id]))
    context = {
        "agent": request.agent, "place": "work", "number": ticket.id,
        "tests": shown_on(ticket), "has_service": ticket.service_id is not None,
    }  # fmt: skip
    parts = ("console/probing/_tests.html",)
    return answer(request, "console/probing/show.html", context, parts=parts, status=status)
