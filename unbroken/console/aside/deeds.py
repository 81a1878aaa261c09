"""What an agent does beside the conversation: follow, note time, tick things off."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.deeds import do
from unbroken.console.tickets.forms import NUMBER_MAX
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.actions.watch import MINUTES_MAX
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

YOU_FOLLOW, YOU_LEAVE = _("You follow it now."), _("You follow it no longer.")
THEY_FOLLOW = _("{name} follows it now, and is told so.")
TIME_WRONG = _("Give whole minutes, from 0 to 1440.")


class FollowForm(forms.Form):
    """Who is to follow; nobody named: the agent themselves."""

    agent = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    leave = forms.BooleanField(required=False)


class TimeForm(forms.Form):
    """How long, on what; with `entry` an entry is corrected."""

    minutes = forms.IntegerField(
        min_value=0,
        max_value=MINUTES_MAX,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), TIME_WRONG),
    )
    what = forms.CharField(max_length=500, required=False)
    entry = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)


class ItemForm(forms.Form):
    """Something more to do, a whole list, or one of the things: done, not done, not needed."""

    add = forms.CharField(max_length=3000, required=False)
    checklist = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    tick = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    untick = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    drop = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)


@agent_required
@require_POST
def followers(request: AgentRequest, number: int) -> HttpResponse:
    """Follow it, follow it no longer, or ask a colleague to."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = FollowForm(request.POST)

    def follow() -> str:
        data = form.cleaned_data
        agent_id = data["agent"] or request.agent.id
        card = staffing.agent(AgentId(agent_id))
        if card is None or not card.active:
            raise Refused("console.no_such_agent")
        verb = actions.unwatch_ticket if data["leave"] else actions.watch_ticket
        verb(ticket_id=ticket_id, agent_id=card.id, by=request.actor, at=now())
        if card.id != request.agent.id:
            return "" if data["leave"] else in_language(THEY_FOLLOW, name=card.name)
        return in_language(YOU_LEAVE if data["leave"] else YOU_FOLLOW)

    return do(request, ticket_id, form, follow)


@agent_required
@require_POST
def time(request: AgentRequest, number: int) -> HttpResponse:
    """So long was worked on it, or an entry was wrong."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = TimeForm(request.POST)

    def note() -> str:
        data = form.cleaned_data
        if data["entry"]:
            actions.correct_time(
                ticket_id=ticket_id,
                entry_id=data["entry"],
                minutes=data["minutes"],
                by=request.actor,
                at=now(),
            )
        else:
            actions.spend_time(
                ticket_id=ticket_id,
                agent_id=request.agent.id,
                minutes=data["minutes"],
                words=data["what"],
                by=request.actor,
                at=now(),
            )
        return ""

    return do(request, ticket_id, form, note)


@agent_required
@require_POST
def checklist(request: AgentRequest, number: int) -> HttpResponse:
    """More to do, or one of the things is done."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = ItemForm(request.POST)
    return do(request, ticket_id, form, lambda: _change(request, ticket_id, form.cleaned_data))


def _change(request: AgentRequest, ticket_id: TicketId, data: dict[str, int | str | None]) -> str:
    by, at = request.actor, now()
    if data["checklist"]:
        listed = record.checklist(int(data["checklist"]))
        if listed is None or not listed.active:
            raise Refused("ticket.no_such_item")
        texts = listed.items_in(current_language())
        actions.add_items(ticket_id=ticket_id, texts=texts, checklist_id=listed.id, by=by, at=at)
    if data["add"]:
        texts = str(data["add"]).splitlines()
        actions.add_items(ticket_id=ticket_id, texts=texts, by=by, at=at)
    for key in ("tick", "untick"):
        if data[key]:
            actions.tick_item(
                ticket_id=ticket_id,
                item_id=int(data[key] or 0),
                is_done=key == "tick",
                agent_id=request.agent.id,
                by=by,
                at=at,
            )
    if data["drop"]:
        actions.drop_item(ticket_id=ticket_id, item_id=int(data["drop"]), by=by, at=at)
    return ""
