"""Signing in and out, and how this browser shows the console."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console import access, state
from unbroken.console.doors import entering, ldap, leaving
from unbroken.console.pauses import keys_of
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, keep_look
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import LoginId
from unbroken.staffing.state import browsers, traces

WRONG = _("E-mail and password do not belong together. Check both and try again.")
TOO_OFTEN = _("Too many tries. Wait {time}, then try again.")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. It says the same whether the address is unknown or the password wrong."""
    after = entering.safe(request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "GET":
        if access.agent_of(request) is not None:
            return go(after)
        return door(request, after)
    email, at = request.POST.get("email", "").replace("\0", "").strip()[:254], now()
    keys = keys_of(email, request.META.get("REMOTE_ADDR", ""))
    if pause := state.count_try(keys.values(), at=at):
        return door(request, after, in_language(TOO_OFTEN, time=how_long(pause)), 429)
    agent, way, wrong = _known(request, email, at=at)
    if agent is None:
        entering.note_failure(request, way=way, email=email)
        return door(request, after, wrong, 422)
    state.forget_tries(keys.values(), at=at)
    if agent.has_second_factor:
        return entering.wait_halfway(request, agent, after=after)
    return entering.enter(request, agent, way=way, after=after)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends here and everywhere it was copied to.

    Whoever came in by the provider may want to leave it too: a link for it, since what a form
    leads to may not be elsewhere.
    """
    way_out, agent = leaving.way_out(request), access.agent_of(request)
    if agent is not None:
        traces.note_sign_out(agent.id, place=entering.place_of(request), at=now())
        browsers.note_left(request.session.session_key or "", at=now())
    logout(request)
    if way_out:
        return answer(request, "console/doors/left.html", {"way_out": way_out})
    return go(reverse("console:sign_in"))


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Language, theme and density of this browser."""
    response = go(entering.safe(request.POST.get("next", "")))
    keep_look(response, request.POST.dict(), secure=settings.IS_SECURE)
    return response


@sensitive_variables()
def _known(request: HttpRequest, email: str, *, at: datetime) -> tuple[AgentCard | None, str, str]:
    """Whose password it is, here or in the directory; by which way, or what is wrong."""
    password = request.POST.get("password", "")
    known = authenticate(request, username=email, password=password)
    agent = staffing.agent_of(LoginId(known.pk)) if known is not None else None
    if agent is not None or not settings.UNBROKEN.ldap:
        return agent, entering.PASSWORD, in_language(WRONG)
    try:
        return ldap.agent_at(request, email, password, at=at), entering.LDAP, ""
    except Refused as refused:
        return None, entering.LDAP, refused.in_words()


def door(request: HttpRequest, after: str, wrong: str = "", status: int = 200) -> HttpResponse:
    """The page of the door itself, with what was wrong."""
    context = {
        "next": after,
        "email": request.POST.get("email", ""),
        "wrong": [wrong] if wrong else [],
        "provider": bool(settings.UNBROKEN.openid),
        "organisations": [one for one in staffing.providers() if one.active],
        "directory": bool(settings.UNBROKEN.ldap),
    }
    return answer(request, "console/sign_in.html", context, status=status)
