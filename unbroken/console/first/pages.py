"""First steps: the first administrator, and on the same form what a desk begins with.

The page exists only while nobody works here and never did; then its address is closed for ever.
"""

from typing import Any

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from unbroken.console.doors import entering
from unbroken.console.first import code
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, tell
from unbroken.ground.words import LANGUAGES, _, current_language, in_language
from unbroken.ground.zones import available_timezones
from unbroken.intake.actions import set_mailbox, set_way
from unbroken.intake.ways import ABOUT_US
from unbroken.promise.actions import move_hours
from unbroken.routing.actions import set_queue
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.permissions import ADMIN

WELCOME = _("The desk is yours. What is left to do stands below.")
FIRST_LINE = _("First line")
FIELDS = ("code", "name", "email", "language", "timezone", "team", "company", "address")
_ALONE = 7_401_338_106
"""An advisory lock: of two who come at the same instant one is first."""

refusals(
    {
        "first.wrong_code": _("This is not the code that was printed when the desk started."),
        "first.too_late": _("Somebody was quicker. Ask whoever works here now."),
    }
)


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def first_steps(request: HttpRequest) -> HttpResponse:
    """The form; not found once anybody ever worked here."""
    if staffing.anybody():
        raise Http404("first steps")
    if request.method != "POST":
        return _page(request)
    try:
        with transaction.atomic():
            agent = _begin(request)
    except Refused as refusal:
        return _page(request, refusal.in_words())
    code.forget()
    tell(request, in_language(WELCOME))
    return entering.enter(
        request, agent, way=entering.PASSWORD, after=reverse("console:first_step", args=["us"])
    )


def _begin(request: HttpRequest) -> AgentCard:
    """All of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ALONE])
    if staffing.anybody():
        raise Refused("first.too_late")
    if not code.is_it(request.POST.get("code", "")[:100]):
        raise Refused("first.wrong_code")
    told: dict[str, Any] = {"by": HOUSE, "at": now()}
    language, zone = _text(request, "language"), _text(request, "timezone")
    if zone not in available_timezones():
        raise Refused("admin.no_such_zone")
    agent_id = actions.hire_agent(
        name=_needed(request, "name", "admin.no_name"),
        email=_needed(request, "email", "admin.no_email"),
        language=language if language in LANGUAGES else "en",
        timezone=zone,
        role=ADMIN,
        password=request.POST.get("password", ""),
        **told,
    )
    move_hours(timezone=zone, **told)
    _first_team(request, agent_id, told)
    _first_mailbox(request, told)
    if company := _text(request, "company"):
        set_way(key=ABOUT_US, says={"name": company[:80]}, **told)
    card = staffing.agent(agent_id)
    assert card is not None
    return card


def _first_team(request: HttpRequest, agent_id: Any, told: dict[str, Any]) -> None:
    """A team and a queue for everything; left out when the field is empty."""
    name = _text(request, "team")
    if not name:
        return
    team = actions.open_team(key="first-line", name=name, languages=LANGUAGES, **told)
    actions.join_team(agent_id=agent_id, team_id=team, role="lead", **told)
    names = {current_language(): name}
    set_queue(key="first-line", name=name, names=names, team_id=int(team), is_default=True, **told)


def _first_mailbox(request: HttpRequest, told: dict[str, Any]) -> None:
    """The address that customers write to; left out when the field is empty."""
    address, company = _text(request, "address"), _text(request, "company")
    if not address:
        return
    if "@" not in address or " " in address:
        raise Refused("admin.no_address")
    set_mailbox(
        key="support", address=address, name=company, language=current_language(),
        is_default=True, **told,
    )  # fmt: skip


def _text(request: HttpRequest, field: str) -> str:
    return " ".join(request.POST.get(field, "").replace("\0", "").split())[:200]


def _needed(request: HttpRequest, field: str, key: str) -> str:
    text = _text(request, field)
    if not text or (field == "email" and "@" not in text):
        raise Refused(key)
    return text


def _page(request: HttpRequest, wrong: str = "") -> HttpResponse:
    typed = {field: request.POST.get(field, "") for field in FIELDS}
    if request.method != "POST":
        typed |= {
            "code": request.GET.get("code", "")[:100],
            "language": current_language(),
            "timezone": "Europe/Berlin",
            "team": in_language(FIRST_LINE),
        }
    context = {
        "typed": typed,
        "wrong": [wrong] if wrong else [],
        "zones": [(zone, zone) for zone in sorted(available_timezones())],
    }
    return answer(request, "console/first/steps.html", context, status=422 if wrong else 200)
