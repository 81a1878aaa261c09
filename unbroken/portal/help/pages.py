"""The public pages: all topics, one topic, one article.

They say nothing about who reads and set no cookie, so that anybody on the way may keep a copy.
`?in=ru` asks for a language; without it the reader's own is taken.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from unbroken.conversation import queries as record
from unbroken.conversation.queries import TopicRow
from unbroken.ground.clock import now
from unbroken.ground.pages import look_of
from unbroken.ground.words import LANGUAGES, current_language, speaking
from unbroken.knowledge import queries
from unbroken.knowledge.queries import ArticleRow
from unbroken.portal.access import NUMBERS_END

KEPT_SECONDS = 300
FOUND_MAX = 20
WORDS_MAX = 200


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic and what there is to read right under it."""

    name: str
    key: str
    depth: int
    articles: tuple[ArticleRow, ...]


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Everything there is to read, by topic; or what fits some words."""
    with speaking(_language(request)):
        words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:WORDS_MAX]
        found = _found(words) if words else []
        shelves = [] if words else _shelves(None)
        context = {"words": words, "found": found, "shelves": shelves, "topic": None}
        return _answer(request, "portal/help/list.html", context, "", etag="")


@require_safe
def place(request: HttpRequest, place: str) -> HttpResponse:
    """A topic, or an article under one."""
    with speaking(_language(request)):
        topic = queries.topic_at(place)
        if topic is not None:
            return _topic(request, topic)
        return _article(request, place)


@require_safe
def by_number(request: HttpRequest, article_id: int) -> HttpResponse:
    """An article by its number, as older answers name it: on to its address."""
    found = None
    if article_id < NUMBERS_END:
        found = queries.article(article_id, current_language(), public_only=True, at=now())
    if found is None:
        raise Http404("article")
    return HttpResponsePermanentRedirect(reverse("portal:help", args=[found.place]))


def _topic(request: HttpRequest, topic: TopicRow) -> HttpResponse:
    shelves = _shelves(topic.key)
    if not shelves:
        raise Http404("nothing to read")
    context = {"words": "", "found": [], "shelves": shelves, "topic": topic}
    return _answer(request, "portal/help/list.html", context, topic.key, etag="")


def _article(request: HttpRequest, place: str) -> HttpResponse:
    slug = place.rpartition("/")[2].replace("\0", "")
    found = queries.article_at(slug, current_language(), public_only=True, at=now())
    if found is None:
        raise Http404("article")
    if found.place != place:  # its topic was moved, or it is named by its number
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(reverse("portal:help", args=[found.place]) + query)
    topic = record.topic(found.topic_id)
    context = {
        "article": found,
        "topic": topic,
        "above": _above(topic),
        "more": [row for row in _under(topic) if row.id != found.id][:5],
    }
    tag = f"{found.id}-{found.changed_at.timestamp()}-{topic.key if topic else ''}"
    return _answer(request, "portal/help/article.html", context, place, etag=tag)


def _found(words: str) -> list[ArticleRow]:
    return queries.fitting(words, current_language(), public_only=True, at=now(), limit=FOUND_MAX)


def _under(topic: TopicRow | None) -> list[ArticleRow]:
    if topic is None:
        return []
    return queries.articles_under(topic.key, current_language(), public_only=True, at=now())


def _shelves(key: str | None) -> list[Shelf]:
    """Topics that have anything, in the tree's order."""
    language = current_language()
    by_topic: dict[int, list[ArticleRow]] = {}
    for row in queries.articles_under(key, language, public_only=True, at=now()):
        by_topic.setdefault(row.topic_id, []).append(row)
    return [
        Shelf(topic.name_in(language), topic.key, topic.depth, tuple(by_topic[topic.id]))
        for topic in record.topic_tree()
        if topic.id in by_topic
    ]


def _above(topic: TopicRow | None) -> list[TopicRow]:
    """The topics on the way down to this one, itself included."""
    by_id = {one.id: one for one in record.topic_tree()}
    way: list[TopicRow] = []
    while topic is not None and topic.id in by_id:
        way.insert(0, topic)
        topic = by_id.get(topic.parent_id or 0)
    return way


def _language(request: HttpRequest) -> str:
    wish = request.GET.get("in", "")
    return wish if wish in LANGUAGES else current_language()


def _answer(
    request: HttpRequest, page: str, context: dict[str, Any], place: str, *, etag: str
) -> HttpResponse:
    """The page, with how long it may be kept by whoever carries it."""
    address = reverse("portal:help", args=[place]) if place else reverse("portal:help_root")
    wish = request.GET.get("in", "")
    context |= {
        "address": address,
        "base": settings.BASE_URL,
        "tongue": f"?in={wish}" if wish in LANGUAGES else "",
        "visitor": None,
        "place": "help",
    }
    tag = _tag(request, etag) if etag else None
    early = get_conditional_response(request, etag=tag) if tag else None
    response = early or HttpResponse(render_to_string(page, context, request=request))
    if tag:
        response.headers["ETag"] = tag
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
    kept = "private, no-cache" if is_known else f"public, max-age={KEPT_SECONDS}"
    response.headers["Cache-Control"] = kept
    response.headers["Content-Language"] = current_language()
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    return response


def _tag(request: HttpRequest, etag: str) -> str:
    look = look_of(request)
    dressed = f"{look['theme']}{look['density']}{static('portal/portal.css')}"
    return f'"{etag}-{current_language()}-{dressed}"'.replace(" ", "")
