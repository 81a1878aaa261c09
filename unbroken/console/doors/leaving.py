"""Leaving the provider too, for whoever came in by it; and leaving here when they left there."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from unbroken.console import state
from unbroken.console.doors import entering, provider
from unbroken.console.doors.provider import Provider, Unproven
from unbroken.console.pauses import keys_of
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.state import keys

TOKEN = "openid_token"
"""Where a session keeps what the provider said: it asks for it when one leaves."""


def our_provider() -> Provider:
    """The provider of this desk; not found where there is none."""
    known = settings.UNBROKEN
    if not known.openid:
        raise Http404("openid")
    return Provider(known.openid, known.openid_client, known.openid_secret)


def way_out(request: HttpRequest) -> str:
    """Where they sign out there as well; empty for whoever came in otherwise."""
    token = request.session.get(TOKEN, "")
    if not token or not settings.UNBROKEN.openid:
        return ""
    door = settings.BASE_URL + reverse("console:sign_in")
    try:
        return provider.way_out(our_provider(), token=token, back=door)
    except Unproven:
        return ""


@never_cache
@csrf_exempt
@sensitive_variables()
@require_POST
def left_there(request: HttpRequest) -> HttpResponse:
    """The provider says that somebody signed out there (back-channel logout): so they are out here.

    It is a server that asks, without cookies; only what the provider's key signed counts, and what
    does not hold is counted like wrong passwords.
    """
    known, at = our_provider(), now()
    counted = [keys_of("", entering.place_of(request))["place"]]
    if state.count_try(counted, at=at):
        return HttpResponse(status=429)
    try:
        subject = provider.left_by(known, request.POST.get("logout_token", ""), at=at)
    except Unproven:
        return HttpResponse(status=400)
    state.forget_tries(counted, at=at)
    agent_id = staffing.agent_of_identity(keys.identity_digest(known.issuer, subject))
    if agent_id is not None:
        actions.sign_out_of(agent_id=agent_id, way=entering.OPENID, by=HOUSE, at=at)
    return HttpResponse(status=200)
