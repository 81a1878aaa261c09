"""The custom fields of a topic: added, renamed, moved, taken out of use; and who did so."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.aside.topic_lists import KEPT, read_names
from unbroken.console.knowledge import labels
from unbroken.conversation import queries as record
from unbroken.conversation.actions import set_field
from unbroken.conversation.fields import FieldRow
from unbroken.conversation.queries import TopicRow
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, _, in_language
from unbroken.knowledge.slugs import slug_of
from unbroken.staffing.permissions import EDIT_KNOWLEDGE

KIND_WORDS = {
    "text": _("Text"),
    "number": _("Number"),
    "choice": _("Choice"),
    "date": _("Date"),
    "yes_no": _("Yes or no"),
}
AGENTS_WORDS = {"may": _("May fill it in"), "must": _("Must fill it in")}
CUSTOMERS_WORDS = {
    "hidden": _("Do not see it"),
    "sees": _("See it"),
    "may": _("May fill it in"),
    "must": _("Must fill it in"),
}
CHOICES_MAX = 60


@allowed(do=EDIT_KNOWLEDGE, read=ANYBODY)
@require_http_methods(["GET", "POST"])
def fields(request: AgentRequest, topic_id: int) -> HttpResponse:
    """The fields under one topic, and those that come from above."""
    topic = record.topic(topic_id)
    if topic is None:
        raise Http404("topic")
    if request.method == "GET":
        return _page(request, topic, [])
    own = [row for row in record.every_field() if row.topic_id == topic.id]
    known = next((row for row in own if row.key == request.POST.get("field")), None)
    try:
        with transaction.atomic():
            _keep(request, topic, known, request.POST)
    except Refused as refusal:
        return _page(request, topic, [refusal.in_words()])
    tell(request, in_language(KEPT))
    return go(reverse("console:topic_fields", args=[topic.id]))


def _keep(request: AgentRequest, topic: TopicRow, known: FieldRow | None, data: QueryDict) -> None:
    names, place = read_names(data), data.get("position", "")
    key = known.key if known else _new_key(data.get("key", ""), names)
    set_field(
        key=key,
        topic_id=topic.id,
        kind=data.get("kind", ""),
        names=names,
        choices=_choices(data),
        position=int(place) if place.isascii() and place.isdigit() and len(place) < 6 else 0,
        for_agents=data.get("for_agents", "may"),
        for_customers=data.get("for_customers", "hidden"),
        at_closing="at_closing" in data,
        active="active" in data or known is None,
        by=request.actor,
        at=now(),
    )


def _new_key(given: str, names: Mapping[str, str]) -> str:
    """The short name that was given, else one made of the first name; it stays for ever."""
    name = next((names[one] for one in LANGUAGES if one in names), "")
    key = (given.strip() or slug_of(name)).lower().replace("-", "_")[:40]
    if any(row.key == key for row in record.every_field()):
        raise Refused("field.key_taken", key=key)
    return key


def _choices(data: QueryDict) -> list[dict[str, Any]]:
    """One choice a line: its names in the order of the languages, with bars between them."""
    found = []
    for text in data.get("choices", "").replace("\0", "").splitlines()[:CHOICES_MAX]:
        parts = [" ".join(part.split())[:120] for part in text.split("|")]
        if not parts[0]:
            continue
        names = {one: part for one, part in zip(LANGUAGES, parts, strict=False) if part}
        found.append({"key": slug_of(parts[0]) or parts[0].lower(), "names": names})
    return found


def choices_as_lines(row: FieldRow) -> str:
    """The same, as they were typed."""
    return "\n".join(
        " | ".join(one["names"].get(language, "") for language in LANGUAGES).rstrip(" |")
        for one in row.choices
    )


def _page(request: AgentRequest, topic: TopicRow, wrong: list[str]) -> HttpResponse:
    every = record.every_field()
    own = [row for row in every if row.topic_id == topic.id]
    above = [row for row in record.fields_for(topic.id) if row.topic_id != topic.id]
    history = events_of([f"field:{row.id}" for row in own])[::-1][:40] if own else []
    context: dict[str, Any] = {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "topics",
        "may_edit": may(request.agent, EDIT_KNOWLEDGE),
        "row": topic,
        "fields": [*own, FieldRow(0, "", topic.id, "text", {}, position=len(own) * 10)],
        "above": above,
        "as_lines": choices_as_lines,
        "kinds": [(key, in_language(word)) for key, word in KIND_WORDS.items()],
        "agents": [(key, in_language(word)) for key, word in AGENTS_WORDS.items()],
        "customers": [(key, in_language(word)) for key, word in CUSTOMERS_WORDS.items()],
        "history": history,
        "names": labels.names_of(one.by for one in history),
        "wrong": wrong,
    }
    page = "console/aside/topic_fields.html"
    return answer(request, page, context, status=422 if wrong else 200)
