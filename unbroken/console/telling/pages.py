"""What will the customer get from this request; the policy; silence and chatter by week."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required, allowed, may
from unbroken.console.admin.frame import CHANGED, attempt, done, page
from unbroken.console.admin.history import history
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import page as board
from unbroken.console.telling.words import OUTCOMES, WAYS, outcome_of
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.intake.actions import set_way
from unbroken.intake.telling import foreseeing
from unbroken.intake.telling import measured as figures
from unbroken.intake.telling.policy import BY_KEY, NUMBERS, NUMBERS_MAX, POLICY, Chosen
from unbroken.intake.telling.present import present_policy
from unbroken.intake.ways import TELLING, way
from unbroken.promise import queries as promise
from unbroken.quality.counting import desk_zone
from unbroken.staffing.permissions import MANAGE_CHANNELS, READ_ADMINISTRATION, SEE_REPORTS

WEEKS = 12
MINUTES_DIGITS_MAX = 4


@agent_required
@require_GET
def told(request: AgentRequest, number: int) -> HttpResponse:
    """What the customer got, and what would make them get more."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    ticket = record.ticket_facts(ticket_id)
    assert ticket is not None  # it was just seen
    got = foreseeing.got(ticket_id)
    readers = foreseeing.readers_of(ticket_id)
    owed = [one for one in promise.promises_of(ticket_id, at=now()) if one.key == "next_news"]
    coming = foreseeing.coming(
        ticket,
        readers,
        present_policy(),
        is_receipted=any(one.kind == "receipt" for one in got),
        news_by=owed[-1].due if owed and owed[-1].is_owed else None,
    )
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "ticket": ticket,
        "got": got,
        "coming": coming,
        "outcome_of": outcome_of,
        "outcomes": OUTCOMES,
        "ways": WAYS,
    }
    return answer(request, "console/telling/ticket.html", context)


@allowed(do=MANAGE_CHANNELS, read=READ_ADMINISTRATION)
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: AgentRequest) -> HttpResponse:
    """Every kind of message, who gets it and when; what is news may be switched off or delayed."""
    wrong = ""
    if request.method == "POST":
        wrong = attempt(lambda: _keep(request))
        if not wrong:
            return done(request, CHANGED, "console:admin_telling")
    kept = way(TELLING)
    return page(
        request,
        "console/telling/policy.html",
        "telling",
        wrong=wrong,
        policy=POLICY,
        chosen=present_policy(),
        may_change=may(request.agent, MANAGE_CHANNELS),
        history=history(f"channel:{kept.id}") if kept.id else [],
    )


@allowed(do=SEE_REPORTS)
@require_GET
def measured(request: AgentRequest) -> HttpResponse:
    """News promised and missed, and how many messages a request takes."""
    zone = desk_zone()
    at = now()
    found = figures.weeks(today=days.today(at), count=WEEKS, zone=zone, at=at)
    context = {
        "weeks": found,
        "short": days.short,
        "many": figures.MANY,
        "most": max((one.each or 0.0 for one in found), default=0.0),
    }
    return board(request, "console/telling/measured.html", "telling", context)


def _keep(request: AgentRequest) -> None:
    """The policy as typed."""
    if not may(request.agent, MANAGE_CHANNELS):
        raise PermissionDenied
    on = set(request.POST.getlist("on"))
    typed = {one.key: request.POST.get(f"delay_{one.key}", "") for one in POLICY if one.may_be_off}
    says = Chosen(
        **{name: _number(request, name, usually) for name, usually in NUMBERS.items()},
        off=frozenset(key for key, one in BY_KEY.items() if one.may_be_off and key not in on),
        delays={
            key: int(text)
            for key, text in typed.items()
            if text.isascii() and text.isdigit() and len(text) <= MINUTES_DIGITS_MAX
        },
    )
    set_way(key=TELLING, says=says.as_said(), by=request.actor, at=now())


def _number(request: AgentRequest, name: str, usually: int) -> int:
    typed = request.POST.get(name, "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= MINUTES_DIGITS_MAX
    return min(int(typed), NUMBERS_MAX[name]) if is_number else usually
