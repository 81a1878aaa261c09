"""Coming in by an OpenID Connect provider: authorization code with PKCE, state and nonce.

The provider says who it is; what they may do is said here. An agent is known by their subject at
the provider, never by an address alone, so that an address that changes hands there opens nobody
else's door. The tie is made by the agent on their own page, or, where the desk is set so, the first
time a confirmed address is an agent's. Nobody is hired unless the desk is set so.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST
from webauthn.helpers import bytes_to_base64url

from unbroken.console import signing, state
from unbroken.console.access import AgentRequest, agent_of
from unbroken.console.admin.frame import attempt
from unbroken.console.doors import entering, own, provider, tied
from unbroken.console.doors.leaving import TOKEN, our_provider
from unbroken.console.doors.provider import Asked, Identity, Provider, Unproven
from unbroken.console.doors.tied import Somebody
from unbroken.console.pauses import keys_of
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _, in_language
from unbroken.staffing.state import keys

NOT_CONFIRMED = _("Your organisation did not confirm who you are. Try again.")
KEPT, TIE = "openid", "openid_tie"
LASTS = timedelta(minutes=10)


@never_cache
@require_GET
def sign_in_openid(request: HttpRequest) -> HttpResponse:
    """Off to the provider, with a question that only its answer to this browser fits."""
    known, at = our_provider(), now()
    asked = Asked(*(secrets.token_urlsafe(32) for _part in range(3)))
    challenge = bytes_to_base64url(hashlib.sha256(asked.verifier.encode()).digest())
    try:
        address = provider.way_there(known, asked, challenge=challenge, back=_back())
    except Unproven:
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    request.session[KEPT] = {
        "state": asked.state,
        "nonce": asked.nonce,
        "verifier": asked.verifier,
        "at": at.isoformat(),
        "next": entering.safe(request.GET.get("next", "")),
        "tie": _tie(request, at=at),
    }
    return go(address)


@never_cache
@sensitive_variables()
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """From the provider with a code, which is exchanged for who they are."""
    known, kept, at = our_provider(), request.session.pop(KEPT, None), now()
    counted = [keys_of("", entering.place_of(request))["place"]]
    if pause := state.count_try(counted, at=at):
        return signing.door(request, "", in_language(signing.TOO_OFTEN, time=how_long(pause)), 429)
    try:
        who = _identity(request, known, kept or {}, at=at)
    except Unproven:
        entering.note_failure(request, way=entering.OPENID)
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    state.forget_tries(counted, at=at)
    if kept["tie"]:
        return _tied(request, known, who, kept["tie"], at=at)
    agent = tied.agent_for(
        _somebody(known, who),
        by_address=settings.UNBROKEN.openid_by_address,
        role=settings.UNBROKEN.openid_role,
        at=at,
    )
    if agent is None:
        entering.note_failure(request, way=entering.OPENID, email=who.email)
        return signing.door(request, kept["next"], in_language(tied.NOT_HERE), 422)
    response = entering.enter(request, agent, way=entering.OPENID, after=kept["next"])
    request.session[TOKEN] = who.token
    return response


@own.own
@never_cache
@sensitive_post_parameters()
@require_POST
def tie(request: AgentRequest) -> HttpResponse:
    """Before an agent's account here is tied to the one at the provider: the password once more."""
    if not settings.UNBROKEN.openid:
        return go(reverse("console:own"))
    if wrong := own.wrong_password(request):
        return own.show(request, wrong=wrong)
    request.session[TIE] = {"agent": request.agent.id, "at": now().isoformat()}
    context = {"agent": request.agent, "place": "own"}
    return answer(request, "console/doors/openid.html", context)


def _identity(
    request: HttpRequest, known: Provider, kept: Mapping[str, Any], *, at: datetime
) -> Identity:
    """Who comes back, if it is the answer to what this browser asked."""
    if not kept or at - datetime.fromisoformat(kept["at"]) > LASTS:
        raise Unproven("nothing was asked")
    if not constant_time_compare(request.GET.get("state", ""), kept["state"]):
        raise Unproven("another browser's answer")
    named = request.GET.get("iss")
    if named is None and provider.must_name_itself(known):
        raise Unproven("nobody's answer")
    if named is not None and named.rstrip("/") != known.issuer:
        raise Unproven("another provider's answer")
    asked = Asked(kept["state"], kept["nonce"], kept["verifier"])
    return provider.identity(known, request.GET.get("code", ""), asked, back=_back(), at=at)


def _tied(
    request: HttpRequest, known: Provider, who: Identity, agent_id: int, *, at: datetime
) -> HttpResponse:
    """An agent who is signed in tied their own account here to the one there."""
    agent = agent_of(request)
    if agent is None or agent.id != agent_id:
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    theirs: Any = request
    theirs.agent = agent
    if wrong := attempt(lambda: tied.tie(_somebody(known, who), agent, at=at)):
        return own.show(theirs, wrong=wrong)
    return own.done(theirs, tied.TIED)


def _tie(request: HttpRequest, *, at: datetime) -> int:
    """Whose account is being tied: an agent's who said their password a moment ago, or nobody's."""
    kept = request.session.pop(TIE, None)
    if not kept or at - datetime.fromisoformat(kept["at"]) > LASTS:
        return 0
    agent = agent_of(request)
    return int(agent.id) if agent is not None and agent.id == kept["agent"] else 0


def _somebody(known: Provider, who: Identity) -> Somebody:
    return Somebody(keys.OPENID, known.issuer, who.subject, who.email, who.name)


def _back() -> str:
    return f"{settings.BASE_URL}{reverse('console:sign_in_openid_back')}"
