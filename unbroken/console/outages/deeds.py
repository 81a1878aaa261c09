"""What a colleague does about a problem: one address, one form each, one action each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import attempt, cleaned, done
from unbroken.console.outages import views, wording
from unbroken.console.planned.frame import typed_time
from unbroken.directory import queries as directory
from unbroken.directory.topology_queries import services_below
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.intake.actions.news import record_called
from unbroken.intake.telling.overview import unreached
from unbroken.outage import actions, queries
from unbroken.outage.alone import one_at_a_time
from unbroken.outage.following import severity_of
from unbroken.outage.ids import ProblemId
from unbroken.staffing.permissions import MANAGE_PROBLEMS

DONE = _("Done. It is on the record.")
OPENED = _("The problem is open; requests about these services join it.")

managing = allowed(do=MANAGE_PROBLEMS)


@managing
@require_POST
def opening(request: AgentRequest) -> HttpResponse:
    """Somebody knows that something failed before the records say so."""
    element = cleaned(request.POST.get("element"))
    opened: list[ProblemId] = []
    with one_at_a_time():
        wrong = attempt(lambda: opened.append(_open(request, element)))
    if wrong:
        return views.listed(request, wrong=wrong)
    return done(request, OPENED, "console:problem", opened[0])


def _open(request: AgentRequest, element: str) -> ProblemId:
    at = now()
    below = services_below(element)
    if not below:
        raise Refused("problem.no_element")
    same = next((one for one in queries.open_problems() if one.element == element), None)
    if same is not None:
        raise Refused("problem.is_open", problem=same.id)
    services = {one.id: at for one in below}
    return actions.open_problem(
        element=element,
        origin="agent",
        severity=severity_of(services),
        since=at,
        services=services,
        by=request.actor,
        at=at,
    )


@managing
@require_POST
def changes(request: AgentRequest, problem_id: int) -> HttpResponse:
    """One of the forms of its page."""
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None or queries.problem(problem_id) is None:
        return views.show(request, problem_id, wrong=Refused("problem.nothing_said").in_words())
    told = {"problem_id": ProblemId(problem_id), "by": request.actor, "at": now()}
    wrong = attempt(lambda: deed(request, told))
    if wrong:
        return views.show(request, problem_id, wrong=wrong)
    return done(request, DONE, "console:problem", problem_id)


def _text(request: AgentRequest, name: str = "text") -> str:
    return request.POST.get(name, "").replace("\0", "")


def _news(request: AgentRequest, told: dict[str, Any]) -> None:
    next_at = typed_time(request.POST.get("next_at", ""), request.agent.timezone)
    actions.give_news(text=_text(request), next_at=next_at, **told)


def _promise(request: AgentRequest, told: dict[str, Any]) -> None:
    next_at = typed_time(request.POST.get("next_at", ""), request.agent.timezone)
    actions.promise_news(next_at=next_at, **told)


def _step(request: AgentRequest, told: dict[str, Any]) -> None:
    step = cleaned(request.POST.get("step"), 20)
    minutes = cleaned(request.POST.get("minutes"), 4)
    actions.take_step(step=step, minutes=_number(minutes) if step == "minutes" else None, **told)


def _partner(request: AgentRequest, told: dict[str, Any]) -> None:
    partner = _number(cleaned(request.POST.get("partner"), 12))
    ticket = cleaned(request.POST.get("ticket"))
    known = {int(one.id) for one in directory.partners()}
    if partner is not None and partner not in known:
        raise Refused("problem.unknown_value", value=str(partner))
    actions.ask_partner(partner_id=partner, ticket=ticket, **told)


def _workaround(request: AgentRequest, told: dict[str, Any]) -> None:
    actions.tell_workaround(text=_text(request), **told)


def _cause(request: AgentRequest, told: dict[str, Any]) -> None:
    cause = cleaned(request.POST.get("cause"), 40)
    if cause not in wording.CAUSES:
        raise Refused("problem.unknown_value", value=cause)
    actions.confirm_cause(cause=cause, **told)


def _backup(request: AgentRequest, told: dict[str, Any]) -> None:
    service = _number(cleaned(request.POST.get("service"), 12))
    if service is None:
        raise Refused("problem.not_affected")
    actions.set_backup(
        service_id=service,
        kind=cleaned(request.POST.get("kind"), 20),
        state=cleaned(request.POST.get("state"), 20),
        **told,
    )


def _end(request: AgentRequest, told: dict[str, Any]) -> None:
    """Each line is asked for its own evidence: who is still silent stays open alone."""
    left = queries.still_silent(told["problem_id"])
    actions.end_problem(until=told["at"], left=left, **told)


def _reopen(request: AgentRequest, told: dict[str, Any]) -> None:
    actions.reopen_problem(since=told["at"], **told)


def _close(request: AgentRequest, told: dict[str, Any]) -> None:
    actions.close_problem(**told)


def _cancel(request: AgentRequest, told: dict[str, Any]) -> None:
    actions.cancel_problem(why=_text(request), **told)


def _learn(request: AgentRequest, told: dict[str, Any]) -> None:
    actions.learn(root_cause=_text(request, "root_cause"), lesson=_text(request, "lesson"), **told)


def _called(request: AgentRequest, told: dict[str, Any]) -> None:
    """Somebody whom no mail reached was called; only of this problem's own list."""
    letter = _number(cleaned(request.POST.get("letter"), 12))
    problem = int(told["problem_id"])
    if letter is None or letter not in {one.id for one in unreached(problem)}:
        raise Refused("problem.nothing_said")
    record_called(letter_id=letter, by=told["by"], at=told["at"])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


DEEDS: dict[str, Callable[[AgentRequest, dict[str, Any]], None]] = {
    "news": _news,
    "promise": _promise,
    "step": _step,
    "partner": _partner,
    "workaround": _workaround,
    "cause": _cause,
    "backup": _backup,
    "called": _called,
    "end": _end,
    "reopen": _reopen,
    "close": _close,
    "cancel": _cancel,
    "learn": _learn,
}
