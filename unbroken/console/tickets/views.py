"""The page of one ticket."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.bell import state as bell
from unbroken.console.joining.lately import note
from unbroken.console.sleep import sleeping
from unbroken.console.struck.beside import NONE, problems_beside
from unbroken.console.tickets import labels
from unbroken.console.tickets.choices import choices
from unbroken.console.tickets.composer import Composer
from unbroken.console.tickets.held import with_held
from unbroken.console.tickets.page import TicketPage, ticket_page
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, wants_part
from unbroken.ground.words import current_language
from unbroken.orders.words import KIND_WORDS, STATE_WORDS

STORY, HEAD = "console/tickets/_story.html", "console/tickets/_head.html"
FACTS, CUSTOMER = "console/tickets/_facts.html", "console/tickets/_customer.html"
COMPOSER, TOASTS = "console/tickets/_composer.html", "look/_toasts.html"
PARTS = {"story": (STORY, HEAD), "all": (STORY, HEAD, FACTS, CUSTOMER)}


@agent_required
@require_GET
def ticket(request: AgentRequest, number: int) -> HttpResponse:
    """One ticket: who it is for, what was said and done, what is promised."""
    part = request.GET.get("part", "")
    is_news = part == "story" and wants_part(request)
    page = gather(request, TicketId(number), sides=not is_news)
    if page.head.read_version != page.version_seen:
        record_state.mark_read(
            agent_id=request.agent.id, ticket_id=page.head.id, version=page.version_seen
        )
    if page.head.rings:
        bell.see(request.agent.id, page.head.id, at=now())
    composer = with_held(page.composer, request, page.head.id)
    shown = show(request, page, parts=PARTS.get(part, PARTS["all"]), composer=composer)
    if not wants_part(request):
        note(request, shown, page.head.id)
    return shown


def gather(request: AgentRequest, number: TicketId, *, sides: bool = True) -> TicketPage:
    """Everything the page shows, as of now; not found when the agent may not see it."""
    whole = "whole" in request.GET
    page = ticket_page(request.agent, number, now(), whole=whole, sides=sides)
    if page is None:
        raise Http404("ticket")
    return page


def changed(
    request: AgentRequest, number: TicketId, *, parts: Iterable[str], then: str = ""
) -> HttpResponse:
    """After a deed: the parts it changed; a plain form goes to the page, which is drawn then."""
    if not wants_part(request):
        return go(reverse("console:ticket", args=[number]))
    page = gather(request, number)
    return show(request, page, parts=parts, composer=replace(page.composer, then=then))


def show(
    request: AgentRequest,
    page: TicketPage,
    *,
    parts: Iterable[str],
    wrong: Iterable[str] = (),
    composer: Composer | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a ticket, or the parts of it that may have changed."""
    head, parts = page.head, tuple(parts)
    is_drawn = FACTS in parts or not wants_part(request)
    context: dict[str, Any] = {
        "problems": problems_beside(head.id, head.service_id, head.customer_id)
        if is_drawn and head.is_open and head.merged_into is None
        else NONE,
        "agent": request.agent,
        "place": "work",
        "page": page,
        "composer": composer or page.composer,
        "choices": choices(page.services, request.agent.permissions),
        "labels": labels,
        "kind_words": KIND_WORDS,
        "state_words": STATE_WORDS,
        "wrong": list(wrong),
        "spoken": current_language(),
        "naps": sleeping.naps(request.agent.timezone, now()),
    }
    to = reverse("console:ticket", args=[page.head.id])
    return answer(request, "console/tickets/show.html", context, parts=parts, to=to, status=status)
