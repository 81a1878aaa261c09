"""The plan of one request: laid down, added to, dropped from, as the work goes."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.deeds import do
from unbroken.console.tickets.forms import NUMBER_MAX
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import current_language
from unbroken.routing.actions import plan as planned


class PlanForm(forms.Form):
    """Lay down the topic's plan, one step more, or one that is not needed."""

    do = forms.ChoiceField(choices=[(one, "") for one in ("lay", "add", "drop")])
    team = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    name = forms.CharField(max_length=200, required=False)
    leg = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)


@agent_required
@require_POST
def plan(request: AgentRequest, number: int) -> HttpResponse:
    """The legs ahead are changed."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = PlanForm(request.POST)

    def deed() -> str:
        data, by, at = form.cleaned_data, request.actor, now()
        facts = record.ticket_facts(ticket_id)
        if facts is None or not facts.is_open:
            raise Refused("chain.not_here")
        if data["do"] == "lay":
            topic = planned.plan_for(facts.topic_id)
            planned.lay_plan(ticket_id=ticket_id, topic=topic, by=by, at=at)
        elif data["do"] == "add":
            planned.add_leg(
                ticket_id=ticket_id,
                team_id=data["team"] or 0,
                name=data["name"],
                language=current_language(),
                by=by,
                at=at,
            )
        else:
            planned.drop_leg(ticket_id=ticket_id, leg_id=data["leg"] or 0, by=by, at=at)
        return ""

    return do(request, ticket_id, form, deed)
