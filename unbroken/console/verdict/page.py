"""The line of a request: one sentence, what speaks for and against, what to check next.

Claims are put right and the true cause is recorded here; each answer shows the line anew.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.lines.showing import short_of
from unbroken.console.lines.words import KINDS
from unbroken.console.probing.page import shown_on
from unbroken.console.verdict.cause import FIELD, cause_field, record
from unbroken.console.verdict.claims import KIND_WORDS, LAMP_STATES, read_again
from unbroken.console.verdict.seen import seen_on
from unbroken.conversation import queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.evidence.of_tickets import look_at
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import in_language


@agent_required
@require_GET
def verdict(request: AgentRequest, number: int) -> HttpResponse:
    """Looked at anew each time: the records are the truth, and more of them may have come."""
    return _show(request, _ticket(request, number))


@agent_required
@require_POST
def claims(request: AgentRequest, number: int) -> HttpResponse:
    """Words of the customer were read wrongly, rightly after all, or meant something else."""
    ticket = _ticket(request, number)

    def put_right() -> None:
        found = look_at(ticket, now())
        typed = {name: str(value) for name, value in request.POST.items()}
        kinds = request.POST.getlist("kinds")
        read_again(TicketId(ticket.id), found, typed, kinds, request.actor)

    return _do(request, ticket, put_right)


@agent_required
@require_POST
def cause(request: AgentRequest, number: int) -> HttpResponse:
    """What it really was."""
    ticket = _ticket(request, number)
    chosen = str(request.POST.get(FIELD, ""))
    return _do(request, ticket, lambda: record(TicketId(ticket.id), chosen, request.actor))


def _ticket(request: AgentRequest, number: int) -> TicketFacts:
    ticket = queries.ticket_facts(access.ticket_for(request.agent, TicketId(number)))
    assert ticket is not None, "ticket_for found it"
    return ticket


def _do(request: AgentRequest, ticket: TicketFacts, deed: Callable[[], None]) -> HttpResponse:
    try:
        deed()
    except Refused as refusal:
        return _show(request, ticket, wrong=[refusal.in_words()], status=422)
    return _show(request, ticket)


def _show(
    request: AgentRequest, ticket: TicketFacts, *, wrong: list[str] | None = None, status: int = 200
) -> HttpResponse:
    seen = seen_on(ticket, now())
    context = {
        "agent": request.agent, "place": "work", "number": ticket.id, "seen": seen,
        "tests": shown_on(ticket), "has_service": ticket.service_id is not None,
        "line": ticket.service_id, "kinds": KINDS, "wrong": wrong or [],
        "short": short_of(seen.look.case.picture, request.agent.timezone) if seen else None,
        "cause": cause_field(ticket, seen.look.verdict) if seen else None,
        "complaint_kinds": {key: in_language(word) for key, word in KIND_WORDS.items()},
        "lamp_states": {key: in_language(word) for key, word in LAMP_STATES.items()}.items(),
    }  # fmt: skip
    return answer(
        request, "console/verdict/show.html", context, parts=("console/verdict/_verdict.html",),
        to=reverse("console:verdict", args=[ticket.id]), status=status,
    )  # fmt: skip
