"""Off to a SAML provider, its answer, and the last step in the browser that asked.

What may be done here is said here, and whoever comes in is known by the name the provider never
changes, never by an address alone: the rules are those of `tied`. Where the browser goes next is
kept here too; what a provider sends back as RelayState is not read.
"""

import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import signing
from unbroken.console import state as tries
from unbroken.console.access import AgentRequest, agent_of
from unbroken.console.admin.frame import attempt
from unbroken.console.doors import entering, own, tied
from unbroken.console.doors.openid import NOT_CONFIRMED
from unbroken.console.doors.saml import state
from unbroken.console.doors.tied import Somebody
from unbroken.console.pauses import keys_of
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.time_words import how_long
from unbroken.ground.words import in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import ProviderCard
from unbroken.staffing.state import keys

if TYPE_CHECKING:
    from unbroken.console.doors.saml.answer import Said

KEPT, TIE = "saml", "saml_tie"
LETTERS_MAX = 700_000
log = logging.getLogger(__name__)


@never_cache
@require_GET
def sign_in_saml(request: HttpRequest, provider_id: int) -> HttpResponse:
    """Off to the provider, with a question that only its answer to this browser fits."""
    from unbroken.console.doors.saml import papers  # heavy, and only for desks that have one

    known, at = _provider(provider_id), now()
    number = f"_{secrets.token_urlsafe(32)}"
    state.ask(number, provider_id=known.id, at=at)
    request.session[KEPT] = {
        "number": number,
        "next": entering.safe(request.GET.get("next", "")),
        "tie": _tie(request, known, at=at),
    }
    return go(
        papers.question(number=number, ours=our_name(), back=_back(), to=known.sign_in_url, at=at)
    )


@never_cache
@csrf_exempt
@sensitive_variables()
@sensitive_post_parameters()
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """The provider's answer, by a form from its page; the browser shows its session afterwards.

    Attack: somebody else's answer is planted in a browser. It is worth nothing without the session
    in which its question was asked, and a page elsewhere gets nothing that it could not forge.
    """
    from unbroken.console.doors.saml.answer import Unproven

    at = now()
    counted = [keys_of("", entering.place_of(request))["place"]]
    if pause := tries.count_try(counted, at=at):
        return signing.door(request, "", in_language(signing.TOO_OFTEN, time=how_long(pause)), 429)
    try:
        number = _answered(request.POST.get("SAMLResponse", "")[:LETTERS_MAX], at=at)
    except Unproven as unproven:
        log.warning("a SAML answer does not hold: %s", unproven)
        entering.note_failure(request, way=entering.SAML)
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    tries.forget_tries(counted, at=at)
    if not number:
        return _begin_here()
    return go(f"{reverse('console:sign_in_saml_done')}?question={number}")


@never_cache
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """The browser that asked comes in as whom the provider vouched for."""
    kept, number, at = request.session.get(KEPT), request.GET.get("question", ""), now()
    if not kept or not constant_time_compare(number, kept["number"]):
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    del request.session[KEPT]
    told = state.fetch(number, at=at)
    known = staffing.provider(told["provider"]) if told else None
    if known is None or not known.active:
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    who = Somebody(
        keys.SAML, issuer_of(known), told["subject"], told["email"].lower(), told["name"]
    )
    if kept["tie"]:
        return _tied(request, who, kept["tie"], at=at)
    agent = tied.agent_for(who, by_address=known.by_address, role=known.role, at=at)
    if agent is None:
        entering.note_failure(request, way=entering.SAML, email=who.email)
        return signing.door(request, kept["next"], in_language(tied.NOT_HERE), 422)
    return entering.enter(request, agent, way=entering.SAML, after=kept["next"])


@require_GET
def metadata(request: HttpRequest) -> HttpResponse:
    """What a provider has to know of this desk; it is no secret."""
    from unbroken.console.doors.saml import papers

    told = papers.metadata(ours=our_name(), back=_back())
    return HttpResponse(told, content_type="application/samlmetadata+xml")


