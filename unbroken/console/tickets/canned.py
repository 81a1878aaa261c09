"""What `/` and `@` in the composer offer: canned answers and articles, and colleagues to call.

The same lists stand behind plain links; what is chosen goes where the cursor stands or, without
JavaScript, to the end of what was begun. Canned answers have what is known filled in already.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, may, sight
from unbroken.console.many.choices import kept_agents
from unbroken.console.tickets.calling import may_see
from unbroken.console.tickets.page import Head
from unbroken.console.tickets.promises import promises_of
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.ground import time_words
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.sql import row
from unbroken.ground.words import supported
from unbroken.knowledge import queries as knowledge
from unbroken.knowledge.queries import ArticleRow
from unbroken.knowledge.queries.canned import CannedRow, canned_for
from unbroken.knowledge.variables import emptied, filled
from unbroken.staffing.permissions import EDIT_KNOWLEDGE
from unbroken.staffing.queries import AgentCard

OFFERED_MAX = 8
"""Articles in the list at once: a handful of letters finds the one that is meant."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A canned answer as it would be inserted."""

    id: int
    name: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Offered:
    """An article as it would be inserted: its words, or its address for the customer to read."""

    id: int
    title: str
    language: str
    text: str
    address: str


@agent_required
@require_GET
def canned(request: AgentRequest, number: int) -> HttpResponse:
    """The list, for this request and its customer's language; `words` finds other articles."""
    head = _head(request.agent, number)
    words = request.GET.get("words", "")[:100]
    context = {
        "agent": request.agent,
        "place": "work",
        "number": head.id,
        "answers": ready_for(head, request.agent, at=now()),
        "articles": offered_for(head, words, at=now()),
        "may_keep": may(request.agent, EDIT_KNOWLEDGE),
    }
    return answer(
        request, "console/tickets/canned.html", context, parts=("console/tickets/_canned.html",)
    )


@agent_required
@require_GET
def people(request: AgentRequest, number: int) -> HttpResponse:
    """Colleagues whom a note on this request may call: those who see it."""
    head = _head(request.agent, number)
    found = [
        one
        for one in kept_agents()
        if one.id != request.agent.id
        and may_see(one, team_id=head.team_id, assignee_id=head.assignee_id)
    ]
    context = {"agent": request.agent, "place": "work", "number": head.id, "people": found}
    return answer(
        request, "console/tickets/people.html", context, parts=("console/tickets/_people.html",)
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


def offered_for(head: Head, words: str, *, at: datetime) -> list[Offered]:
    """Articles for the customer: those named by the words, else those that may answer them."""
    if words.strip():
        shelf = knowledge.shelf(
            head.language, at=at, state="published", words=words, limit=OFFERED_MAX
        )
        ids = [one.id for one in shelf]
        found = knowledge.found_by(ids, head.language, public_only=True, at=at)
    else:
        found = knowledge.fitting(
            head.name, head.language, topic_id=head.topic_id, public_only=True, at=at
        )
    return [_offered(one) for one in found]


def _offered(one: ArticleRow) -> Offered:
    address = settings.BASE_URL + reverse("portal:help", args=[one.place])
    return Offered(one.id, one.title, one.language, one.plain, address)


def _ready(one: CannedRow, head: Head, agent: AgentCard, at: datetime) -> Ready:
    values = _known(head, agent) | {
        "promise": _promised(head, one.language, at) if "{promise}" in one.text else "",
    }
    return Ready(one.id, one.name, one.language, filled(one.text, values))


def begun_for(head: Head, agent: AgentCard) -> str:
    """What they are writing to this customer, with gaps where the next one's name goes."""
    begun = record_state.draft(agent_id=agent.id, ticket_id=head.id, mode="reply").strip()
    return emptied(begun, _known(head, agent))


def head_of(agent: AgentCard, number: int) -> Head:
    """The request, if they see it; not found otherwise."""
    return _head(agent, number)


def _known(head: Head, agent: AgentCard) -> dict[str, str]:
    return {
        "customer": head.contact or head.customer or "",
        "number": str(head.id),
        "subject": head.name,
        "agent": agent.name,
    }


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
