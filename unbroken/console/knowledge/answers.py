"""Canned answers: the short texts that agents have at hand, and who changed them."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.knowledge import labels
from unbroken.console.tickets.canned import begun_for, head_of
from unbroken.conversation import queries as record
from unbroken.evidence import wording
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, _, in_language, supported
from unbroken.knowledge import actions, queries
from unbroken.knowledge.ids import CannedId
from unbroken.knowledge.queries import CannedSheet
from unbroken.knowledge.variables import VARIABLES
from unbroken.staffing.permissions import EDIT_KNOWLEDGE

KEPT = _("Kept: everybody has it at hand now.")
NO_CAUSE = _("None: it says nothing about why")
NOBODY = CannedId(0)


@allowed(do=EDIT_KNOWLEDGE, read=ANYBODY)
@require_GET
def answers(request: AgentRequest) -> HttpResponse:
    """All of them."""
    context = _context(request) | {
        "answers": queries.canned_answers(),
        "topic_names": labels.topic_names(),
    }
    return answer(request, "console/knowledge/answers.html", context)


@allowed(do=EDIT_KNOWLEDGE)
@require_http_methods(["GET", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """An empty one; with `?from=` a request, what one is just writing to its customer."""
    if request.method == "POST":
        return _set(request, None)
    number = request.GET.get("from", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return _page(request, CannedSheet(NOBODY, "", None, True, {}))
    head = head_of(request.agent, int(number))
    texts = {supported(head.language): begun_for(head, request.agent)}
    return _page(request, CannedSheet(NOBODY, "", head.topic_id, True, texts))


@allowed(do=EDIT_KNOWLEDGE, read=ANYBODY)
@require_http_methods(["GET", "POST"])
def answer_page(request: AgentRequest, canned_id: int) -> HttpResponse:
    """One of them, in all its languages."""
    sheet = queries.canned_answer(canned_id)
    if sheet is None:
        raise Http404("canned answer")
    return _set(request, sheet) if request.method == "POST" else _page(request, sheet)


def _set(request: AgentRequest, known: CannedSheet | None) -> HttpResponse:
    data = request.POST
    topic = queries.topic_at(data.get("topic", "").replace("\0", ""))
    sheet = CannedSheet(
        id=known.id if known else NOBODY,
        name=data.get("name", "").replace("\0", "").strip().removeprefix("/"),
        topic_id=topic.id if topic else None,
        active="active" in data or known is None,
        texts={one: data.get(f"text_{one}", "").replace("\0", "") for one in LANGUAGES},
        asserts=data.get("asserts", "") if data.get("asserts", "") in wording.causes() else "",
    )
    try:
        with transaction.atomic():
            actions.set_canned_answer(
                name=sheet.name,
                texts=sheet.texts,
                topic_id=sheet.topic_id,
                active=sheet.active,
                asserts=sheet.asserts,
                canned_id=known.id if known else None,
                by=request.actor,
                at=now(),
            )
    except Refused as refusal:
        return _page(request, sheet, [refusal.in_words()])
    tell(request, in_language(KEPT))
    return go(reverse("console:answers"))


def _page(
    request: AgentRequest, sheet: CannedSheet, wrong: list[str] | None = None
) -> HttpResponse:
    history = queries.history(f"canned:{sheet.id}") if sheet.id else []
    keys = {topic.id: topic.key for topic in record.topic_tree()}
    context = _context(request) | {
        "sheet": sheet,
        "wrong": wrong or [],
        "causes": [("", in_language(NO_CAUSE)), *wording.causes().items()],
        "topic": keys.get(sheet.topic_id or 0, ""),
        "topics": labels.topic_choices(in_language(_("Every topic"))),
        "variables": [(key, in_language(words)) for key, words in VARIABLES.items()],
        "history": history,
        "names": labels.names_of(step.by for step in history),
    }
    status = 422 if wrong else 200
    return answer(request, "console/knowledge/answer.html", context, status=status)


def _context(request: AgentRequest) -> dict[str, object]:
    return {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "answers",
        "may_edit": may(request.agent, EDIT_KNOWLEDGE),
    }
