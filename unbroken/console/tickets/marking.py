"""Marking a passage of a message for one's colleagues, and taking a mark off."""

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.forms import WORDS_MAX
from unbroken.console.tickets.views import STORY, TOASTS, gather, show
from unbroken.conversation import queries as record
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell, wants_part
from unbroken.ground.words import _, in_language

NOT_MARKED = _("Nothing was marked: it is marked already, or the words have changed.")


class MarkForm(forms.Form):
    """Where the passage begins, and its words as the reader saw them."""

    start = forms.IntegerField(min_value=0, max_value=WORDS_MAX)
    passage = forms.CharField(max_length=WORDS_MAX, strip=False)


@agent_required
@require_POST
def marks(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """Mark a passage: everybody who sees the request sees the mark, customers never."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = MarkForm(request.POST)
    found = record.message(MessageId(message))
    if found is None or found.ticket_id not in _with_merged(ticket_id) or not form.is_valid():
        raise Http404("mark")
    with transaction.atomic():
        is_marked = found.withdrawn_at is None and record_state.mark_passage(
            message_id=found.id,
            words=found.words or "",
            start=form.cleaned_data["start"],
            passage=record_state.plain(form.cleaned_data["passage"]),
            ticket_id=ticket_id,
            agent_id=request.agent.id,
            at=now(),
        )
    if not is_marked:
        tell(request, in_language(NOT_MARKED))
    return _story(request, ticket_id)


@agent_required
@require_POST
def unmarking(request: AgentRequest, number: int, mark: int) -> HttpResponse:
    """Take a mark off, one's own or a colleague's."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    with transaction.atomic():
        record_state.unmark(mark, on=_with_merged(ticket_id), ticket_id=ticket_id)
    return _story(request, ticket_id)


def _with_merged(ticket_id: TicketId) -> list[int]:
    """A page shows what was said on the tickets merged into its own, too."""
    return [ticket_id, *record.merged_from(ticket_id)]


def _story(request: AgentRequest, ticket_id: TicketId) -> HttpResponse:
    if not wants_part(request):
        return go(reverse("console:ticket", args=[ticket_id]))
    return show(request, gather(request, ticket_id, sides=False), parts=(STORY, TOASTS))
