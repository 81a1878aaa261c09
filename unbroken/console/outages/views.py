"""The list of problems, and one problem with everything that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import ANYBODY, AgentRequest, allowed, may
from unbroken.console.outages import wording
from unbroken.console.outages.picture import Drawn, drawn
from unbroken.console.outages.timeline import timeline
from unbroken.console.planned.frame import for_field
from unbroken.conversation.queries import count_joined, joined_to
from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.directory.ids import ServiceId
from unbroken.evidence.queries.windows import window_called
from unbroken.ground.clock import now
from unbroken.ground.log import events_of, words_of
from unbroken.ground.pages import answer
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.telling.overview import unreached
from unbroken.intake.well.questions import counts_of
from unbroken.outage import queries, states
from unbroken.outage.news.clock import WARN_BEFORE, usual_span
from unbroken.outage.queries.problems import Affected, Problem
from unbroken.staffing.permissions import MANAGE_PROBLEMS, SEE_REPORTS

PAST = timedelta(days=90)
SHOWN_MAX = 200
NONE = (0, 0, 0)

looking = allowed(do=MANAGE_PROBLEMS, read=ANYBODY)


@dataclass(frozen=True, slots=True)
class Line:
    """A problem in the list; `minutes_lost`: of all its services together."""

    problem: Problem
    cause: str
    joined: int
    away: int
    affected: int
    minutes_lost: int


@looking
@require_GET
def problems(request: AgentRequest) -> HttpResponse:
    """What is wrong now, on a sketch of the network; and what was."""
    return listed(request)


def listed(request: AgentRequest, *, wrong: str = "") -> HttpResponse:
    """The page of the list; `wrong` is what was refused."""
    at = now()
    found = queries.latest_problems(since=at - PAST)
    joined = count_joined([one.id for one in found])
    sums = queries.sums_of([one.id for one in found], at=at)
    lines = [
        Line(one, wording.cause_words(one.cause), joined.get(one.id, 0), *sums.get(one.id, NONE))
        for one in found
    ]
    often = queries.repeat_offenders(since=at - PAST)
    shown = {
        "now_lines": [one for one in lines if one.problem.is_open],
        "past_lines": [one for one in lines if not one.problem.is_open],
        "often": often,
        "elements": queries.element_names(),
        "at": at,
    }
    return page(request, "console/outages/problems.html", wrong=wrong, **shown)


@looking
@require_GET
def problem(request: AgentRequest, problem_id: int) -> HttpResponse:
    """One problem."""
    return show(request, problem_id)


def show(request: AgentRequest, problem_id: int, *, wrong: str = "") -> HttpResponse:
    """The page of one problem; `wrong` is what was refused."""
    found = queries.problem(problem_id)
    if found is None:
        raise Http404("problem")
    at, zone = now(), request.agent.timezone
    affected = queries.affected_by(problem_id)
    cards = directory.services([ServiceId(one.service_id) for one in affected[:SHOWN_MAX]])
    events = events_of([f"problem:{problem_id}"])
    kept = [found.news_id, found.workaround_id, found.root_cause_id, found.lesson_id]
    said, partners = words_of(kept), directory.partners()
    shown = {
        "problem": found,
        "cause": wording.cause_words(found.cause),
        "causes": [("", "–"), *((key, wording.cause_words(key)) for key in wording.CAUSES)],
        "affected": _affected(affected, cards),
        "count": len({one.service_id for one in affected}),
        "away": sum(1 for one in affected if one.until is None),
        "more": max(0, len(affected) - SHOWN_MAX),
        "joined": joined_to(problem_id, limit=SHOWN_MAX),
        "joined_count": count_joined([problem_id]).get(problem_id, 0),
        "timeline": timeline(events, {int(one.id): one.name for one in partners}),
        "news": said.get(found.news_id or 0),
        "workaround": said.get(found.workaround_id or 0),
        "root_cause": said.get(found.root_cause_id or 0),
        "lesson": said.get(found.lesson_id or 0),
        "next_field": for_field(at + usual_span(events, timedelta(hours=2)), zone),
        "news_risk_at": found.next_news_at - WARN_BEFORE if found.next_news_at else None,
        "is_late": found.next_news_at is not None and found.next_news_at < at,
        "partners": [("", "–"), *((str(one.id), one.name) for one in partners)],
        "partner_name": next((one.name for one in partners if one.id == found.partner_id), ""),
        "window": window_called(found.announced) if found.announced else None,
        "well": counts_of(problem_id) if found.until else None,
        "backups": queries.backups_of(problem_id),
        "unreached": unreached(problem_id),
        "unreached_words": wording.UNREACHED,
        "came_back": wording.CAME_BACK,
        "picture": _picture(found),
        "service_choices": [
            (str(card.id), card.key or str(card.id)) for _one, card in _affected(affected, cards)
        ],
        "step_choices": _pairs(wording.STEPS),
        "backup_choices": _pairs(wording.BACKUPS),
        "state_choices": _pairs(wording.BACKUP_STATES),
    }
    return page(request, "console/outages/problem.html", wrong=wrong, **shown)


def _affected(
    affected: list[Affected], cards: dict[ServiceId, ServiceCard]
) -> list[tuple[Affected, ServiceCard]]:
    here = [one for one in affected[:SHOWN_MAX] if one.service_id in cards]
    return [(one, cards[ServiceId(one.service_id)]) for one in here]


def _pairs(words: Mapping[str, Phrase]) -> list[tuple[str, str]]:
    return [(key, in_language(word)) for key, word in words.items()]


def _picture(found: Problem) -> Drawn:
    return drawn(directory.way_up(found.element), queries.children_of_element(found.element))


PLACES = (
    ("list", "console:problems", _("Problems"), ANYBODY),
    ("now", "console:network_now", _("The network now"), ANYBODY),
    ("after", "console:outages_after", _("What outages cost"), SEE_REPORTS),
)


def page(request: AgentRequest, template: str, *, wrong: str = "", **context: Any) -> HttpResponse:
    """A page of the problems."""
    shown = {**words_shown(request), "wrong": [wrong] if wrong else [], **context}
    return answer(request, template, shown, status=422 if wrong else 200)


def words_shown(request: AgentRequest) -> dict[str, Any]:
    """What every page about problems needs: its places, the words for states and steps."""
    return {
        "agent": request.agent,
        "place": "problems",
        "section": "list",
        "places": [one for one in PLACES if may(request.agent, one[3])],
        "may_manage": may(request.agent, MANAGE_PROBLEMS),
        "states": wording.STATES,
        "severities": wording.SEVERITIES,
        "origins": wording.ORIGINS,
        "steps": wording.STEPS,
        "backup_words": wording.BACKUPS,
        "backup_states": wording.BACKUP_STATES,
        "open_states": states.OPEN,
    }
