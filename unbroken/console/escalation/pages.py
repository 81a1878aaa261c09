"""What climbs now and did lately, who is on call; "I have it"; sending a request up by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required, sight
from unbroken.console.tickets.deeds import do
from unbroken.console.tickets.forms import NUMBER_MAX
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import Phrase, _, in_language
from unbroken.routing.actions.escalate import acknowledge, escalate_by_hand
from unbroken.routing.escalation import reading
from unbroken.routing.escalation.reading import Climbing
from unbroken.routing.escalation.rota import RotaRow, turn_ends
from unbroken.routing.escalation.steps import TRIGGERS
from unbroken.routing.escalation.targets import on_call_by
from unbroken.staffing import queries as staffing
from unbroken.staffing.queries import AgentCard

YOURS, SENT = _("You have it. Nobody else is paged."), _("It climbs now: whoever is next is paged.")
STATES: dict[str, Phrase] = {
    "open": _("being paged"),
    "acknowledged": _("somebody has it"),
    "over": _("over"),
    "unheard": _("nobody answered"),
}
WHY_CALLED: dict[str, Phrase] = {
    "stand": _("stands in"),
    "shift": _("on shift"),
    "turn": _("their turn"),
    "nobody": _("nobody is on call"),
}


class HandForm(forms.Form):
    """Along which path it climbs."""

    path = forms.IntegerField(min_value=1, max_value=NUMBER_MAX)


@dataclass(frozen=True, slots=True)
class Called:
    """A rota with who is called now, why they, and until when."""

    id: int
    name: str
    who: str
    why: str
    until: datetime | None


def called_now(at: datetime) -> list[Called]:
    """Every open rota."""
    people = staffing.agents()
    return [_called(one, people, at) for one in reading.rotas() if one.active]


def _called(rota: RotaRow, people: Sequence[AgentCard], at: datetime) -> Called:
    found = on_call_by(rota, people, at)
    names = {int(one.id): one.name for one in people}
    who = ", ".join(names[one] for one in found.agents)
    until = turn_ends(rota, at) if found.why == "turn" else None
    return Called(rota.id, rota.name, who, in_language(WHY_CALLED[found.why]), until)


def _climbing(agent: AgentCard, ticket: int = 0) -> list[Climbing]:
    seen = sight(agent)
    return reading.climbing(
        me=int(agent.id), sees_all=seen["sees_all"], teams=seen["teams"], ticket=ticket
    )


@agent_required
@require_GET
def escalations(request: AgentRequest) -> HttpResponse:
    """What climbs, and who is on call."""
    context = {
        "agent": request.agent,
        "place": "bell",
        "climbing": _climbing(request.agent),
        "called": called_now(now()),
        **_words(),
    }
    return answer(request, "console/escalation/list.html", context)


def _words() -> dict[str, object]:
    return {
        "triggers": {key: in_language(word) for key, word in TRIGGERS.items()},
        "states": {key: in_language(word) for key, word in STATES.items()},
    }


@agent_required
@require_POST
def have_it(request: AgentRequest, escalation_id: int) -> HttpResponse:
    """I have it: nobody else is paged."""
    if not any(one.id == escalation_id for one in _climbing(request.agent)):
        raise Http404("escalation")
    try:
        acknowledge(
            escalation_id=escalation_id, agent_id=int(request.agent.id), by=request.actor, at=now()
        )
        tell(request, in_language(YOURS))
    except Refused as refusal:
        tell(request, refusal.in_words())
    return go(reverse("console:escalations"))


@agent_required
@require_GET
def of_ticket(request: AgentRequest, number: int) -> HttpResponse:
    """What climbs for one request; the part that its page fetches for itself."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    paths = [one for one in reading.paths() if one.active and "by_hand" in one.begins]
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "climbing": _climbing(request.agent, int(ticket_id)),
        "paths": [(one.id, one.name) for one in paths],
        **_words(),
    }
    part = "console/escalation/_beside.html"
    if request.headers.get("HX-Request"):
        return answer(request, part, context, parts=(part,))
    return answer(request, "console/escalation/beside.html", context)


@agent_required
@require_POST
def by_hand(request: AgentRequest, number: int) -> HttpResponse:
    """Somebody sends it up."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = HandForm(request.POST)

    def send() -> str:
        path_id = form.cleaned_data["path"]
        escalate_by_hand(path_id=path_id, ticket_id=ticket_id, by=request.actor, at=now())
        return in_language(SENT)

    return do(request, ticket_id, form, send)
