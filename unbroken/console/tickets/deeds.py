"""What an agent does to a ticket, apart from writing: an address is a thing, a view one deed."""

from collections.abc import Callable

from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.anywhere.statuses import warning
from unbroken.console.aside.ending import check_ending
from unbroken.console.tickets.forms import (
    AssignmentForm,
    ClassificationForm,
    LinkForm,
    MergeForm,
    StateForm,
    TagForm,
)
from unbroken.console.tickets.views import (
    CUSTOMER,
    FACTS,
    HEAD,
    STORY,
    TOASTS,
    changed,
    gather,
    show,
)
from unbroken.console.verdict.cause import record_at_resolving
from unbroken.conversation import actions
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import go_for_everyone, tell
from unbroken.ground.words import _, in_language
from unbroken.routing import actions as routing
from unbroken.staffing import queries as staffing

refusals(
    {
        "console.no_such_ticket": _("There is no request {number}, or you may not see it."),
        "console.no_such_agent": _("Nobody of that name works here any more."),
    }
)

CHANGED = (FACTS, STORY, HEAD, CUSTOMER, TOASTS)

NOW_YOURS, NOW_GIVEN = _("It is yours now."), _("Given on.")
MERGED = _("Merged into {number}.")
STATE_WORDS = {
    "start": _("Started."),
    "ask": _("Now it waits for the customer."),
    "hold": _("On hold."),
    "resume": _("It goes on."),
    "resolve": _("Resolved."),
    "reopen": _("Open again."),
    "close": _("Closed."),
    "cancel": _("Cancelled."),
    "reject": _("Refused."),
}


@agent_required
@require_POST
def state(request: AgentRequest, number: int) -> HttpResponse:
    """Into another state."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = StateForm(request.POST)
    return do(request, ticket_id, form, lambda: _move(request, ticket_id, form))


def _posted(request: AgentRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _move(request: AgentRequest, ticket_id: TicketId, form: StateForm) -> str:
    to, at, by = form.cleaned_data["to"], now(), request.actor
    reason = form.cleaned_data["reason"].strip()
    until = form.until_at(request.agent.timezone)
    check_ending(ticket_id, to=to, anyway=form.cleaned_data["anyway"])
    match to:
        case "start":
            actions.start_work(ticket_id=ticket_id, by=by, at=at)
        case "ask":
            actions.ask_customer(ticket_id=ticket_id, until=until, by=by, at=at)
        case "hold":
            why = form.cleaned_data["waiting_for"]
            partner = form.cleaned_data["partner"]
            actions.hold_ticket(
                ticket_id=ticket_id, waiting_for=why, until=until, partner_id=partner, by=by, at=at
            )
        case "resume":
            actions.resume_ticket(ticket_id=ticket_id, by=by, at=at)
        case "resolve":
            record_at_resolving(ticket_id, _posted(request), by)
            actions.resolve_ticket(ticket_id=ticket_id, by=by, at=at)
        case "reopen":
            actions.reopen_ticket(ticket_id=ticket_id, by=by, at=at)
        case "close":
            actions.close_ticket(ticket_id=ticket_id, by=by, at=at)
        case "cancel":
            actions.cancel_ticket(ticket_id=ticket_id, reason=reason, by=by, at=at)
        case _:
            actions.reject_ticket(ticket_id=ticket_id, reason=reason, by=by, at=at)
    return in_language(STATE_WORDS[to])


@agent_required
@require_POST
def assignment(request: AgentRequest, number: int) -> HttpResponse:
    """Into somebody's hands."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = AssignmentForm(request.POST)
    return do(request, ticket_id, form, lambda: _give(request, ticket_id, form))


def _give(request: AgentRequest, ticket_id: TicketId, form: AssignmentForm) -> str:
    agent, team = form.cleaned_data["agent"], form.cleaned_data["team"]
    by, at = request.actor, now()
    if team is not None:
        routing.give_to_team(ticket_id=ticket_id, team_id=team, by=by, at=at)
    if agent is not None:
        routing.give_to_agent(ticket_id=ticket_id, agent_id=agent, by=by, at=at)
    if agent == request.agent.id:
        return in_language(NOW_YOURS)
    late = warning(staffing.agent(agent)) if agent is not None else ""
    return " ".join(part for part in (in_language(NOW_GIVEN), late) if part)


