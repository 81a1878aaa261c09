"""People of the desk: hired, changed, given a role and teams, let go, and back."""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.abilities_shown import shown
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import history, role_name
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, _, in_language
from unbroken.ground.zones import available_timezones
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId, TeamId
from unbroken.staffing.permissions import BUILT_IN, MANAGE_PEOPLE, READ_ADMINISTRATION

refusals(
    {
        "admin.no_email": _("Give an e-mail address."),
    }
)
PASSWORD_BYTES = 12
TEAM_ROLES = ("member", "lead")

reading = allowed(do=MANAGE_PEOPLE, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_PEOPLE)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: AgentRequest) -> HttpResponse:
    """Everybody who works here; a form for one more."""
    if request.method != "POST":
        return _list(request)
    password = new_password()
    hired: list[AgentId] = []
    wrong = attempt(lambda: hired.append(hire(request, password)))
    if wrong:
        return _list(request, wrong)
    return _person(request, card_of(hired[0]), password=password)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: AgentRequest, agent_id: int) -> HttpResponse:
    """One of them: name, address, language, time zone."""
    card = card_of(agent_id)
    if request.method != "POST":
        return _person(request, card)
    wrong = attempt(
        lambda: actions.change_agent(
            agent_id=card.id,
            name=_given(request, "name", "admin.no_name"),
            email=_address(request),
            **_manner(request),
            **_now_by(request),
        )
    )
    return after(request, card, wrong)


@doing
@require_POST
def role(request: AgentRequest, agent_id: int) -> HttpResponse:
    """Another role."""
    card, key = card_of(agent_id), request.POST.get("role", "").replace("\0", "")
    wrong = attempt(lambda: actions.give_role(agent_id=card.id, role=key, **_now_by(request)))
    return after(request, card, wrong)


@doing
@require_POST
def teams(request: AgentRequest, agent_id: int) -> HttpResponse:
    """In which teams, and as what: everything on the form at once."""
    card = card_of(agent_id)

    def put() -> None:
        for team in staffing.teams():
            wish = request.POST.get(f"team-{team.id}", "")
            _put(card, team.id, wish, **_now_by(request))

    return after(request, card, attempt(put))


@doing
@never_cache
@require_POST
def password(request: AgentRequest, agent_id: int) -> HttpResponse:
    """A new password, shown once; it signs them out everywhere."""
    card, new = card_of(agent_id), new_password()
    wrong = attempt(
        lambda: actions.set_password(agent_id=card.id, password=new, **_now_by(request))
    )
    return _person(request, card, wrong=wrong, password="" if wrong else new)


@doing
@require_POST
def reset_keys(request: AgentRequest, agent_id: int) -> HttpResponse:
    """They lost their phone: the password is enough again, and every session ends."""
    card = card_of(agent_id)
    wrong = attempt(lambda: actions.reset_keys(agent_id=card.id, **_now_by(request)))
    return after(request, card, wrong)


@doing
@require_POST
def departure(request: AgentRequest, agent_id: int) -> HttpResponse:
    """They work here no longer."""
    card = card_of(agent_id)
    wrong = attempt(lambda: actions.retire_agent(agent_id=card.id, **_now_by(request)))
    return after(request, card, wrong)


@doing
@require_POST
def comeback(request: AgentRequest, agent_id: int) -> HttpResponse:
    """They work here again."""
    card = card_of(agent_id)
    wrong = attempt(lambda: actions.return_agent(agent_id=card.id, **_now_by(request)))
    return after(request, card, wrong)


