"""The page on which an agent writes a new request down, and what it says about it at once."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.aside.lines import PREFIX, FieldLine, check_missing, line, typed_in
from unbroken.console.opening.around import Around, around
from unbroken.console.opening.forms import CHANNELS, NewForm, Who, read_who
from unbroken.console.opening.writing_down import join_request, open_request
from unbroken.console.tickets.choices import choices
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell, wants_part
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import _, current_language, in_language
from unbroken.promise import queries as promise

AROUND = "console/opening/_around.html"
OPENED = "console_opened"
REMEMBERED_MAX = 8
NUMBER_AND_TIME = _("It is request {number}. A person answers by {time}.")
NUMBER_ONLY = _("It is request {number}.")
ADDED = _("Added to request {number}.")
BY_TOPIC = _("As the topic says")
CHANNEL_WORDS = {
    "phone": _("Phone"),
    "counter": _("At the counter"),
    "chat": _("Chat"),
    "fax": _("Fax"),
    "console": _("Written by us"),
}


@agent_required
@require_http_methods(["GET", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """Who it is, what they say; what may be the same stands beside it."""
    sent = request.POST if request.method == "POST" else request.GET
    form = NewForm(sent)
    if not form.is_valid():
        wrong = [in_language(str(one)) for errors in form.errors.values() for one in errors]
        return _page(request, form, wrong=wrong)
    if request.method == "GET" or not {"look", "forget"}.isdisjoint({*sent, *request.GET}):
        return _page(request, form)
    if known := request.session.get(OPENED, {}).get(form.cleaned_data["form"]):
        return go(reverse("console:ticket", args=[known]))
    try:
        with transaction.atomic():
            number = _keep(request, form, now())
    except Refused as refusal:
        return _page(request, form, wrong=[refusal.in_words()])
    _remember(request, form.cleaned_data["form"], number)
    return go(reverse("console:ticket", args=[number]))


def _keep(request: AgentRequest, form: NewForm, at: datetime) -> TicketId:
    """A new request, or words added to one that is there; says which and until when."""
    data, who = form.cleaned_data, _who(form)
    into = request.POST.get("into", "")
    if into.isdigit() and len(into) < 16:
        number = access.ticket_for(request.agent, TicketId(int(into)))
        join_request(request.agent, data, who, number=number, at=at)
        tell(request, in_language(ADDED, number=number))
        return number
    keeps = "keeps" in request.POST
    rows = record.fields_for(data["topic"])
    typed = typed_in(request.POST, rows)
    check_missing(rows, typed, whose="agents")
    number = open_request(request.agent, data, who, keeps=keeps, at=at)
    actions.fill_fields(ticket_id=number, typed=typed, by=request.actor, at=at)
    _link(request, number, at)
    ticket = record.ticket_facts(number)
    assert ticket is not None
    due_at = promise.due_for_receipt(ticket, at=at)
    if due_at is None:
        tell(request, in_language(NUMBER_ONLY, number=number))
    else:
        time = day_and_hour(due_at, zone=request.agent.timezone, language=current_language())
        tell(request, in_language(NUMBER_AND_TIME, number=number, time=time))
    return number


def _link(request: AgentRequest, number: TicketId, at: datetime) -> None:
    """What the agent said belongs together is linked."""
    wanted = [int(one) for one in request.POST.getlist("link") if one.isdigit() and len(one) < 16]
    for other in sorted(access.tickets_seen(request.agent, wanted)):
        actions.relate_ticket(
            ticket_id=number,
            other_id=TicketId(other),
            relation="related",
            by=request.actor,
            at=at,
        )


def _remember(request: AgentRequest, form_number: str, number: int) -> None:
    """The same form sent twice is one request."""
    kept = dict(list(request.session.get(OPENED, {}).items())[-REMEMBERED_MAX:])
    request.session[OPENED] = {**kept, form_number: int(number)}


def _who(form: NewForm) -> Who:
    """Who was chosen, and what of theirs was chosen after that."""
    data = form.cleaned_data
    who = read_who(data.get("who") or "")
    return Who(
        who.customer_id,
        data.get("contact") or who.contact_id,
        data.get("service") or who.service_id,
    )


def _page(request: AgentRequest, form: NewForm, wrong: list[str] | None = None) -> HttpResponse:
    beside = _around(request, form)
    data = form.cleaned_data
    context: dict[str, Any] = {
        "agent": request.agent,
        "place": "new",
        "around": beside,
        "values": {key: form.data.get(key, "") for key in form.fields},
        "form_number": data.get("form") or secrets.token_hex(12),
        "choices": choices(()),
        "types": [("", in_language(BY_TOPIC)), *choices(())["types"]],
        "channels": [(key, in_language(CHANNEL_WORDS[key])) for key in CHANNELS],
        "lines": _lines(form),
        "keeps": request.method == "GET" or "keeps" in request.POST,
        "linked": request.POST.getlist("link"),
        "wrong": wrong or [],
    }
    parts = (AROUND,) if wants_part(request) else ()
    page = "console/opening/new.html"
    return answer(request, page, context, parts=parts, status=422 if wrong else 200)


def _lines(form: NewForm) -> list[FieldLine]:
    """The custom fields of the chosen topic, with what was typed."""
    rows = record.fields_for(form.cleaned_data.get("topic"))
    return [line(row, "", "", typed=form.data.get(PREFIX + row.key, "")) for row in rows]


def _around(request: AgentRequest, form: NewForm) -> Around:
    data = form.cleaned_data
    who = _who(form) if "contact" in data else Who()
    if "forget" in request.POST:
        who = Who()
    found = around(
        request.agent,
        who,
        find=" ".join((data.get("find") or "").replace("\0", "").split()),
        words=f"{data.get('name') or ''}\n{data.get('words') or ''}",
        topic_id=data.get("topic"),
        at=now(),
    )
    return replace(found, find="" if found.is_chosen else found.find)
