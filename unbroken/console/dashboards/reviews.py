"""Answers sampled for review: drawn by chance, read again beside their question, on record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, allowed, may, sight
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import Tile, page
from unbroken.console.pictures import number
from unbroken.console.tickets.counting import Size
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.sql import row, rows
from unbroken.ground.words import _, in_language
from unbroken.quality import actions as quality
from unbroken.quality.ids import ReviewId
from unbroken.staffing.permissions import REVIEW_ANSWERS
from unbroken.staffing.queries import AgentCard

SHOWN_MOST = 50
DRAWN, NONE_LEFT = _("Drawn: {n}."), _("Last week left nothing more to draw.")
REVIEWED, WAS = _("Answers reviewed"), _("before: {was}")
ON_AVERAGE = _("{mark} of 5 on average")
KEPT = _("Thank you. It is on record.")
MARKS = {
    "5": _("5 – as it should be"),
    "4": _("4 – good"),
    "3": _("3 – will do"),
    "2": _("2 – weak"),
    "1": _("1 – wrong or unkind"),
}


@dataclass(frozen=True, slots=True)
class _Reviewed:
    amount: int
    mark: float | None
    before: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An answer drawn, with its question; mark, reviewer and comment once it is done."""

    id: int
    ticket_id: int
    message_id: int
    day: date
    mark: int | None
    done_at: datetime | None
    writer: str
    reviewer: str
    subject: str
    answer: str
    question: str
    comment: str


def reviewed_tile(agent: AgentCard, span: timedelta, *, until: datetime, mine: bool) -> Tile:
    """How many answers were read again, how good they were, and how many before."""
    found = row(
        _Reviewed, "console/dashboards/queries/reviewed.sql", since=until - span,
        before=until - span - span, until=until, mine=mine, **sight(agent),
    )  # fmt: skip
    assert found is not None
    more = in_language(WAS, was=found.before)
    if found.mark is not None:
        more = f"{in_language(ON_AVERAGE, mark=number(found.mark))} · {more}"
    return Tile(
        in_language(REVIEWED), str(Size(found.amount)), reverse("console:reviews"), "", more
    )


@agent_required
@require_GET
def reviews(request: AgentRequest) -> HttpResponse:
    """What waits for who reads again, and what was said; everybody else: of their own answers."""
    may_review = may(request.agent, REVIEW_ANSWERS)
    context = {
        "waiting": _found(request.agent, is_done=False) if may_review else [],
        "done": _found(request.agent, is_done=True),
        "may_review": may_review,
        "short": days.short,
        "marks": [("", "–"), *((key, in_language(word)) for key, word in MARKS.items())],
    }
    return page(request, "console/dashboards/reviews.html", "reviews", context)


@allowed(do=REVIEW_ANSWERS)
@require_POST
def draw(request: AgentRequest) -> HttpResponse:
    """Chance takes some of last week's answers."""
    drawn = len(quality.draw_answers(by=request.actor, at=now()))
    tell(request, in_language(DRAWN, n=drawn) if drawn else in_language(NONE_LEFT))
    return go(reverse("console:reviews"))


@allowed(do=REVIEW_ANSWERS)
@require_POST
def review(request: AgentRequest, review_id: int) -> HttpResponse:
    """A mark and a comment for an answer that waits for this reader."""
    known = [one.id for done in (False, True) for one in _found(request.agent, is_done=done)]
    if review_id not in known:
        raise Http404("review")
    mark = request.POST.get("mark", "")
    try:
        quality.review_answer(
            review_id=ReviewId(review_id), mark=int(mark) if mark in MARKS else 0,
            comment=request.POST.get("comment", ""), reviewer_id=request.agent.id, at=now(),
        )  # fmt: skip
        tell(request, in_language(KEPT))
    except Refused as refused:
        tell(request, refused.in_words())
    return go(reverse("console:reviews"))


def _found(agent: AgentCard, *, is_done: bool) -> list[Reviewed]:
    return rows(
        Reviewed, "console/dashboards/queries/reviews.sql", is_done=is_done, most=SHOWN_MOST,
        for_all=may(agent, REVIEW_ANSWERS), **sight(agent),
    )  # fmt: skip
