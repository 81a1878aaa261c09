"""Drafts that colleagues may read and take over: two pairs of eyes before an answer leaves."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.copies import to_keep
from unbroken.console.tickets.forms import MessageForm
from unbroken.console.tickets.views import changed
from unbroken.console.tickets.writing import WRITTEN
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import tell
from unbroken.ground.words import _, in_language

OPEN_NOW = _("Colleagues who see this request can read your draft and take it over.")
MINE_NOW = _("Your draft is your own again.")
TAKEN, GONE = _("It is your draft now."), _("Somebody else took this draft, or it was withdrawn.")


@agent_required
@require_POST
def sharing(request: AgentRequest, number: int) -> HttpResponse:
    """Lay one's draft open as it stands now, or (`alone`) keep it to oneself again."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = MessageForm(request.POST)
    if not form.is_valid():
        raise Http404("draft")
    mode, is_open = form.cleaned_data["mode"], "alone" not in request.POST
    me, at = request.agent.id, now()
    with transaction.atomic():
        record_state.save_draft(
            agent_id=me,
            ticket_id=ticket_id,
            mode=mode,
            text=form.said(),
            at=at,
            copies=to_keep(request.POST) if "offered" in request.POST else None,
        )
        is_there = record_state.share_draft(
            agent_id=me, ticket_id=ticket_id, mode=mode, at=at if is_open else None
        )
    if is_there:
        tell(request, in_language(OPEN_NOW if is_open else MINE_NOW))
    return changed(request, ticket_id, parts=WRITTEN)


@agent_required
@require_POST
def taking(request: AgentRequest, number: int, draft_id: int) -> HttpResponse:
    """A colleague's open draft goes into one's own composer."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    with transaction.atomic():
        mode = record_state.take_draft(
            draft_id=draft_id, agent_id=request.agent.id, ticket_id=ticket_id, at=now()
        )
    tell(request, in_language(TAKEN if mode else GONE))
    return changed(request, ticket_id, parts=WRITTEN)
