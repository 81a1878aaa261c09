"""The last step of every way in: the session begins, and it is known where."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from unbroken.ground.clock import now
from unbroken.ground.pages import go, keep_look
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.state import browsers, traces

HALFWAY, SEEN, WAY = "halfway", "seen_at", "way"
HALFWAY_LASTS = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD, CODE, PASSKEY, OPENID, LDAP = "password", "code", "passkey", "openid", "ldap"
SAML = "saml"
PROVEN_TWICE = (CODE, PASSKEY, OPENID, SAML)
"""Ways that need nothing more: two proofs, a passkey behind a finger, or the provider's word."""


def enter(request: HttpRequest, agent: AgentCard, *, way: str, after: str) -> HttpResponse:
    """They are in: a new session, noted where and how."""
    known, at = staffing.login_of(agent.id), now()
    if known is None:
        return go(reverse("console:sign_in"))
    request.session.pop(HALFWAY, None)
    login(request, known, backend=BACKEND)
    request.session[WAY], request.session[SEEN] = way, at.isoformat()
    request.session.save()
    browsers.note_browser(
        request.session.session_key or "",
        agent_id=agent.id,
        place=place_of(request),
        device=request.headers.get("User-Agent", ""),
        way=way,
        at=at,
    )
    traces.note_sign_in(agent.id, way=way, place=place_of(request), at=at)
    response = go(safe(after))
    if "unbroken_language" not in request.COOKIES:
        keep_look(response, {"language": agent.language}, secure=settings.IS_SECURE)
    return response


def note_failure(
    request: HttpRequest, *, way: str, email: str = "", agent: AgentCard | None = None
) -> None:
    """Somebody did not come in: from where, by which way, at whose door if that is known."""
    traces.note_failure(
        email=email, agent_id=agent.id if agent else 0, way=way, place=place_of(request), at=now()
    )


def wait_halfway(request: HttpRequest, agent: AgentCard, *, after: str) -> HttpResponse:
    """The password was right; now the second proof."""
    request.session.cycle_key()
    request.session[HALFWAY] = {"agent": agent.id, "at": now().isoformat(), "next": after}
    return go(reverse("console:sign_in_code"))


def halfway(request: HttpRequest) -> tuple[AgentCard | None, str]:
    """Who is between the two proofs, and where they want to go."""
    kept = request.session.get(HALFWAY)
    if not kept or now() - datetime.fromisoformat(kept["at"]) > HALFWAY_LASTS:
        return None, ""
    card = staffing.agent(kept["agent"])
    return (card, kept["next"]) if card is not None and card.active else (None, "")


def note_seen(request: HttpRequest) -> None:
    """They are still there; written down every ten minutes at most."""
    kept, at = request.session.get(SEEN, ""), now()
    if kept and at - datetime.fromisoformat(kept) < SEEN_EVERY:
        return
    request.session[SEEN] = at.isoformat()
    browsers.note_seen(request.session.session_key or "", place=place_of(request), at=at)


def needs_more(request: HttpRequest, agent: AgentCard) -> bool:
    """Whether their role asks for a second proof that they have not set up yet."""
    roles = settings.UNBROKEN.second_factor
    if agent.has_second_factor or not roles or request.session.get(WAY) in PROVEN_TWICE:
        return False
    return agent.role in roles or "all" in roles


def place_of(request: HttpRequest) -> str:
    """The address they call from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def safe(address: str) -> str:
    """An address within the house, or the first page: nobody is sent elsewhere from here."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("console:work")
