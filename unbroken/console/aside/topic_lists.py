"""The lists of things to do that a topic brings: added, changed, retired; and who did so."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.knowledge import labels
from unbroken.conversation import queries as record
from unbroken.conversation.actions import set_checklist
from unbroken.conversation.queries import ChecklistRow, TopicRow
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, _, in_language
from unbroken.staffing.permissions import EDIT_KNOWLEDGE

KEPT = _("Kept.")
LINES_MAX = 40


@allowed(do=EDIT_KNOWLEDGE, read=ANYBODY)
@require_http_methods(["GET", "POST"])
def checklists(request: AgentRequest, topic_id: int) -> HttpResponse:
    """The lists under one topic."""
    topic = record.topic(topic_id)
    if topic is None:
        raise Http404("topic")
    if request.method == "GET":
        return _page(request, topic, [])
    listed = record.checklists_of(topic.id, also_retired=True)
    known = next((one for one in listed if str(one.id) == request.POST.get("list")), None)
    names, items = read_names(request.POST), _items(request.POST)
    try:
        with transaction.atomic():
            set_checklist(
                topic_id=topic.id,
                names=names,
                items=items,
                active="active" in request.POST or known is None,
                checklist_id=known.id if known else None,
                by=request.actor,
                at=now(),
            )
    except Refused as refusal:
        return _page(request, topic, [refusal.in_words()])
    tell(request, in_language(KEPT))
    return go(reverse("console:topic_checklists", args=[topic.id]))


def read_names(data: QueryDict) -> dict[str, str]:
    """A name in each language in which one was given."""
    given = {
        one: " ".join(data.get(f"name_{one}", "").replace("\0", "").split())[:120]
        for one in LANGUAGES
    }
    return {language: name for language, name in given.items() if name}


def _items(data: QueryDict) -> Mapping[str, list[str]]:
    found = {}
    for language in LANGUAGES:
        lines = data.get(f"items_{language}", "").replace("\0", "").splitlines()
        found[language] = [" ".join(line.split())[:300] for line in lines if line.strip()][
            :LINES_MAX
        ]
    return found


def _page(request: AgentRequest, topic: TopicRow, wrong: list[str]) -> HttpResponse:
    listed = record.checklists_of(topic.id, also_retired=True)
    history = events_of([f"checklist:{one.id}" for one in listed])[::-1][:30] if listed else []
    context: dict[str, Any] = {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "topics",
        "may_edit": may(request.agent, EDIT_KNOWLEDGE),
        "row": topic,
        "lists": [*listed, ChecklistRow(0, topic.id, {}, {}, True)],
        "above": [one for one in record.checklists_for(topic.id) if one.topic_id != topic.id],
        "history": history,
        "names": labels.names_of(one.by for one in history),
        "wrong": wrong,
    }
    page = "console/aside/topic_lists.html"
    return answer(request, page, context, status=422 if wrong else 200)
