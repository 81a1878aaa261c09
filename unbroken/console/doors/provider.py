"""The conversation with an OpenID Connect provider: where it is asked, and what of its word holds.

Everything it says is checked: signature by one of its keys, issuer, for whom it was said, until
when, in answer to which question. It is asked over https (a provider on this very machine may do
without), in bounded time and size, and nobody is followed elsewhere with our secret. Its keys are
kept for ten minutes and asked for anew when a token names one that is not among them.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import ClaimsOption

from unbroken.ground.kept import KeptMany

SECONDS_MAX, BYTES_MAX, LEEWAY_SECONDS = 10, 500_000, 60
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures by a key that only the provider has: never `none`, never one with our own secret."""
SCOPE = "openid email profile"
LEFT = "http://schemas.openid.net/event/backchannel-logout"

_documents: KeptMany[dict[str, Any]] = KeptMany(seconds=600)


class Unproven(Exception):
    """The provider could not be asked, or what it said does not hold."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider of this desk: its issuer, and what the desk is called there."""

    issuer: str
    client: str
    secret: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that only the answer to it fits."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is. `email` is empty unless the provider has confirmed it."""

    subject: str
    email: str
    name: str
    token: str


def way_there(provider: Provider, asked: Asked, *, challenge: str, back: str) -> str:
    """The address at which the provider asks who it is."""
    query = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = _endpoint(provider, "authorization_endpoint")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def way_out(provider: Provider, *, token: str, back: str) -> str:
    """Where one signs out at the provider too; empty when it offers no such thing."""
    try:
        address = _endpoint(provider, "end_session_endpoint")
    except Unproven:
        return ""
    told = {"id_token_hint": token, "client_id": provider.client, "post_logout_redirect_uri": back}
    query = urlencode({key: value for key, value in told.items() if value})
    return f"{address}{'&' if '?' in address else '?'}{query}"


def must_name_itself(provider: Provider) -> bool:
    """Whether the provider names itself in each answer (RFC 9207), so that it has to."""
    return described(provider).get("authorization_response_iss_parameter_supported") is True


def identity(provider: Provider, code: str, asked: Asked, *, back: str, at: datetime) -> Identity:
    """The code exchanged for who it is; Unproven when anything about it does not hold."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
    }
    answer = _ask(provider, _endpoint(provider, "token_endpoint"), _signed(provider, form))
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise Unproven("no identity in the answer")
    claims = _claims(provider, token, nonce=asked.nonce, at=at)
    told = {**_more(provider, answer, claims), **claims}
    is_confirmed = told.get("email_verified") is True and isinstance(told.get("email"), str)
    return Identity(
        subject=str(claims["sub"]),
        email=str(told["email"]).strip().lower() if is_confirmed else "",
        name=str(told.get("name") or ""),
        token=token,
    )


def described(provider: Provider) -> dict[str, Any]:
    """What the provider tells about itself; it has to name the issuer that we know."""
    address = f"{provider.issuer}/.well-known/openid-configuration"
    told = _documents.get(address, lambda: _ask(provider, address))
    if str(told.get("issuer", "")).rstrip("/") != provider.issuer:
        raise Unproven("another issuer")
    return told


def _claims(provider: Provider, token: str, *, nonce: str, at: datetime) -> dict[str, Any]:
    """What an ID token says, after OpenID Connect Core 3.1.3.7."""
    own: Mapping[str, ClaimsOption] = {"nonce": {"essential": True, "value": nonce}}
    claims = _checked(provider, token, at=at, own=own)
    for_many = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if for_many else provider.client) != provider.client:
        raise Unproven("for somebody else")
    return claims


def left_by(provider: Provider, token: str, *, at: datetime) -> str:
    """Who signed out at the provider, after OpenID Connect Back-Channel Logout 2.6.

    Attack: an ID token, which browsers and services see, is sent instead; it says nothing of an
    event, and carries a nonce that a logout token never does.
    """
    claims = _checked(provider, token, at=at, own={"jti": {"essential": True}})
    events = claims.get("events")
    if "nonce" in claims or not isinstance(events, dict) or not isinstance(events.get(LEFT), dict):
        raise Unproven("nobody left")
    return str(claims["sub"])


def _checked(
    provider: Provider, token: str, *, at: datetime, own: Mapping[str, ClaimsOption]
) -> dict[str, Any]:
    """What a token of either kind says, if it holds: signed by the provider, for us, in time, about
    somebody; and what its own kind has to say besides.
    """
    try:
        claims = _opened(provider, token)
        jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": described(provider)["issuer"]},
            aud={"essential": True, "value": provider.client},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            **own,
        ).validate(claims)
    except (JoseError, KeyError, ValueError, TypeError) as error:
        raise Unproven("the token does not hold") from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise Unproven("nobody is named")
    return claims


def _opened(provider: Provider, token: str) -> dict[str, Any]:
    """What stands in a signed token; when no key of theirs fits, their keys are fetched anew."""
    try:
        return _by_keys(provider, token)
    except (JoseError, ValueError):
        _documents.forget()
        return _by_keys(provider, token)


def _by_keys(provider: Provider, token: str) -> dict[str, Any]:
    address = _endpoint(provider, "jwks_uri")
    told = _documents.get(address, lambda: _ask(provider, address))
    keys = KeySet.import_key_set({"keys": [key for key in told["keys"] if _is_signer(key)]})
    return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)


def _is_signer(key: Mapping[str, Any]) -> bool:
    """A public key for signatures; a secret one in such a list would be anybody's."""
    return key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"


