"""The line of a request: one sentence, what speaks for and against, what to check next."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.lines.showing import short_of
from unbroken.console.lines.words import KINDS
from unbroken.console.probing.page import shown_on
from unbroken.console.verdict.seen import seen_on
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer


@agent_required
@require_GET
def verdict(request: AgentRequest, number: int) -> HttpResponse:
    """Looked at anew each time: the records are the truth, and more of them may have come."""
    ticket = record.ticket_facts(access.ticket_for(request.agent, TicketId(number)))
    assert ticket is not None, "ticket_for found it"
    seen = seen_on(ticket, now())
    context = {
        "agent": request.agent, "place": "work", "number": ticket.id, "seen": seen,
        "tests": shown_on(ticket), "has_service": ticket.service_id is not None,
        "line": ticket.service_id, "kinds": KINDS,
        "short": short_of(seen.look.case.picture, request.agent.timezone) if seen else None,
    }  # fmt: skip
    return answer(
        request, "console/verdict/show.html", context, parts=("console/verdict/_verdict.html",)
    )
