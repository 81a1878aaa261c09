"""Leaving the provider too, for whoever came in by it."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from unbroken.console.doors import provider
from unbroken.console.doors.provider import Provider, Unproven

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
