"""The report builder: ask, look, keep, share, take away as a table, have it mailed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import page
from unbroken.console.reports.asking import (
    CHARTS,
    EVERY,
    GROUPS,
    MEASURES,
    PERIODS,
    Question,
    measure_name,
    period_of,
    read_question,
)
from unbroken.console.reports.by_field import field_groups, number_measures
from unbroken.console.reports.drawing import Drawn, drawn, table_of
from unbroken.console.reports.running import asked
from unbroken.console.saved_lists.queries import may_share_with_all, team_choices
from unbroken.console.tickets.export import as_file
from unbroken.console.tickets.filters import read
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import Phrase, _, in_language
from unbroken.quality.state import reports as kept
from unbroken.quality.state.reports import Saved
from unbroken.staffing.permissions import ANSWER, SEE_REPORTS
from unbroken.staffing.queries import AgentCard

PART = ("console/reports/_answer.html",)
KEPT, DROPPED, MAILED = _("Kept."), _("The report is gone."), _("Kept: {every}.")
NEEDS_NAME = _("Give the report a name.")
NUMBER_DIGITS_MAX = 10
NOTHING: tuple[str, str] = ("", "–")


@allowed(do=SEE_REPORTS)
@require_GET
def builder(request: AgentRequest) -> HttpResponse:
    """A question and its answer; without one, the reports that are kept."""
    question = read_question(request.GET.dict())
    is_asked = "group" in request.GET
    return _shown(request, question, _begun_from(request), is_asked=is_asked)


@allowed(do=SEE_REPORTS)
@require_GET
def report(request: AgentRequest, report_id: int) -> HttpResponse:
    """A report that somebody keeps, asked anew with the reader's own rights."""
    saved = _saved(request.agent, report_id)
    return _shown(request, read_question(saved.asked), saved, is_asked=True)


@allowed(do=SEE_REPORTS)
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """The same as a table for spreadsheets."""
    question = read_question(request.GET.dict())
    at = now()
    found = asked(request.agent, question, day=days.today(at), at=at)
    shown = drawn(question, found.rows, day=days.today(at))
    return as_file("report.csv", table_of(question, shown))


@allowed(do=SEE_REPORTS)
@require_POST
def keep(request: AgentRequest) -> HttpResponse:
    """The question gets a name."""
    _must_be_able_to_change(request.agent)
    question = read_question(request.POST.dict())
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())
    if not name:
        tell(request, in_language(NEEDS_NAME))
        return go(address(question))
    scope, team_id = _scope(request.agent, request.POST.get("scope", ""))
    made = kept.keep(
        name=name, asked=question.as_kept(), scope=scope, team_id=team_id,
        owner_id=request.agent.id, at=now(),
    )  # fmt: skip
    tell(request, in_language(KEPT))
    return go(reverse("console:report", args=[made]))


@allowed(do=SEE_REPORTS)
@require_POST
def change(request: AgentRequest, report_id: int) -> HttpResponse:
    """A report that is kept asks what stands above from now on."""
    _must_be_able_to_change(request.agent)
    saved = _saved(request.agent, report_id)
    question = read_question(request.POST.dict())
    name = " ".join(request.POST.get("name", "").replace("\0", "").split()) or saved.name
    if not _is_theirs(request.agent, saved):
        raise PermissionDenied
    kept.alter(saved.id, name=name, asked=question.as_kept())
    tell(request, in_language(KEPT))
    return go(reverse("console:report", args=[saved.id]))


@allowed(do=SEE_REPORTS)
@require_POST
def end(request: AgentRequest, report_id: int) -> HttpResponse:
    """Nobody needs it any more."""
    _must_be_able_to_change(request.agent)
    saved = _saved(request.agent, report_id)
    if _is_theirs(request.agent, saved):
        kept.drop(saved.id)
        tell(request, in_language(DROPPED))
    return go(reverse("console:reports"))


