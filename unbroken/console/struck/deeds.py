"""Joining a request to a problem that many share, and parting it: one click each."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.deeds import do
from unbroken.console.tickets.forms import NUMBER_MAX
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.outage import queries

JOINED = _("It belongs to problem {number} now and sleeps until that is over.")
PARTED = _("It stands alone again.")


class ProblemForm(forms.Form):
    """Which problem, and whether the request belongs to it."""

    problem = forms.IntegerField(min_value=1, max_value=NUMBER_MAX)
    do = forms.ChoiceField(choices=[("join", ""), ("part", "")])


@agent_required
@require_POST
def problem(request: AgentRequest, number: int) -> HttpResponse:
    """It suffers from this problem, or does not."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = ProblemForm(request.POST)
    return do(request, ticket_id, form, lambda: _join_or_part(request, ticket_id, form))


def _join_or_part(request: AgentRequest, ticket_id: TicketId, form: ProblemForm) -> str:
    chosen, by, at = form.cleaned_data["problem"], request.actor, now()
    if form.cleaned_data["do"] == "part":
        record.part_from_problem(ticket_id=ticket_id, problem=chosen, by=by, at=at)
        return in_language(PARTED)
    found = queries.problem(chosen)
    if found is None or not found.is_open:
        raise Refused("problem.cannot_go")
    record.join_problem(ticket_id=ticket_id, problem=chosen, by=by, at=at)
    return in_language(JOINED, number=chosen)
