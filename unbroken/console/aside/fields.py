"""An agent fills in the custom fields of a ticket."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.aside.lines import check_missing, typed_in
from unbroken.console.tickets.deeds import do
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language

FILLED = _("Kept.")


@agent_required
@require_POST
def fill(request: AgentRequest, number: int) -> HttpResponse:
    """What the custom fields of a ticket hold."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))

    def keep() -> str:
        ticket = record.ticket_facts(ticket_id)
        rows = record.fields_for(ticket.topic_id if ticket else None)
        typed = typed_in(request.POST, rows)
        check_missing([row for row in rows if row.key in typed], typed, whose="agents")
        actions.fill_fields(ticket_id=ticket_id, typed=typed, by=request.actor, at=now())
        return in_language(FILLED)

    return do(request, ticket_id, forms.Form(request.POST), keep)
