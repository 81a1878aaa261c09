"""Passkeys (WebAuthn): a key that the browser or a token in the hand keeps, behind a finger or PIN.

What is signed names our own address, so a false page gets nothing. The challenge lies in the
session and counts once. A passkey that the user unlocks is two proofs in one.
"""

import json
from typing import Any
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from unbroken.console import state
from unbroken.console.access import AgentRequest
from unbroken.console.admin.frame import attempt, cleaned
from unbroken.console.doors import entering, own
from unbroken.console.pauses import keys_of
from unbroken.console.signing import TOO_OFTEN
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _, in_language
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.state import keys

refusals({"passkey.refused": _("The passkey was not accepted. Try again.")})
REFUSED = _("This passkey opens nothing here. Sign in with your password.")
ADDED = _("The passkey works from now on.")
CHALLENGE = "passkey_challenge"
LETTERS_MAX = 20_000
UNLOCKED = UserVerificationRequirement.REQUIRED


@own.own
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AgentRequest) -> HttpResponse:
    """One more passkey for whoever is signed in."""
    if request.method != "POST":
        return _add_page(request)
    challenge = request.session.pop(CHALLENGE, "")

    def keep() -> None:
        proven = _registered(request.POST.get("credential", ""), challenge)
        actions.add_passkey(
            agent_id=request.agent.id,
            credential=proven.credential_id,
            public_key=proven.credential_public_key,
            counter=proven.sign_count,
            name=cleaned(request.POST.get("name"), 60) or own.device_words(_device(request)),
            by=request.actor,
            at=now(),
        )

    if wrong := own.wrong_password(request) or attempt(keep):
        return _add_page(request, wrong)
    request.session[entering.WAY] = entering.PASSKEY
    return own.done(request, ADDED)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """In by a passkey alone, or by it after the password."""
    waiting, after = entering.halfway(request)
    if request.method != "POST":
        return _door(request, waiting)
    challenge, at = request.session.pop(CHALLENGE, ""), now()
    counted = keys_of("a passkey", entering.place_of(request))
    tries = [counted["both"], counted["place"]]
    if pause := state.count_try(tries, at=at):
        return _door(request, waiting, in_language(TOO_OFTEN, time=how_long(pause)), 429)
    agent = _proven(request.POST.get("credential", ""), challenge)
    if agent is None or (waiting is not None and agent.id != waiting.id):
        entering.note_failure(request, way=entering.PASSKEY, agent=agent or waiting)
        return _door(request, waiting, in_language(REFUSED), 422)
    state.forget_tries(tries, at=at)
    after = after or request.GET.get("next", "")
    return entering.enter(request, agent, way=entering.PASSKEY, after=after)


def here() -> tuple[str, str]:
    """The name a passkey is bound to, and the address that has to stand in what it signs.

    Browsers bind no key to a bare IP address, so a desk at 127.0.0.1 is called localhost.
    """
    parts = urlsplit(settings.BASE_URL)
    name = "localhost" if parts.hostname == "127.0.0.1" else parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return name, f"{parts.scheme}://{name}{port}"


def _registered(credential: str, challenge: str) -> Any:
    name, address = here()
    try:
        return webauthn.verify_registration_response(
            credential=_plain(credential),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=name,
            expected_origin=address,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused("passkey.refused") from error


def _proven(credential: str, challenge: str) -> AgentCard | None:
    """Whose passkey signed this challenge; nobody's if anything about it is wrong."""
    name, address = here()
    try:
        plain = _plain(credential)
        known = staffing.passkey(base64url_to_bytes(plain["rawId"]))
        if known is None or not challenge:
            return None
        proven = webauthn.verify_authentication_response(
            credential=plain,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=name,
            expected_origin=address,
            credential_public_key=bytes(known.public_key),
            credential_current_sign_count=known.counter,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    keys.use_passkey(known.id, counter=proven.new_sign_count, at=now())
    return staffing.agent(known.agent_id)


def _plain(credential: str) -> dict[str, Any]:
    if len(credential) > LETTERS_MAX:
        raise ValueError("too long for a passkey")
    plain = json.loads(credential)
    if not isinstance(plain, dict):
        raise TypeError("not a credential")
    return plain


def _add_page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    agent, (name, _address) = request.agent, here()
    handle = salted_hmac("unbroken.console.passkey", str(agent.id), algorithm="sha256").digest()
    options = webauthn.generate_registration_options(
        rp_id=name,
        rp_name="Unbroken",
        user_id=handle,
        user_name=agent.email,
        user_display_name=agent.name,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(one.credential))
            for one in staffing.passkeys(agent.id)
        ],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UNLOCKED
        ),
    )
    request.session[CHALLENGE] = bytes_to_base64url(options.challenge)
    context = {
        "agent": agent,
        "place": "own",
        "options": webauthn.options_to_json(options),
        "name": own.device_words(_device(request)),
        "wrong": [wrong] if wrong else [],
    }
    return answer(request, "console/doors/passkey_add.html", context, status=422 if wrong else 200)


def _door(
    request: HttpRequest, waiting: AgentCard | None, wrong: str = "", status: int = 200
) -> HttpResponse:
    name, _address = here()
    theirs = staffing.passkeys(waiting.id) if waiting is not None else []
    options = webauthn.generate_authentication_options(
        rp_id=name,
        allow_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(one.credential)) for one in theirs
        ],
        user_verification=UNLOCKED,
    )
    request.session[CHALLENGE] = bytes_to_base64url(options.challenge)
    context = {
        "options": webauthn.options_to_json(options),
        "wrong": [wrong] if wrong else [],
    }
    return answer(request, "console/doors/passkey_use.html", context, status=status)


def _device(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")
