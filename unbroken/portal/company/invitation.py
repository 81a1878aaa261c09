"""Accepting an invitation: whoever reads the mailbox says yes by a button, once.

Opening the link changes nothing: programs that look into mails follow links.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from unbroken.directory import actions
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, in_language
from unbroken.portal import access, session, state
from unbroken.portal.limits import LINKS_FROM_ONE_PLACE

WELCOME = _("Welcome. You speak for {company} here now.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("key")
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """The link from the invitation; the button accepts."""
    at = now()
    if not state.may_knock(LINKS_FROM_ONE_PLACE, request.META.get("REMOTE_ADDR", ""), at=at):
        return _page(request, "portal/link_dead.html", status=429)
    invited = state.invitation_of(key, at=at)
    card = directory.contact(ContactId(invited.contact_id)) if invited else None
    if invited is None or card is None or card.has_left:
        return _page(request, "portal/link_dead.html", status=404)
    if request.method != "POST":
        return _page(request, "portal/company/accept.html", card=card, key=key, wrong=[])
    try:
        with transaction.atomic():
            if not state.use_invitation(key, at=at):
                return _page(request, "portal/link_dead.html", status=404)
            actions.accept_invitation(
                contact_id=card.id, address=invited.address, by=Actor.contact(card.id), at=at
            )
    except Refused as refusal:
        wrong = [refusal.in_words()]
        return _page(request, "portal/company/accept.html", 422, card=card, key=key, wrong=wrong)
    session.open_to_mailbox(request, invited.address)
    response = go(reverse("portal:home"))
    session.speak_their_language(request, response, card)
    tell(request, in_language(WELCOME, company=card.customer_name))
    return response


def _page(request: HttpRequest, page: str, status: int = 200, **context: object) -> HttpResponse:
    shown = {"visitor": access.visitor_of(request), "place": "sign-in", **context}
    return answer(request, page, shown, status=status)
