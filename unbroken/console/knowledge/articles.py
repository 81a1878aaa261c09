"""Writing articles: the shelf, one article in its languages side by side, its way to readers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import AgentRequest, agent_required, may, ticket_for
from unbroken.console.knowledge import access, labels
from unbroken.console.knowledge.pictures import added, for_writers
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, Phrase, _, current_language, in_language
from unbroken.knowledge import actions, queries
from unbroken.knowledge.ids import ArticleId
from unbroken.knowledge.markdown import to_html
from unbroken.knowledge.queries import ShelfRow, Version
from unbroken.staffing.permissions import EDIT_KNOWLEDGE

HISTORY_MAX = 12
KEPT = _("Kept. Readers see it once it is published.")
HANDED_IN = _("Handed in. Somebody else reads it and publishes it.")
GIVEN_BACK = _("Given back to its writer.")
PUBLISHED = _("Published.")
RETIRED = _("Taken down. Nobody is shown it any more.")

refusals(
    {
        "article.half": _("Write both a title and a text in {language_name}, or neither."),
        "article.changed_meanwhile": _(
            "Somebody else changed this article while you wrote. Your words are below; "
            "look at the versions before you keep them."
        ),
        "article.no_date": _("“{given}” is not a date."),
    }
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the form: the words of each language, and where the article belongs."""

    titles: dict[str, str]
    bodies: dict[str, str]
    topic: str = ""
    audience: str = "internal"
    valid_until: str = ""

    @property
    def has_words(self) -> bool:
        """Whether anything was written."""
        return any(self.titles.values()) or any(self.bodies.values())


@agent_required
@require_GET
def shelf(request: AgentRequest) -> HttpResponse:
    """All articles, narrowed by state, topic and words."""
    state = request.GET.get("state", "")
    state = state if state in labels.STATES else ""
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:200]
    topic = request.GET.get("topic", "").replace("\0", "")
    found = queries.shelf(
        current_language(), at=now(), state=state, topic_key=topic or None, words=words
    )
    context = _context(request) | {
        "rows": found,
        "state": state,
        "words": words,
        "topic": topic,
        "topics": labels.topic_choices(in_language(_("Every topic"))),
        "topic_names": labels.topic_names(),
        "labels": labels,
        "shelf_max": queries.SHELF_MAX,
    }
    return answer(request, "console/knowledge/list.html", context)


