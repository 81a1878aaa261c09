"""One click on a line of the list: a request to the team that mends it, with what was seen.

It is a request of the house: it has no customer and no service of one, so that no promise to a
customer runs on work that nobody asked for, and nobody gets a mail about it.
"""

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest, may
from unbroken.console.admin.frame import done
from unbroken.console.ageing.pages import looking, show
from unbroken.console.ageing.words import SIGNS, numbers, when
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.evidence.queries import ageing
from unbroken.evidence.queries.ageing import LineRow
from unbroken.evidence.state import ageing as kept
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import TeamId
from unbroken.staffing.permissions import ANSWER

MADE = _("Request {number} was made of it.")
THERE = _("There is a request about this line already: {number}.")
GONE = _("This line is not on the latest list any more.")
NAME = _("Line {service} will likely fail: mend it before")
NAME_PARTNER = _("Line {service} will likely fail: ask {partner} to mend it before")
CHANCE = _("The records say: {chance} % that it fails within four weeks.")
SINCE = timedelta(days=56)
KEPT = _("Kept.")


class MakeForm(forms.Form):
    """Of which line of the list, and for which team."""

    line = forms.IntegerField(min_value=1, max_value=2**62)
    team = forms.IntegerField(min_value=1, max_value=2**31, required=False)


@looking
@require_POST
def request_of(request: AgentRequest) -> HttpResponse:
    """Make it, once."""
    if not may(request.agent, ANSWER):
        raise PermissionDenied
    form = MakeForm(request.POST)
    monday = ageing.latest_monday()
    lines = ageing.lines_on(monday) if monday and form.is_valid() else []
    line = next((one for one in lines if one.id == form.cleaned_data["line"]), None)
    if line is None or monday is None:
        return show(request, wrong=in_language(GONE))
    at = now()
    with transaction.atomic():
        row = kept.lock_line(line.id)
        there = row.ticket_id if row else None
        if there is None:
            number = _open(request, line, form.cleaned_data["team"], at)
            kept.note_ticket(line.service_id, int(number), since=monday - SINCE)
    if there is not None:
        return done(request, THERE, "console:ageing", number=there)
    return done(request, MADE, "console:ageing", number=number)


def _open(request: AgentRequest, line: LineRow, team_id: int | None, at: datetime) -> TicketId:
    name = NAME if line.owner == "us" else NAME_PARTNER
    opening = Opening(
        name=in_language(name, service=line.service, partner=line.owner_name),
        channel="console", reported_at=at, language=request.agent.language, may_answer=False,
    )  # fmt: skip
    said = Incoming(
        author=request.actor, channel="console", words=_words(line), at=at, audience="agents",
        kind="note",
    )  # fmt: skip
    number, _message = record.acknowledge_ticket(opening, said, by=request.actor, at=at)
    team = staffing.team(TeamId(team_id)) if team_id else None
    if team is not None and team.active:
        record.assign_ticket(
            ticket_id=number, team_id=team.id, agent_id=None, by=request.actor, at=at
        )
    return number


def _words(line: LineRow) -> str:
    told = [in_language(CHANCE, chance=round(100 * line.chance))]
    for sign in line.why:
        said = [in_language(SIGNS[sign["kind"]]), numbers(sign), when(sign)]
        told.append("- " + "; ".join(one for one in said if one))
    told.append(" · ".join(one for one in (line.resource, line.element, line.place_name) if one))
    told.append(settings.BASE_URL + reverse("console:line", args=[line.service_id]))
    return "\n".join(told)


@looking
@require_POST
def mail(request: AgentRequest) -> HttpResponse:
    """The reader wants the list by mail each week, or not any more. Not for who only looks on."""
    if not may(request.agent, ANSWER):
        raise PermissionDenied
    wants = request.POST.get("wants") == "yes"
    kept.wish_mail(int(request.agent.id), wants=wants, last=ageing.latest_monday())
    return done(request, KEPT, "console:ageing")