@agent_required
@require_POST
def classification(request: AgentRequest, number: int) -> HttpResponse:
    """What it is about, and how much it matters."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = ClassificationForm(request.POST)

    def classify() -> str:
        data = form.cleaned_data
        actions.classify_ticket(
            ticket_id=ticket_id,
            ticket_type=data["type"],
            topic_id=data["topic"],
            impact=data["impact"],
            urgency=data["urgency"],
            service_id=data["service"],
            name=data["name"],
            by=request.actor,
            at=now(),
        )
        return ""

    return do(request, ticket_id, form, classify)


@agent_required
@require_POST
def tags(request: AgentRequest, number: int) -> HttpResponse:
    """Words to find it by."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = TagForm(request.POST)

    def tag() -> str:
        add = form.cleaned_data["add"].replace(",", " ").split()
        remove = [form.cleaned_data["remove"]] if form.cleaned_data["remove"] else []
        actions.tag_ticket(ticket_id=ticket_id, add=add, remove=remove, by=request.actor, at=now())
        return ""

    return do(request, ticket_id, form, tag)


@agent_required
@require_POST
def links(request: AgentRequest, number: int) -> HttpResponse:
    """It belongs with another one."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = LinkForm(request.POST)

    def link() -> str:
        actions.relate_ticket(
            ticket_id=ticket_id,
            other_id=_other(request, form.other_number()),
            relation=form.cleaned_data["relation"],
            by=request.actor,
            at=now(),
        )
        return ""

    return do(request, ticket_id, form, link)


@agent_required
@require_POST
def unlink(request: AgentRequest, number: int) -> HttpResponse:
    """It does not belong with the other one after all."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = LinkForm(request.POST)

    def unrelate() -> str:
        actions.unrelate_ticket(
            ticket_id=ticket_id,
            other_id=_other(request, form.other_number()),
            relation=form.cleaned_data["relation"],
            by=request.actor,
            at=now(),
        )
        return ""

    return do(request, ticket_id, form, unrelate)


@agent_required
@require_POST
def merge(request: AgentRequest, number: int) -> HttpResponse:
    """The conversation goes on in another one; both numbers live on."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = MergeForm({"into": request.POST.get("into") or request.POST.get("other", "")})
    if not form.is_valid():
        return _refused(request, ticket_id, form)
    try:
        into = _other(request, form.into_number())
        with transaction.atomic():
            actions.merge_tickets(ticket_id=ticket_id, into_id=into, by=request.actor, at=now())
    except Refused as refusal:
        return _refused(request, ticket_id, form, refusal)
    tell(request, in_language(MERGED, number=into))
    return go_for_everyone(request, reverse("console:ticket", args=[into]))


def do(
    request: AgentRequest, ticket_id: TicketId, form: Form, deed: Callable[[], str]
) -> HttpResponse:
    """Check the form, do the deed, show what it changed; or say why not."""
    if not form.is_valid():
        return _refused(request, ticket_id, form)
    try:
        with transaction.atomic():
            said = deed()
    except Refused as refusal:
        return _refused(request, ticket_id, form, refusal)
    if said:
        tell(request, said)
    try:
        access.ticket_for(request.agent, ticket_id)
    except Http404:  # given to a team whose requests this agent does not see
        return go_for_everyone(request, reverse("console:work"))
    return changed(request, ticket_id, parts=CHANGED)


def _refused(
    request: AgentRequest, ticket_id: TicketId, form: Form, refusal: Refused | None = None
) -> HttpResponse:
    wrong = [in_language(str(error)) for errors in form.errors.values() for error in errors]
    if refusal is not None:
        wrong = [refusal.in_words()]
    return show(request, gather(request, ticket_id), parts=(FACTS,), wrong=wrong, status=422)


def _other(request: AgentRequest, number: int) -> TicketId:
    """Another ticket the agent may see; refused, not "not found", since the page itself exists."""
    try:
        return access.ticket_for(request.agent, TicketId(number))
    except Http404:
        raise Refused("console.no_such_ticket", number=number) from None
