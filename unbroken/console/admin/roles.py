"""Roles: what the built-in ones allow, and those a desk puts together itself."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import history
from unbroken.console.admin.people import doing, reading
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import RoleCard
from unbroken.staffing.ids import RoleId
from unbroken.staffing.permissions import BUILT_IN, PERMISSIONS

MADE = _("The role {name} can be given now.")


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: AgentRequest) -> HttpResponse:
    """What each role allows; a form for a role of one's own."""
    if request.method != "POST":
        return _list(request)
    name = cleaned(request.POST.get("name"))
    wrong = attempt(
        lambda: actions.make_role(name=name, allows=_allows(request), by=request.actor, at=now())
    )
    if wrong:
        return _list(request, wrong)
    return done(request, MADE, "console:admin_roles", name=name)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: AgentRequest, role_id: int) -> HttpResponse:
    """One role of the desk's own."""
    card = _card(role_id)
    if request.method != "POST":
        return _page(request, card)
    wrong = attempt(
        lambda: actions.change_role(
            role_id=card.id,
            name=cleaned(request.POST.get("name")),
            allows=_allows(request),
            active=request.POST.get("active") == "yes",
            by=request.actor,
            at=now(),
        )
    )
    if wrong:
        return _page(request, card, wrong)
    return done(request, CHANGED, "console:admin_role", card.id)


@doing
@require_POST
def undo(request: AgentRequest, role_id: int) -> HttpResponse:
    """The last change is taken back."""
    card = _card(role_id)
    wrong = attempt(lambda: take_back(request, f"role:{card.id}"))
    if wrong:
        return _page(request, card, wrong)
    return done(request, TAKEN_BACK, "console:admin_role", card.id)


def _allows(request: AgentRequest) -> list[str]:
    return [one.replace("\0", "") for one in request.POST.getlist("allows")]


def _card(role_id: int) -> RoleCard:
    card = staffing.role(RoleId(role_id))
    if card is None:
        raise Http404("role")
    return card


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/roles.html",
        "roles",
        wrong=wrong,
        built_in=[(in_language(one.name), one.allows) for one in BUILT_IN.values()],
        own=staffing.roles(),
        permissions=_permissions(request),
        name=request.POST.get("name", ""),
        chosen=_allows(request),
    )


def _page(request: AgentRequest, card: RoleCard, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/role.html",
        "roles",
        wrong=wrong,
        role=card,
        permissions=_permissions(request),
        history=history(f"role:{card.id}"),
    )


def _permissions(request: AgentRequest) -> list[tuple[str, str, bool]]:
    """Every permission: its key, its words, whether this agent may hand it out."""
    theirs = request.agent.permissions
    return [(key, in_language(word), key in theirs) for key, word in PERMISSIONS.items()]
