"""Handing over, and what the receiver answers: accept, ask back, give back, report progress."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.deeds import CHANGED
from unbroken.console.tickets.forms import NUMBER_MAX, TIME_WRONG
from unbroken.console.tickets.views import FACTS as FACTS_PART
from unbroken.console.tickets.views import changed, gather, show
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import go_for_everyone, tell
from unbroken.ground.words import _, current_language, in_language
from unbroken.routing.actions import chain
from unbroken.routing.chain.parcel import FACTS, UNITS, Hands, Parcel
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

PARCEL = "console/chain/_parcel.html"
HANDED, RETURNED = _("Handed over."), _("It went back.")
ACCEPTED, ASKED, ANSWERED = (
    _("It is yours now."),
    _("They were asked."),
    _("They have your answer."),
)
REPORTED = _("The customer sees it.")
TYPED = ("team", "agent", "done", "needed", "due", *(f"fact_{key}" for key in FACTS))


class HandOverForm(forms.Form):
    """To whom, and the three parts; facts are fields of their own."""

    team = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    agent = forms.IntegerField(required=False, min_value=0, max_value=NUMBER_MAX)
    done = forms.CharField(max_length=5000, required=False)
    needed = forms.CharField(max_length=2000, required=False)
    due = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": TIME_WRONG},
    )

    def parcel(self, zone: str) -> Parcel:
        """What goes along, as the form says it."""
        data = self.cleaned_data
        due: datetime | None = data["due"]
        evidence = [str(one) for one in self.data.getlist("evidence")][:20]  # type: ignore[attr-defined]
        return Parcel(
            done=data["done"],
            needed=" ".join(data["needed"].split()),
            due_at=due.replace(tzinfo=ZoneInfo(zone)) if due else None,
            facts=[(key, str(self.data.get(f"fact_{key}", ""))[:2000]) for key in FACTS],
            evidence=evidence,
            language=current_language(),
        )


class LegForm(forms.Form):
    """What the receiver, or whoever handed it over, answers."""

    do = forms.ChoiceField(choices=[(one, "") for one in ("accept", "ask", "answer", "return")])
    words = forms.CharField(max_length=5000, required=False)


class ProgressForm(forms.Form):
    """So many of so many."""

    done = forms.IntegerField(min_value=0, max_value=100_000)
    of = forms.IntegerField(min_value=1, max_value=100_000)
    unit = forms.ChoiceField(choices=[(key, "") for key in UNITS])


@agent_required
@require_POST
def hand_over(request: AgentRequest, number: int) -> HttpResponse:
    """What was done, what is needed from whom, by when."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = HandOverForm(request.POST)

    def hand() -> None:
        if not form.is_valid():
            raise Refused("chain.needs_due")
        chain.hand_over(
            ticket_id=ticket_id,
            to=_hands(form),
            parcel=form.parcel(request.agent.timezone),
            by=request.actor,
            at=now(),
        )

    wrong = _tried(hand)
    if wrong:
        page = gather(request, ticket_id)
        typed = {key: request.POST.get(key, "")[:5000] for key in TYPED}
        page = replace(page, work=replace(page.work, typed=typed))
        return show(request, page, parts=(FACTS_PART,), wrong=[wrong], status=422)
    tell(request, in_language(HANDED))
    try:
        access.ticket_for(request.agent, ticket_id)
    except Http404:  # it went to a team whose requests this agent does not see
        return go_for_everyone(request, reverse("console:work"))
    return changed(request, ticket_id, parts=(*CHANGED, PARCEL))


@agent_required
@require_POST
def leg(request: AgentRequest, number: int) -> HttpResponse:
    """Accepted, asked back, answered, given back."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = LegForm(request.POST)
    if not form.is_valid():
        return _back(request, ticket_id, in_language(TIME_WRONG))
    words, by, at = form.cleaned_data["words"], request.actor, now()
    said = {"accept": ACCEPTED, "ask": ASKED, "answer": ANSWERED, "return": RETURNED}

    def answer() -> None:
        match form.cleaned_data["do"]:
            case "accept":
                chain.accept_leg(ticket_id=ticket_id, agent_id=request.agent.id, by=by, at=at)
            case "ask":
                chain.ask_back(ticket_id=ticket_id, words=words, by=by, at=at)
            case "answer":
                chain.answer_back(ticket_id=ticket_id, words=words, by=by, at=at)
            case _:
                chain.return_leg(
                    ticket_id=ticket_id, reason=words, language=current_language(), by=by, at=at
                )

    wrong = _tried(answer)
    if not wrong:
        tell(request, in_language(said[form.cleaned_data["do"]]))
    return _back(request, ticket_id, wrong)


@agent_required
@require_POST
def progress(request: AgentRequest, number: int) -> HttpResponse:
    """3 of 7 ports are done."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = ProgressForm(request.POST)

    def report() -> None:
        if not form.is_valid():
            raise Refused("chain.bad_progress")
        data = form.cleaned_data
        chain.report_progress(
            ticket_id=ticket_id,
            done=data["done"],
            of=data["of"],
            unit=data["unit"],
            by=request.actor,
            at=now(),
        )

    wrong = _tried(report)
    if not wrong:
        tell(request, in_language(REPORTED))
    return _back(request, ticket_id, wrong)


def _hands(form: HandOverForm) -> Hands:
    """The team that was chosen, or one of the person's; a person has to work in it."""
    team, agent_id = form.cleaned_data["team"], form.cleaned_data["agent"]
    if not agent_id:
        if not team or staffing.team(team) is None:
            raise Refused("chain.no_hands")
        return Hands(team)
    card = staffing.agent(AgentId(agent_id))
    if card is None or not card.active or not card.team_ids:
        raise Refused("routing.unknown_agent")
    return Hands(team if team in card.team_ids else min(card.team_ids), card.id)


def _tried(deed: Callable[[], None]) -> str:
    """Empty when it was done, else why it was not."""
    try:
        with transaction.atomic():
            deed()
    except Refused as refusal:
        return refusal.in_words()
    return ""


def _back(request: AgentRequest, ticket_id: TicketId, wrong: str) -> HttpResponse:
    if wrong:
        page = gather(request, ticket_id)
        return show(request, page, parts=(FACTS_PART, PARCEL), wrong=[wrong], status=422)
    try:
        access.ticket_for(request.agent, ticket_id)
    except Http404:
        return go_for_everyone(request, reverse("console:work"))
    return go_for_everyone(request, reverse("console:ticket", args=[ticket_id]))
