"""The status page by mail: asking for it, confirming it, choosing parts, ending it.

Whoever gives an address learns nothing of it: the answer is the same for one that is known. The
link in the mail is the proof that a mailbox is theirs; looking changes nothing, so programs that
look into mails press no button. One press in a mail program ends it (RFC 8058).
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, _, current_language, in_language, speaking
from unbroken.intake.mailboxes import is_ours
from unbroken.intake.subscribers import state as subscribers
from unbroken.intake.subscribers.letters import read_token, send_question
from unbroken.intake.subscribers.state import Subscriber
from unbroken.portal import access, state
from unbroken.portal.filling import empty, filled
from unbroken.portal.forms import NOT_AN_EMAIL, EmailField
from unbroken.portal.limits import (
    LINKS_FROM_ONE_PLACE,
    STATUS_MAILS_FROM_ONE_PLACE,
    STATUS_MAILS_TO_ONE_ADDRESS,
)
from unbroken.portal.status.components import FAMILIES
from unbroken.portal.status.news import known
from unbroken.portal.status.reading import Snapshot, snapshot

PARTS_MAX = 500
TOO_OFTEN = _("Too many tries from here. Wait an hour, or read the page and its feed.")
KEPT = _("Kept. It counts for mail from now on.")
ASK, SENT, OWN, ENDED = (
    f"portal/status/{name}.html" for name in ("mail_ask", "mail_sent", "mail_own", "mail_end")
)


class AskForm(forms.Form):
    """Where to."""

    email = EmailField(error_messages={"required": NOT_AN_EMAIL})
    website = forms.CharField(required=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """An address and the parts; a mail asks whether it is theirs."""
    found, at = snapshot(), now()
    if request.method != "POST":
        chosen = _chosen(request.GET.getlist("part"), found)
        return _page(request, ASK, form=empty(), found=found, chosen=chosen)
    form, chosen = AskForm(request.POST), _chosen(request.POST.getlist("part"), found)
    if not form.is_valid() or form.cleaned_data["website"]:
        shown = filled(request, form)
        return _page(request, ASK, 422, form=shown, found=found, chosen=chosen)
    place = request.META.get("REMOTE_ADDR", "")
    if not state.may_knock(STATUS_MAILS_FROM_ONE_PLACE, place, at=at):
        wrong = filled(request, form, ("", in_language(TOO_OFTEN)))
        return _page(request, ASK, 429, form=wrong, found=found, chosen=chosen)
    address = form.cleaned_data["email"]
    if state.may_knock(STATUS_MAILS_TO_ONE_ADDRESS, address, at=at) and not is_ours(address):
        language = current_language()
        one = subscribers.ask(address=address, language=language, parts=chosen, at=at)
        send_question(one, language=one.language if one.confirmed_at else language, at=at)
    return _page(request, SENT, address=address)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Their own page: confirm it, or choose other parts."""
    one, refused = _of_link(request, token)
    if one is None:
        return refused
    with speaking(_language(request, one)):
        found = snapshot()
        if request.method == "POST":
            parts = _chosen(request.POST.getlist("part"), found)
            if one.confirmed_at is None:
                subscribers.confirm(one.id, told=known(one.parts, found), at=now())
            else:
                wish = request.POST.get("language", "")
                language = wish if wish in LANGUAGES else one.language
                told = known(parts, found) | one.told
                subscribers.choose(one.id, parts=parts, language=language, told=told)
                tell(request, in_language(KEPT))
            return go(request.path)
        return _page(
            request, OWN, form=empty(language=one.language), found=found,
            chosen=_chosen(one.parts, found), one=one, token=token,
        )  # fmt: skip


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """No more of it: a page that asks, or at once for a mail program that posts."""
    one, refused = _of_link(request, token)
    if one is None:
        return refused
    if request.method == "POST":
        subscribers.end(one.id)
    with speaking(_language(request, one)):
        return _page(request, ENDED, token=token, is_done=request.method == "POST")


def _of_link(request: HttpRequest, token: str) -> tuple[Subscriber | None, HttpResponse]:
    """Whose link it is; else what to answer. One that ended is as unknown as one made up."""
    number, at = read_token(token), now()
    place = request.META.get("REMOTE_ADDR", "")
    if number is None and not state.may_knock(LINKS_FROM_ONE_PLACE, place, at=at):
        return None, _page(request, "portal/link_dead.html", 429)
    one = subscribers.subscriber(number) if number else None
    return one, access.unknown(request) if one is None else HttpResponse()


def _chosen(parts: list[str], found: Snapshot) -> list[str]:
    """Those that are there now; all of them is the same as none."""
    reached = {key for part in parts[:PARTS_MAX] for key in found.reaches.get(part, ())}
    mine = [one.component.id for one in found.shown if one.component.id in reached]
    return [] if len(mine) == len(found.shown) else mine


def _language(request: HttpRequest, one: Subscriber) -> str:
    wish = request.GET.get("in", "")
    return wish if wish in LANGUAGES else one.language


def _page(request: HttpRequest, page: str, status: int = 200, **context: Any) -> HttpResponse:
    found = context.get("found")
    shown = {
        "visitor": access.visitor_of(request),
        "place": "status",
        "families": _families(found) if found else [],
        **context,
    }
    return answer(request, page, shown, status=status)


def _families(found: Snapshot) -> list[tuple[str, list[tuple[str, str]]]]:
    """The parts by kind: id and area, empty for the rest of a kind."""
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for one in found.shown:
        mine = by_kind.setdefault(one.component.family, [])
        mine.append((one.component.id, one.component.area))
    return [(in_language(name), by_kind[key]) for key, name in FAMILIES.items() if key in by_kind]
