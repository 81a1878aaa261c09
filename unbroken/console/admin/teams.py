"""Teams: whoever is in one sees its requests and takes turns at its queue."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest
from unbroken.console.admin.frame import (
    CHANGED,
    KEY,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import history
from unbroken.console.admin.people import doing, reading
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, _
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import TeamCard
from unbroken.staffing.ids import TeamId

OPENED = _("The team {name} is open.")


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: AgentRequest) -> HttpResponse:
    """Every team; a form for one more."""
    if request.method != "POST":
        return _list(request)
    name = cleaned(request.POST.get("name"))
    wrong = attempt(lambda: _open(request, name))
    return _list(request, wrong) if wrong else _said(request, name)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: AgentRequest, team_id: int) -> HttpResponse:
    """One team: its name, languages, people."""
    card = _card(team_id)
    if request.method != "POST":
        return _page(request, card)
    name = cleaned(request.POST.get("name"))
    wrong = attempt(
        lambda: actions.change_team(
            team_id=card.id,
            name=name or None,
            languages=_languages(request),
            active=request.POST.get("active") == "yes",
            by=request.actor,
            at=now(),
        )
    )
    if wrong:
        return _page(request, card, wrong)
    return done(request, CHANGED, "console:admin_team", card.id)


@doing
@require_POST
def undo(request: AgentRequest, team_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = _card(team_id)
    wrong = attempt(lambda: take_back(request, f"team:{card.id}"))
    if wrong:
        return _page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_team", card.id)


def _open(request: AgentRequest, name: str) -> None:
    key = cleaned(request.POST.get("key"))
    if not name:
        raise Refused("admin.no_name")
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    languages = _languages(request)
    actions.open_team(key=key, name=name, languages=languages, by=request.actor, at=now())


def _languages(request: AgentRequest) -> list[str]:
    return [one for one in LANGUAGES if one in request.POST.getlist("languages")]


def _card(team_id: int) -> TeamCard:
    card = staffing.team(TeamId(team_id))
    if card is None:
        raise Http404("team")
    return card


def _said(request: AgentRequest, name: str) -> HttpResponse:
    return done(request, OPENED, "console:admin_teams", name=name)


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in ("name", "key")}
    return page(
        request,
        "console/admin/teams.html",
        "teams",
        wrong=wrong,
        teams=staffing.every_team(),
        sent=sent,
        chosen=_languages(request),
    )


def _page(request: AgentRequest, card: TeamCard, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/team.html",
        "teams",
        wrong=wrong,
        team=card,
        people=staffing.agents(team_id=card.id),
        history=history(f"team:{card.id}"),
    )