@doing
@require_POST
def undo(request: AgentRequest, agent_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = card_of(agent_id)
    wrong = attempt(lambda: take_back(request, f"agent:{card.id}"))
    if wrong:
        return _person(request, card, wrong=wrong)
    return done(request, TAKEN_BACK, "console:admin_person", card.id)


def new_password() -> str:
    """One that nobody has to think of; it is shown once."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


def hire(request: AgentRequest, password: str) -> AgentId:
    """Somebody works here from now on, as the form says."""
    return actions.hire_agent(
        name=_given(request, "name", "admin.no_name"),
        email=_address(request),
        **_manner(request),
        role=request.POST.get("role", "").replace("\0", "") or "agent",
        password=password,
        **_now_by(request),
    )


def _put(card: AgentCard, team_id: TeamId, wish: str, **told: Any) -> None:
    if wish in TEAM_ROLES:
        actions.join_team(agent_id=card.id, team_id=team_id, role=wish, **told)
    elif team_id in card.team_ids:
        actions.leave_team(agent_id=card.id, team_id=team_id, **told)


def _now_by(request: AgentRequest) -> dict[str, Any]:
    at: datetime = now()
    return {"by": request.actor, "at": at}


def _given(request: AgentRequest, field: str, key: str) -> str:
    text = cleaned(request.POST.get(field))
    if not text:
        raise Refused(key)
    return text


def _address(request: AgentRequest) -> str:
    text = _given(request, "email", "admin.no_email")
    if "@" not in text or " " in text:
        raise Refused("admin.no_email")
    return text


def _manner(request: AgentRequest) -> dict[str, Any]:
    """Language and time zone, as far as there are such."""
    language, zone = request.POST.get("language", "en"), request.POST.get("timezone", "UTC")
    if zone not in available_timezones():
        raise Refused("admin.no_such_zone")
    return {"language": language if language in LANGUAGES else "en", "timezone": zone}


def card_of(agent_id: int) -> AgentCard:
    """Somebody who works or worked here, or nobody."""
    card = staffing.agent(AgentId(agent_id))
    if card is None:
        raise Http404("agent")
    return card


def after(request: AgentRequest, card: AgentCard, wrong: str) -> HttpResponse:
    """The person's page: with what went wrong, or anew."""
    if wrong:
        return _person(request, card, wrong=wrong)
    return done(request, CHANGED, "console:admin_person", card.id)


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    everybody = staffing.people()
    return page(
        request,
        "console/admin/people.html",
        "people",
        wrong=wrong,
        people=[one for one in everybody if one.active],
        gone=[one for one in everybody if not one.active],
        team_names={team.id: team.name for team in staffing.every_team()},
        role_names=_role_names(),
        roles=_roles(request.agent),
        zones=[(zone, zone) for zone in sorted(available_timezones())],
        sent={name: request.POST.get(name, "") for name in ("name", "email", "role", "language")},
        zone=request.POST.get("timezone") or request.agent.timezone,
    )


def _person(
    request: AgentRequest, card: AgentCard, *, wrong: str = "", password: str = ""
) -> HttpResponse:
    return page(
        request,
        "console/admin/person.html",
        "people",
        wrong=wrong,
        card=card,
        password=password,
        is_above=not card.permissions <= request.agent.permissions,
        teams=staffing.teams(),
        role_names=_role_names(),
        roles=_roles(request.agent, card.role),
        zones=[(zone, zone) for zone in sorted(available_timezones())],
        work=shown(card),
        history=history(f"agent:{card.id}"),
        keys=[key for key in staffing.keys(card.id) if key.kind != "recovery"],
        browsers=len(staffing.browsers(card.id, at=now())),
        is_self=card.id == request.agent.id,
    )


def _role_names() -> dict[str, str]:
    own = {role.key: role.name for role in staffing.roles()}
    return {key: in_language(one.name) for key, one in BUILT_IN.items()} | own


def _roles(agent: AgentCard, now_is: str = "") -> list[tuple[str, str]]:
    """Which roles this agent may hand out, and the one that is there."""
    own = [(role.key, frozenset(role.allows)) for role in staffing.roles()]
    every = [(key, one.allows) for key, one in BUILT_IN.items()] + own
    return [
        (key, role_name(key))
        for key, allows in every
        if allows <= agent.permissions or key == now_is
    ]
