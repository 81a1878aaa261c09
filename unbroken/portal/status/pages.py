"""The page, the JSON and the feed: the same for everybody, so that memory can serve them."""

import hashlib
import json
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from unbroken.ground.pages import answer
from unbroken.ground.words import LANGUAGES, _, current_language, in_language, speaking
from unbroken.portal.clocks import Clock
from unbroken.portal.status import as_json, words
from unbroken.portal.status.components import FAMILIES
from unbroken.portal.status.memory import remembered
from unbroken.portal.status.reading import Shown, Snapshot, snapshot

FOR_ALL = "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400"
PAST_SHOWN = 20
FEED_TITLE = _("{name}: how things stand")
PARTS = {
    "summary": ("components", "unresolved", "coming", "status"),
    "status": ("status",),
    "components": ("components",),
    "incidents": ("incidents",),
    "incidents/unresolved": ("unresolved",),
    "scheduled-maintenances": ("work",),
    "scheduled-maintenances/upcoming": ("upcoming",),
    "scheduled-maintenances/active": ("active",),
}


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """What is wrong now, where, since when, what we do, when the next news comes."""
    wish = request.GET.get("in", "")
    with speaking(wish if wish in LANGUAGES else current_language()):
        return _unless_known(request, remembered(request, "page", lambda: _whole_page(request)))


def _whole_page(request: HttpRequest) -> HttpResponse:
    found = snapshot()
    context = {
        "found": found,
        "families": _families(found),
        "indicator": as_json.indicator(found),
        "headline": as_json.INDICATORS,
        "past": [one for one in found.incidents if not one.problem.is_open][:PAST_SHOWN],
        "words": words,
        "clock": Clock(""),
        "place": "status",
    }
    return _for_all(answer(request, "portal/status/show.html", context))


@require_safe
def data(request: HttpRequest, what: str) -> HttpResponse:
    """The same for programs; any page may read it from a browser."""
    if what not in PARTS:
        return HttpResponse('{"error": "nothing here"}', status=404, content_type=JSON)

    def made() -> HttpResponse:
        body = json.dumps(as_json.whole(snapshot(), *PARTS[what]), ensure_ascii=False)
        response = HttpResponse(body, content_type=JSON)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return _for_all(response)

    return _unless_known(request, remembered(request, what, made))


JSON = "application/json; charset=utf-8"


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What was told, the newest first, as Atom."""
    return _unless_known(request, remembered(request, "feed", _feed))


def _feed() -> HttpResponse:
    found = snapshot()
    here = settings.BASE_URL + reverse("portal:status")
    title = in_language(FEED_TITLE, name=as_json.page(found)["name"])
    told = sorted(
        ((update.at, one, update) for one in found.incidents for update in one.updates),
        key=lambda three: (three[0], three[2].id),
        reverse=True,
    )[:50]
    newest = told[0][0] if told else found.measured_from
    entries = "".join(
        f"<entry><id>{here}#u{update.id}</id><title>{escape(words.incident_name(one))}</title>"
        f"<updated>{at.isoformat()}</updated><link href={quoteattr(f'{here}#p{one.id}')}/>"
        f"<content>{escape(words.update_words(update))}</content></entry>"
        for at, one, update in told
    )
    body = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{current_language()}"><id>{here}</id><title>{escape(title)}</title>'
        f"<updated>{newest.isoformat()}</updated>"
        f'<link rel="self" href={quoteattr(here + ".atom")}/>'
        f"<link href={quoteattr(here)}/><author><name>{escape(title)}</name></author>"
        f"{entries}</feed>\n"
    )
    return _for_all(HttpResponse(body, content_type="application/atom+xml; charset=utf-8"))


def _families(found: Snapshot) -> list[tuple[str, list[Shown]]]:
    """The components by kind, in the order of the kinds."""
    return [
        (in_language(name), mine)
        for key, name in FAMILIES.items()
        if (mine := [one for one in found.shown if one.component.family == key])
    ]


def _for_all(response: HttpResponse) -> HttpResponse:
    """May be kept by whoever stands between; the same bytes have the same tag."""
    response.headers["Cache-Control"] = FOR_ALL
    patch_vary_headers(response, ("Cookie", "Accept-Language"))  # words differ by language
    response.headers["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"'
    return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing to read for whoever has these very bytes."""
    if request.headers.get("If-None-Match") == response.headers["ETag"]:
        response.status_code, response.content = 304, b""
    return response
