"""Asking a third party by mail, or another team, beside the customer's conversation."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.opening.forms import NOT_AN_EMAIL
from unbroken.console.tickets.choices import names
from unbroken.console.tickets.deeds import do
from unbroken.console.tickets.forms import NUMBER_MAX, WORDS_MAX
from unbroken.console.tickets.forwarding import NEEDS_ADDRESS
from unbroken.conversation import actions
from unbroken.conversation.ids import TicketId
from unbroken.directory.addresses import NotAnAddress, normal_address
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.mailboxes import is_ours

SENT = _("Sent. The answer comes back here; the customer sees none of it.")
ASKED = _("{team} has it as a request of its own; its answers come back here.")
PEOPLE_MAX = 10


class SideForm(forms.Form):
    """Whom to ask, about what; or more words for those who were asked."""

    team = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    side = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    to = forms.CharField(max_length=1000, required=False)
    subject = forms.CharField(max_length=300, required=False)
    words = forms.CharField(max_length=WORDS_MAX, required=False, strip=False)

    def clean_to(self) -> tuple[tuple[str, str], ...]:
        """Addresses with commas between them."""
        found = []
        for one in str(self.cleaned_data["to"]).replace(";", ",").split(",")[:PEOPLE_MAX]:
            if one.strip():
                try:
                    address = normal_address("email", one.strip(), country="")
                except NotAnAddress:
                    raise forms.ValidationError(NOT_AN_EMAIL) from None
                if is_ours(address):  # the desk would write to itself
                    raise forms.ValidationError(NEEDS_ADDRESS)
                found.append(("", address))
        return tuple(dict.fromkeys(found))

    def clean_subject(self) -> str:
        """One line: it becomes the subject of a mail."""
        return " ".join(str(self.cleaned_data["subject"]).split())


@agent_required
@require_POST
def sides(request: AgentRequest, number: int) -> HttpResponse:
    """A new side conversation, or the next mail in one."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = SideForm(request.POST)

    def ask() -> str:
        data = form.cleaned_data
        if "team" in form.data:
            return _ask_team(request, ticket_id, data)
        if data["side"]:
            actions.say_aside(
                ticket_id=ticket_id,
                side_id=data["side"],
                words=data["words"],
                by=request.actor,
                at=now(),
            )
        else:
            actions.open_side(
                ticket_id=ticket_id,
                to=data["to"],
                subject=data["subject"],
                words=data["words"],
                by=request.actor,
                at=now(),
            )
        return in_language(SENT)

    return do(request, ticket_id, form, ask)


def _ask_team(request: AgentRequest, ticket_id: TicketId, data: dict[str, Any]) -> str:
    team = names(current_language()).get(f"team:{data['team']}")
    if team is None:
        raise Refused("routing.unknown_team")
    actions.ask_team(
        ticket_id=ticket_id,
        team_id=data["team"],
        team=team,
        subject=data["subject"],
        words=data["words"],
        by=request.actor,
        at=now(),
    )
    return in_language(ASKED, team=team)