@allowed(do=SEE_REPORTS)
@require_POST
def mail(request: AgentRequest, report_id: int) -> HttpResponse:
    """I want it by mail so often; others who find it decide for themselves."""
    _must_be_able_to_change(request.agent)
    saved = _saved(request.agent, report_id)
    every = request.POST.get("every", "")
    every = every if every in EVERY else ""
    kept.wish(
        report_id=saved.id, agent_id=request.agent.id, every=every,
        period=period_of(every, days.today(now())),
    )  # fmt: skip
    tell(request, in_language(MAILED, every=EVERY[every]))
    return go(reverse("console:report", args=[saved.id]))


def address(question: Question) -> str:
    """Where a question is asked."""
    return f"{reverse('console:reports')}?{urlencode(question.as_kept())}"


def _shown(
    request: AgentRequest, question: Question, saved: Saved | None, *, is_asked: bool
) -> HttpResponse:
    at = now()
    day = days.today(at)
    again = "again" in request.GET
    found = asked(request.agent, question, day=day, at=at, is_again=again) if is_asked else None
    shown: Drawn | None = drawn(question, found.rows, day=day) if found else None
    context: dict[str, Any] = {
        "question": question,
        "unknown": read(question.words).unknown,
        "saved": saved,
        "found": found,
        "drawn": shown,
        "is_waiting": found is not None and found.state == "waiting",
        "here": request.get_full_path(),
        "again": f"{request.path}?{urlencode({**request.GET.dict(), 'again': '1'})}",
        "query": urlencode(question.as_kept()),
        "choices": _choices(),
        "reports": kept.saved_reports(
            agent_id=request.agent.id, team_ids=list(request.agent.team_ids)
        ),
        "scopes": _scopes(request.agent),
        "may_keep": may(request.agent, ANSWER),
        "may_end": saved is not None and _is_theirs(request.agent, saved),
        "is_altered": saved is not None and read_question(saved.asked) != question,
        "group_names": _group_names(question),
        "measure_name": measure_name(question.measure),
    }
    return page(request, "console/reports/report.html", "reports", context, parts=PART)


def _choices() -> dict[str, list[tuple[str, str]]]:
    groups = [*_worded(GROUPS), *field_groups()]
    return {
        "group": groups,
        "second": [NOTHING, *groups],
        "measure": [*_worded(MEASURES), *number_measures()],
        "chart": _worded(CHARTS),
        "period": _worded(PERIODS),
        "every": _worded(EVERY),
    }


def _group_names(question: Question) -> list[str]:
    named = dict(field_groups())
    return [
        in_language(GROUPS[name]) if name in GROUPS else named.get(name, name)
        for name in question.groups
    ]


def _worded(phrases: dict[str, Phrase]) -> list[tuple[str, str]]:
    return [(key, in_language(phrase)) for key, phrase in phrases.items()]


def _scopes(agent: AgentCard) -> list[tuple[str, str]]:
    everybody = [("all", in_language(FOR_ALL))] if may_share_with_all(agent) else []
    return [("mine", in_language(FOR_ME)), *team_choices(agent), *everybody]


FOR_ME, FOR_ALL = _("For me"), _("For everybody")


def _scope(agent: AgentCard, asked_for: str) -> tuple[str, int | None]:
    """For whom it is kept, as far as this agent may say so."""
    if asked_for not in {key for key, _name in _scopes(agent)}:
        return "mine", None
    kind, _colon, team = asked_for.partition(":")
    return (kind, int(team)) if team else (kind, None)


def _saved(agent: AgentCard, report_id: int) -> Saved:
    """A report that this agent finds; not found otherwise."""
    found = kept.saved_reports(agent_id=agent.id, team_ids=list(agent.team_ids))
    for one in found:
        if one.id == report_id:
            return one
    raise Http404("report")


def _is_theirs(agent: AgentCard, saved: Saved) -> bool:
    """Whether it is theirs to change and to end."""
    return saved.owner_id == agent.id or may_share_with_all(agent)


def _begun_from(request: AgentRequest) -> Saved | None:
    """The report that is kept from which this question was begun, if it is still there."""
    number = request.GET.get("of", "")
    if not (number.isascii() and number.isdigit() and len(number) < NUMBER_DIGITS_MAX):
        return None
    try:
        return _saved(request.agent, int(number))
    except Http404:
        return None


def _must_be_able_to_change(agent: AgentCard) -> None:
    """Whoever only reads keeps nothing."""
    if not may(agent, ANSWER):
        raise PermissionDenied