@own.own
@never_cache
@sensitive_post_parameters()
@require_POST
def tie(request: AgentRequest, provider_id: int) -> HttpResponse:
    """Before an agent's account here is tied to the one at the provider: the password once more."""
    known = _provider(provider_id)
    if wrong := own.wrong_password(request):
        return own.show(request, wrong=wrong)
    told = {"agent": request.agent.id, "provider": known.id, "at": now().isoformat()}
    request.session[TIE] = told
    context = {"agent": request.agent, "place": "own", "known": known}
    return answer(request, "console/doors/saml.html", context)


def our_name() -> str:
    """What this desk is called at a provider: the address of its metadata."""
    return f"{settings.BASE_URL}{reverse('console:saml_metadata')}"


def issuer_of(known: ProviderCard) -> str:
    """Under what its people are known here. Attack: a name that is somebody else's number at the
    same organisation by OpenID Connect; so the two are never the same place."""
    return f"saml:{known.entity_id}"


@sensitive_variables()
def _answered(form: str, *, at: datetime) -> str:
    """The number of the question that was answered well; empty when nobody asked one."""
    from unbroken.console.doors.saml import answer as said

    data = said.from_form(form)
    number = said.asked_for(data)
    if not number:
        return ""
    waiting = state.waiting(number, at=at)
    known = staffing.provider(waiting.provider_id) if waiting is not None else None
    if known is None or not known.active:
        raise said.Unproven("nothing was asked, or it was answered already")
    expected = said.Expected(known.entity_id, known.certificates, our_name(), _back(), number)
    who = said.said(data, expected, at=at)
    if not state.take(number, at=at):
        raise said.Unproven("answered twice")
    state.keep(number, _told(known, who))
    return number


def _told(known: ProviderCard, who: "Said") -> dict[str, Any]:
    """Whom it vouches for, as the desk knows people; refused when the name is for one day only."""
    from unbroken.console.doors.saml.answer import Unproven

    by_attribute = who.first(known.subject_attribute)
    subject = by_attribute if known.subject_attribute else who.subject
    if not subject or (who.is_passing and not by_attribute):
        raise Unproven("no name that stays theirs")
    return {
        "provider": known.id,
        "subject": subject[:1000],
        "email": who.first(known.email_attribute)[:254],
        "name": who.first(known.name_attribute)[:200],
    }


def _begin_here() -> HttpResponse:
    """They came from a page of their organisation: asked by nobody, it proves nothing. Where there
    is one provider they are sent there with a question, and come back without typing anything."""
    every = [one for one in staffing.providers() if one.active]
    if len(every) != 1:
        return go(reverse("console:sign_in"))
    return go(reverse("console:sign_in_saml", args=[every[0].id]))


def _tied(request: HttpRequest, who: Somebody, agent_id: int, *, at: datetime) -> HttpResponse:
    """An agent who is signed in tied their own account here to the one there."""
    agent = agent_of(request)
    if agent is None or agent.id != agent_id:
        return signing.door(request, "", in_language(NOT_CONFIRMED), 422)
    theirs: Any = request
    theirs.agent = agent
    if wrong := attempt(lambda: tied.tie(who, agent, at=at)):
        return own.show(theirs, wrong=wrong)
    return own.done(theirs, tied.TIED)


def _tie(request: HttpRequest, known: ProviderCard, *, at: datetime) -> int:
    """Whose account is being tied: an agent's who said their password a moment ago, or nobody's."""
    kept = request.session.pop(TIE, None)
    if not kept or at - datetime.fromisoformat(kept["at"]) > timedelta(minutes=10):
        return 0
    agent = agent_of(request)
    is_theirs = agent is not None and (agent.id, known.id) == (kept["agent"], kept["provider"])
    return int(kept["agent"]) if is_theirs else 0


def _provider(provider_id: int) -> ProviderCard:
    known = staffing.provider(provider_id)
    if known is None or not known.active:
        raise Http404("provider")
    return known


def _back() -> str:
    return f"{settings.BASE_URL}{reverse('console:sign_in_saml_back')}"
