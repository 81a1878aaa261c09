"""Canned answers for the one who writes: those that fit the request, with what is known filled in.

`/` in the composer opens the same list that stands behind a plain link; one of them goes where the
cursor stands, or, without JavaScript, to the end of what was begun.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, sight
from unbroken.console.tickets.page import Head
from unbroken.console.tickets.promises import promises_of
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.ground import time_words
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.sql import row
from unbroken.ground.words import supported
from unbroken.knowledge.queries.canned import CannedRow, canned_for
from unbroken.knowledge.variables import filled
from unbroken.staffing.queries import AgentCard


@dataclass(frozen=True, slots=True)
class Ready:
    """A canned answer as it would be inserted."""

    id: int
    name: str
    language: str
    text: str


@agent_required
@require_GET
def canned(request: AgentRequest, number: int) -> HttpResponse:
    """The list, for this request and its customer's language."""
    head = _head(request.agent, number)
    context = {
        "agent": request.agent,
        "place": "work",
        "number": head.id,
        "answers": ready_for(head, request.agent, at=now()),
    }
    return answer(
        request, "console/tickets/canned.html", context, parts=("console/tickets/_canned.html",)
    )


@agent_required
@require_POST
def canned_use(request: AgentRequest, number: int, canned_id: int) -> HttpResponse:
    """Without JavaScript: its words are added to what was begun."""
    head, at = _head(request.agent, number), now()
    found = next(
        (one for one in ready_for(head, request.agent, at=at) if one.id == canned_id), None
    )
    if found is None:
        raise Http404("canned")
    begun = record_state.draft(agent_id=request.agent.id, ticket_id=head.id, mode="reply").strip()
    record_state.save_draft(
        agent_id=request.agent.id,
        ticket_id=head.id,
        mode="reply",
        text=f"{begun}\n\n{found.text}" if begun else found.text,
        at=at,
    )
    return go(reverse("console:ticket", args=[head.id]) + "#composer")


def ready_for(head: Head, agent: AgentCard, *, at: datetime) -> list[Ready]:
    """What fits the request, the nearest first, each with its variables filled in."""
    return [_ready(one, head, agent, at) for one in canned_for(head.topic_id, head.language)]


def _ready(one: CannedRow, head: Head, agent: AgentCard, at: datetime) -> Ready:
    values = {
        "customer": head.contact or head.customer or "",
        "number": str(head.id),
        "subject": head.name,
        "promise": _promised(head, one.language, at) if "{promise}" in one.text else "",
        "agent": agent.name,
    }
    return Ready(one.id, one.name, one.language, filled(one.text, values))


def _promised(head: Head, language: str, at: datetime) -> str:
    """By when the next promise is due, as the customer reads it; empty: nothing runs."""
    dues = [one.due_at for one in promises_of(head.id, at) if one.due_at and one.ended_at is None]
    if not dues:
        return ""
    zone = head.timezone or "UTC"
    return time_words.day_and_hour(min(dues), zone=zone, language=supported(language))


def _head(agent: AgentCard, number: int) -> Head:
    query = "console/tickets/queries/head.sql"
    found = row(Head, query, number=TicketId(number), language=agent.language, **sight(agent))
    if found is None:
        raise Http404("ticket")
    return found