def _more(
    provider: Provider, answer: Mapping[str, Any], claims: Mapping[str, Any]
) -> dict[str, Any]:
    """What the provider tells besides, when the token has no address; it has to be the same one."""
    address = described(provider).get("userinfo_endpoint")
    if "email" in claims or not address or not answer.get("access_token"):
        return {}
    bearer = {"Authorization": f"Bearer {answer['access_token']}"}
    told = _ask(provider, str(address), headers=bearer)
    if told.get("sub") != claims["sub"]:
        raise Unproven("somebody else's particulars")
    return {name: told[name] for name in ("email", "email_verified", "name") if name in told}


def _endpoint(provider: Provider, name: str) -> str:
    address = described(provider).get(name)
    if not isinstance(address, str) or not address:
        raise Unproven(f"no {name}")
    return address


@dataclass(frozen=True, slots=True)
class _Form:
    fields: Mapping[str, str]
    headers: Mapping[str, str]


def _signed(provider: Provider, form: Mapping[str, str]) -> _Form:
    """The form with who we are, in the way the provider takes it (RFC 6749, 2.3.1)."""
    ways = described(provider).get("token_endpoint_auth_methods_supported")
    if provider.secret and (ways is None or "client_secret_basic" in ways):
        pair = f"{quote(provider.client, safe='')}:{quote(provider.secret, safe='')}"
        basic = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
        return _Form(form, basic)
    own = {"client_id": provider.client}
    if provider.secret:
        own["client_secret"] = provider.secret
    return _Form({**form, **own}, {})


class _NoWayOn(HTTPRedirectHandler):
    """A provider answers where it is asked."""

    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        return None


def _ask(
    provider: Provider,
    address: str,
    form: _Form | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One question to the provider, answered as JSON."""
    if urlsplit(address).scheme not in ("https", urlsplit(provider.issuer).scheme):
        raise Unproven("not over https")
    data = urlencode(form.fields).encode() if form is not None else None
    said = {"Accept": "application/json", **(headers or {}), **(form.headers if form else {})}
    try:
        with build_opener(_NoWayOn).open(Request(address, data, said), timeout=SECONDS_MAX) as got:
            told = json.loads(got.read(BYTES_MAX))
    except (URLError, OSError, ValueError) as error:
        raise Unproven("no answer") from error
    if not isinstance(told, dict):
        raise Unproven("no object")
    return told