@agent_required
@require_http_methods(["GET", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """An empty sheet, or the first words of a new article."""
    if request.method == "GET":
        sheet = Sheet({}, {}, topic=request.GET.get("topic", "").replace("\0", ""))
        return page(request, None, sheet)
    return _write(request, None)


@agent_required
@require_http_methods(["GET", "POST"])
def article(request: AgentRequest, article_id: int) -> HttpResponse:
    """One article as it was last written, to be written on."""
    row = access.article_for(article_id)
    if request.method == "POST":
        return _write(request, row)
    return page(request, row, _sheet_of(row, request.agent.timezone))


@agent_required
@require_POST
def review(request: AgentRequest, article_id: int) -> HttpResponse:
    """Hand it in, or give it back with words."""
    row = access.article_for(article_id)
    if request.POST.get("to") != "writer":
        return _deed(request, row, actions.submit_article, HANDED_IN)
    if not access.may_publish(request.agent, row):
        raise PermissionDenied
    reason = request.POST.get("reason", "").replace("\0", "")[:2000]
    return _deed(request, row, actions.return_article, GIVEN_BACK, reason=reason)


@agent_required
@require_POST
def publication(request: AgentRequest, article_id: int) -> HttpResponse:
    """Its audience reads it from now on."""
    row = access.article_for(article_id)
    if not access.may_publish(request.agent, row):
        raise PermissionDenied
    return _deed(request, row, actions.publish_article, PUBLISHED)


@agent_required
@require_POST
def retirement(request: AgentRequest, article_id: int) -> HttpResponse:
    """Take it down."""
    row = access.article_for(article_id)
    if not access.may_publish(request.agent, row):
        raise PermissionDenied
    return _deed(request, row, actions.retire_article, RETIRED)


def _deed(
    request: AgentRequest, row: ShelfRow, deed: Callable[..., None], said: Phrase, **values: str
) -> HttpResponse:
    try:
        with transaction.atomic():
            deed(article_id=row.id, by=request.actor, at=now(), **values)
    except Refused as refusal:
        sheet = _sheet_of(row, request.agent.timezone)
        return page(request, row, sheet, wrong=[refusal.in_words()])
    tell(request, in_language(said))
    return go(reverse("console:article", args=[row.id]))


def _write(request: AgentRequest, row: ShelfRow | None) -> HttpResponse:
    """Keep what was written; then hand it in or publish it, or only show how it will look."""
    sheet, then = _posted(request.POST), request.POST.get("then", "")
    if then == "preview":
        return page(request, row, sheet, is_preview=True)
    try:
        if then.startswith("picture:"):
            return page(request, row, _with_picture(request, sheet, then[-2:]), is_preview=True)
        with transaction.atomic():
            article_id = _kept(request, row, sheet)
            said = _go_on(request, article_id, then)
    except Refused as refusal:
        return page(request, row, sheet, wrong=[refusal.in_words()])
    tell(request, in_language(said))
    return go(reverse("console:article", args=[article_id]))


def _with_picture(request: AgentRequest, sheet: Sheet, language: str) -> Sheet:
    """The sheet with the picture below the words in one language; nothing is kept of it yet."""
    words = added(request, request.POST.get("shows", ""))
    body = f"{sheet.bodies.get(language, '').rstrip()}\n\n{words}\n".lstrip("\n")
    return replace(sheet, bodies={**sheet.bodies, language: body})


def _kept(request: AgentRequest, row: ShelfRow | None, sheet: Sheet) -> ArticleId:
    if row is not None and request.POST.get("seen") != _seen(row):
        raise Refused("article.changed_meanwhile")
    return actions.write_article(
        topic_key=sheet.topic,
        texts=_texts(sheet),
        audience=sheet.audience,
        valid_until=_until(sheet.valid_until, request.agent.timezone),
        article_id=row.id if row else None,
        from_ticket=_ticket(request),
        by=request.actor,
        at=now(),
    )


def _go_on(request: AgentRequest, article_id: ArticleId, then: str) -> Phrase:
    if then == "submit":
        actions.submit_article(article_id=article_id, by=request.actor, at=now())
        return HANDED_IN
    if then == "publish" and access.may_publish(request.agent, access.article_for(article_id)):
        actions.publish_article(article_id=article_id, by=request.actor, at=now())
        return PUBLISHED
    return KEPT


def page(
    request: AgentRequest,
    row: ShelfRow | None,
    sheet: Sheet,
    *,
    wrong: list[str] | None = None,
    is_preview: bool = False,
    ticket: int | None = None,
) -> HttpResponse:
    """The sheet of one article."""
    past = queries.versions(row.id) if row else []
    history = queries.history(f"article:{row.id}")[:HISTORY_MAX] if row else []
    context = _context(request) | {
        "row": row,
        "sheet": sheet,
        "wrong": wrong or [],
        "state": labels.state_of(row, now()) if row else "draft",
        "labels": labels,
        "topics": labels.topic_choices(),
        "audiences": [(key, in_language(word)) for key, word in labels.AUDIENCES.items()],
        "wordings": queries.wordings(row.id) if row else {},
        "previews": _previews(sheet) if is_preview else {},
        "older": older_than_others(past),
        "seen": _seen(row) if row else "",
        "ticket": ticket or _ticket(request),
        "may_publish": row is not None and access.may_publish(request.agent, row),
        "may_publish_alone": may(request.agent, EDIT_KNOWLEDGE),
        "history": history,
        "names": labels.names_of(step.by for step in history),
        "votes": queries.votes_of(row.id) if row else [],
        "address": _address(row),
    }
    status = 422 if wrong else 200
    return answer(request, "console/knowledge/write.html", context, status=status)


def _context(request: AgentRequest) -> dict[str, Any]:
    return {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "articles",
        "at": now(),
    }


def _address(row: ShelfRow | None) -> str:
    """Where readers find it, once there is such a place."""
    if row is None or row.state != "published" or row.audience != "public":
        return ""
    found = queries.article(row.id, current_language(), public_only=True, at=now())
    return reverse("portal:help", args=[found.place]) if found else ""


def older_than_others(past: list[Version]) -> frozenset[str]:
    """Languages that were not touched since another one was changed alone."""
    last: dict[str, int] = {}
    for version in past:
        for language in version.step.languages:
            last.setdefault(language, version.step.number)
    newest = max(last.values(), default=0)
    return frozenset(language for language, number in last.items() if number < newest)


def _previews(sheet: Sheet) -> dict[str, str]:
    return {one: to_html(body, for_writers()) for one, body in sheet.bodies.items() if body}


def _sheet_of(row: ShelfRow, zone: str) -> Sheet:
    found = queries.wordings(row.id)
    topic = record.topic(row.topic_id)
    until = row.valid_until
    day = (until - timedelta(seconds=1)).astimezone(ZoneInfo(zone)) if until else None
    return Sheet(
        titles={one: wording.title for one, wording in found.items()},
        bodies={one: wording.body for one, wording in found.items()},
        topic=topic.key if topic else "",
        audience=row.audience,
        valid_until=day.date().isoformat() if day else "",
    )


def _posted(data: QueryDict) -> Sheet:
    def given(name: str) -> str:
        return data.get(name, "").replace("\0", "")

    return Sheet(
        titles={one: " ".join(given(f"title_{one}").split())[:200] for one in LANGUAGES},
        bodies={one: given(f"body_{one}") for one in LANGUAGES},
        topic=given("topic"),
        audience=given("audience"),
        valid_until=given("valid_until"),
    )


def _texts(sheet: Sheet) -> dict[str, tuple[str, str]]:
    found = {}
    for language in LANGUAGES:
        title, body = sheet.titles.get(language, ""), sheet.bodies.get(language, "")
        if bool(title.strip()) != bool(body.strip()):
            raise Refused("article.half", language_name=LANGUAGE_NAMES[language])
        if title.strip():
            found[language] = (title, body)
    return found


LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "it": "Italiano"}


def _until(text: str, zone: str) -> datetime | None:
    """The end of that day, there where the agent is."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
        return end.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("article.no_date", given=text[:20]) from None


def _seen(row: ShelfRow) -> str:
    return row.changed_at.isoformat()


def _ticket(request: AgentRequest) -> int | None:
    """The request that the article is drafted from, if this agent may see it."""
    text = request.POST.get("ticket", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        return None
    return ticket_for(request.agent, TicketId(int(text)))
