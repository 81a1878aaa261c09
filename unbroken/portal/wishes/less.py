"""The header of news of trouble and planned work: one press, and they come no more (RFC 8058).

A program presses it without a cookie, so the token is the proof; it can only spare somebody news,
and looking changes nothing.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import LANGUAGES, current_language, speaking
from unbroken.intake.telling.less import look_themselves, read_less
from unbroken.portal import access, state
from unbroken.portal.limits import LINKS_FROM_ONE_PLACE


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def less(request: HttpRequest, token: str) -> HttpResponse:
    """A page that asks, or at once for a mail program that posts."""
    at, found = now(), read_less(token)
    place, shown = request.META.get("REMOTE_ADDR", ""), {"visitor": None, "place": "settings"}
    if found is None and not state.may_knock(LINKS_FROM_ONE_PLACE, place, at=at):
        return answer(request, "portal/link_dead.html", shown, status=429)
    card = directory.contact(ContactId(found)) if found else None
    if card is None or card.has_left:
        return access.unknown(request)
    if request.method == "POST":
        with transaction.atomic():
            look_themselves(int(card.id), at=at)
    language = card.language if card.language in LANGUAGES else current_language()
    with speaking(language):
        is_done = request.method == "POST"
        return answer(
            request, "portal/wishes/less.html", {**shown, "token": token, "is_done": is_done}
        )
