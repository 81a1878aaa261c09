"""Each agent's own page: password, second proof, passkeys, and where they are signed in.

Whoever changes how one signs in says the password once more, so that a browser left open is
not enough to lock somebody out of their own desk.
"""

from typing import Any

import segno
from django.conf import settings
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from unbroken.console import state
from unbroken.console.access import ANYBODY, AgentRequest, allowed
from unbroken.console.admin.frame import attempt
from unbroken.console.doors import entering
from unbroken.console.pauses import keys_of
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.time_words import how_long
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing import actions, totp
from unbroken.staffing import queries as staffing
from unbroken.staffing.state import keys

refusals(
    {
        "own.wrong_password": _("This is not your password."),
        "own.too_often": _("Too many tries. Wait {time}, then try again."),
    }
)
CHANGED = _("Your password is changed. You are signed out everywhere else.")
REMOVED, ENDED = _("Removed."), _("Signed out there.")
SECRET = "totp_secret"
ISSUER = "Unbroken"

own = allowed(do=ANYBODY, is_own=True)


@own
@never_cache
@require_GET
def page(request: AgentRequest) -> HttpResponse:
    """Everything about how one signs in."""
    return show(request)


@own
@never_cache
@sensitive_post_parameters()
@require_POST
def password(request: AgentRequest) -> HttpResponse:
    """Another password: this browser stays, all others go."""
    new, here = request.POST.get("new", ""), request.session.session_key or ""

    def change() -> None:
        actions.set_password(
            agent_id=request.agent.id, password=new, but=here, by=request.actor, at=now()
        )

    if wrong := wrong_password(request) or attempt(change):
        return show(request, wrong=wrong)
    login = staffing.login_of(request.agent.id)
    if login is not None:
        update_session_auth_hash(request, login)
    return done(request, CHANGED)


@own
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def authenticator(request: AgentRequest) -> HttpResponse:
    """An app that makes codes: the square to scan, then one code as proof that it worked."""
    secret = request.session.get(SECRET)
    if request.method != "POST" or not secret:
        secret = request.session[SECRET] = keys.new_secret()
        return _authenticator(request, secret)
    codes: list[str] = []

    def add() -> None:
        code = request.POST.get("code", "").replace("\0", "")
        codes.extend(
            actions.add_totp(
                agent_id=request.agent.id, secret=secret, code=code, by=request.actor, at=now()
            )
        )

    if wrong := wrong_password(request) or attempt(add):
        return _authenticator(request, secret, wrong)
    del request.session[SECRET]
    request.session[entering.WAY] = entering.CODE
    return _codes(request, codes)


@own
@never_cache
@sensitive_post_parameters()
@require_POST
def recovery_codes(request: AgentRequest) -> HttpResponse:
    """Ten new codes, shown once; the older ones end."""
    codes: list[str] = []

    def make() -> None:
        codes.extend(
            actions.make_recovery_codes(agent_id=request.agent.id, by=request.actor, at=now())
        )

    wrong = wrong_password(request) or attempt(make)
    return show(request, wrong=wrong) if wrong else _codes(request, codes)


@own
@sensitive_post_parameters()
@require_POST
def removal(request: AgentRequest, key_id: int) -> HttpResponse:
    """One way to sign in counts no longer."""

    def remove() -> None:
        actions.remove_key(agent_id=request.agent.id, key_id=key_id, by=request.actor, at=now())

    wrong = wrong_password(request) or attempt(remove)
    return show(request, wrong=wrong) if wrong else done(request, REMOVED)


@own
@require_POST
def sign_out_there(request: AgentRequest, browser_id: int) -> HttpResponse:
    """The session in that browser ends."""
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    actions.sign_out(agent_id=request.agent.id, browser_id=browser_id, **told)
    return done(request, ENDED)


@own
@require_POST
def sign_out_elsewhere(request: AgentRequest) -> HttpResponse:
    """Every session but this one ends."""
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    here = request.session.session_key or ""
    actions.sign_out(agent_id=request.agent.id, browser_id=None, but=here, **told)
    return done(request, ENDED)


def wrong_password(request: AgentRequest) -> str:
    """Why not, unless they say their password, counted like a try at the door.

    Asked before the deed and outside its transaction: what is refused there is undone, and the
    count of the tries would be undone with it. Whoever has no password, because their provider
    vouches for them, is asked for none.
    """
    login = staffing.login_of(request.agent.id)
    if login is None or not login.has_usable_password():
        return ""
    counted = keys_of(f"own {request.agent.email}", entering.place_of(request))
    if pause := state.count_try(counted.values(), at=now()):
        return Refused("own.too_often", time=how_long(pause)).in_words()
    said = request.POST.get("password", "")
    if authenticate(request, username=request.agent.email, password=said) is None:
        return Refused("own.wrong_password").in_words()
    state.forget_tries(counted.values(), at=now())
    return ""


def show(request: AgentRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was refused."""
    theirs, here = staffing.keys(request.agent.id), request.session.session_key
    context = {
        "agent": request.agent,
        "place": "own",
        "wrong": [wrong] if wrong else [],
        "must": entering.needs_more(request, request.agent),
        "totp": next((key for key in theirs if key.kind == keys.TOTP), None),
        "passkeys": [key for key in theirs if key.kind == keys.PASSKEY],
        "provider": bool(settings.UNBROKEN.openid),
        "organisations": [
            one
            for one in staffing.providers()
            if one.active and not any(key.name == f"saml:{one.entity_id}" for key in theirs)
        ],
        "directory": bool(settings.UNBROKEN.ldap),
        "identities": [key for key in theirs if key.kind in (keys.OPENID, keys.LDAP, keys.SAML)],
        "codes_left": sum(key.kind == keys.RECOVERY for key in theirs),
        "browsers": [
            (one, one.session_key == here, device_words(one.device))
            for one in staffing.browsers(request.agent.id, at=now())
        ],
    }
    return answer(request, "console/doors/own.html", context, status=422 if wrong else status)


def device_words(agent: str) -> str:
    """A browser as people call it, as far as it says so itself."""
    names = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"),
             ("Safari", "Safari"))  # fmt: skip
    places = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
              ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip
    name = next((word for mark, word in names if mark in agent), "")
    place = next((word for mark, word in places if mark in agent), "")
    return " · ".join(filter(None, (name, place))) or agent[:40] or "?"


def done(request: AgentRequest, sentence: Phrase) -> HttpResponse:
    """Say so on one's own page."""
    tell(request, in_language(sentence))
    return go(reverse("console:own"))


def _authenticator(request: AgentRequest, secret: str, wrong: str = "") -> HttpResponse:
    address = totp.address_for(secret, account=request.agent.email, issuer=ISSUER)
    square = segno.make(address, error="m").svg_inline(
        scale=4, border=2, dark="#000", light="#fff", omitsize=True
    )
    context = {
        "agent": request.agent,
        "place": "own",
        "wrong": [wrong] if wrong else [],
        "square": Markup(square),  # made here, from our own letters
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "address": address,
    }
    return answer(
        request, "console/doors/authenticator.html", context, status=422 if wrong else 200
    )


def _codes(request: AgentRequest, codes: list[str]) -> HttpResponse:
    context = {"agent": request.agent, "place": "own", "codes": codes}
    return answer(request, "console/doors/codes.html", context)
