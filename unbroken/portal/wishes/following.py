"""Mail about one request: wanted or not. One press in a mail program is enough (RFC 8058).

What the promise needs is mailed all the same: the number, a question, a decision.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import read_unfollow
from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, in_language
from unbroken.portal import access, state
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.limits import LINKS_FROM_ONE_PLACE

FOLLOWS = _("You get mail about this request.")
FOLLOWS_NOT = _("You get mail about this request only when it is your turn.")


@known_required
@require_POST
def following(request: KnownRequest, number: int) -> HttpResponse:
    """Mail about this request, or only what needs an answer."""
    ticket = access.ticket_for(request.visitor, number)
    card = access.acting_for(request.visitor, ticket)
    follows = request.POST.get("follows") == "yes"
    with transaction.atomic():
        actions.follow_ticket(
            ticket_id=TicketId(ticket.id),
            contact_id=int(card.id),
            follows=follows,
            by=access.actor(card),
            at=now(),
        )
    tell(request, in_language(FOLLOWS if follows else FOLLOWS_NOT))
    return go(reverse("portal:request", args=[ticket.id]))


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """The header of a mail: a program presses it without a cookie, so the token is the proof.

    It can only spare somebody mail, and only about this request; looking changes nothing.
    """
    at, found = now(), read_unfollow(token)
    place = request.META.get("REMOTE_ADDR", "")
    if found is None and not state.may_knock(LINKS_FROM_ONE_PLACE, place, at=at):
        return _page(request, "portal/link_dead.html", 429)
    takes_part = found is not None and record.is_participant(found.ticket_id, found.contact_id)
    if found is None or not takes_part:
        return access.unknown(request)
    if request.method == "POST":
        with transaction.atomic():
            actions.follow_ticket(
                ticket_id=TicketId(found.ticket_id),
                contact_id=found.contact_id,
                follows=False,
                by=Actor.contact(found.contact_id),
                at=at,
            )
    return _page(
        request,
        "portal/wishes/unfollow.html",
        number=found.ticket_id,
        is_done=request.method == "POST",
        token=token,
    )


def _page(request: HttpRequest, page: str, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"visitor": access.visitor_of(request), "place": "requests", **context}
    return answer(request, page, shown, status=status)
