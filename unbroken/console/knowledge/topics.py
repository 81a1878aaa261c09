"""The one tree of topics: added to, renamed in three languages, moved, retired; and its past."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.knowledge import labels
from unbroken.console.tickets.labels import TYPES
from unbroken.conversation import queries as record
from unbroken.conversation.actions import set_topic
from unbroken.conversation.queries import TopicRow
from unbroken.conversation.states import TICKET_TYPES
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, _, current_language, in_language
from unbroken.knowledge.slugs import slug_of
from unbroken.staffing.permissions import EDIT_KNOWLEDGE

KEPT = _("Kept. Requests and articles follow the tree at once.")
AFTER = _("After {name}")
PUT_BACK = _("Put back to how it stood then.")
STEP = 10
"""Places of neighbours are this far apart after somebody moved one."""

refusals(
    {
        "topic.no_name": _("Name the topic in at least one language."),
        "topic.key_taken": _("There is a topic with this address already."),
        "topic.no_such_past": _("How it stood then is not on record."),
    }
)


@dataclass(frozen=True, slots=True)
class Past:
    """How a topic stood after somebody changed it; `data` is empty in the oldest record."""

    version: int
    by: str
    at: Any
    data: Mapping[str, Any]


@allowed(do=EDIT_KNOWLEDGE, read=ANYBODY)
@require_GET
def topics(request: AgentRequest) -> HttpResponse:
    """The tree as it stands, with what is retired below."""
    every = record.every_topic()
    context = _context(request) | {
        "tree": [topic for topic in every if topic.active],
        "retired": [topic for topic in every if not topic.active],
    }
    return answer(request, "console/knowledge/topics.html", context)


@allowed(do=EDIT_KNOWLEDGE)
@require_http_methods(["GET", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """A new branch."""
    parent = _by_key(request.GET.get("below", ""))
    row = TopicRow(0, "", parent.id if parent else None, {}, True)
    return _set(request, row) if request.method == "POST" else _page(request, row)


@allowed(do=EDIT_KNOWLEDGE, read=ANYBODY)
@require_http_methods(["GET", "POST"])
def topic(request: AgentRequest, topic_id: int) -> HttpResponse:
    """One topic."""
    row = _topic_for(topic_id)
    return _set(request, row) if request.method == "POST" else _page(request, row)


@allowed(do=EDIT_KNOWLEDGE)
@require_POST
def past(request: AgentRequest, topic_id: int) -> HttpResponse:
    """Put it back to how it stood after one of its changes."""
    row = _topic_for(topic_id)
    told = next(
        (one for one in _past(row) if str(one.version) == request.POST.get("version")), None
    )
    try:
        if told is None or not told.data.get("names"):
            raise Refused("topic.no_such_past")
        names = ("names", "hints", "ticket_type", "position", "active")
        before = {name: told.data[name] for name in names if name in told.data}
        parent = told.data.get("parent") or None
        with transaction.atomic():
            set_topic(key=row.key, parent_key=parent, **before, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, row, [refusal.in_words()])
    tell(request, in_language(PUT_BACK))
    return go(reverse("console:topic", args=[row.id]))


def _set(request: AgentRequest, known: TopicRow) -> HttpResponse:
    data = request.POST
    parent = _by_key(data.get("parent", ""))
    row = replace(
        known,
        names=_names(data),
        parent_id=parent.id if parent else None,
        hints=tuple(re.findall(r"[^\s,;]+", data.get("hints", "").replace("\0", "").lower())),
        ticket_type=kind if (kind := data.get("type", "")) in TICKET_TYPES else "",
        active="active" in data or not known.id,
    )
    try:
        key = known.key or _new_key(row, parent)
        with transaction.atomic():
            set_topic(
                key=key,
                names=row.names,
                parent_key=parent.key if parent else None,
                hints=row.hints,
                ticket_type=row.ticket_type,
                position=_position(known, parent, data.get("after", "")),
                active=row.active,
                by=request.actor,
                at=now(),
            )
    except Refused as refusal:
        return _page(request, row, [refusal.in_words()])
    tell(request, in_language(KEPT))
    return go(reverse("console:topics"))


def _position(known: TopicRow, parent: TopicRow | None, after: str) -> int:
    """Right behind the neighbour that was named; where it was if none was."""
    if after == "":
        return known.position if known.id else 10_000
    beside = [
        one
        for one in record.every_topic()
        if one.parent_id == (parent.id if parent else None) and one.id != known.id
    ]
    if after == "first":
        return min((one.position for one in beside), default=STEP) - 1
    behind = next((one for one in beside if one.key == after), None)
    return behind.position + 1 if behind else known.position


def _names(data: QueryDict) -> dict[str, str]:
    given = {
        one: " ".join(data.get(f"name_{one}", "").replace("\0", "").split())[:120]
        for one in LANGUAGES
    }
    return {language: name for language, name in given.items() if name}


def _new_key(row: TopicRow, parent: TopicRow | None) -> str:
    """An address of plain letters, made once: it stays when the topic is renamed or moved."""
    name = next((row.names[one] for one in LANGUAGES if one in row.names), "")
    if not name:
        raise Refused("topic.no_name")
    own = slug_of(name) or "topic"
    key = f"{parent.key}/{own}" if parent else own
    if any(one.key == key for one in record.every_topic()):
        raise Refused("topic.key_taken")
    return key


def _page(request: AgentRequest, row: TopicRow, wrong: list[str] | None = None) -> HttpResponse:
    history = _past(row) if row.id else []
    every = record.every_topic()
    parent = next((one.key for one in every if one.id == row.parent_id), "")
    context = _context(request) | {
        "row": row,
        "wrong": wrong or [],
        "parent": parent,
        "parents": labels.topic_choices(in_language(_("At the top"))),
        "beside_choices": [
            (one.key, in_language(AFTER, name=one.name_in(current_language())))
            for one in every
            if one.active and one.parent_id == row.parent_id and one.id != row.id
        ],
        "types": [
            ("", in_language(labels.ELSE)),
            *((one, in_language(TYPES[one])) for one in TYPES),
        ],
        "history": history,
        "names": labels.names_of(one.by for one in history),
    }
    status = 422 if wrong else 200
    return answer(request, "console/knowledge/topic.html", context, status=status)


def _past(row: TopicRow) -> list[Past]:
    events = events_of([f"topic:{row.id}"])[::-1]
    return [Past(one.version, one.by, one.at, one.data) for one in events]


def _by_key(key: str) -> TopicRow | None:
    return next((one for one in record.topic_tree() if one.key == key), None) if key else None


def _topic_for(topic_id: int) -> TopicRow:
    found = record.topic(topic_id)
    if found is None:
        raise Http404("topic")
    return found


def _context(request: AgentRequest) -> dict[str, Any]:
    return {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "topics",
        "may_edit": may(request.agent, EDIT_KNOWLEDGE),
    }
