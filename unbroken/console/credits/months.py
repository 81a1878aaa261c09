"""What an agreement promises over a month: a share within a time, or availability."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest
from unbroken.console.admin.agreements import agreement_page, agreement_row, doing
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, done
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.promise.objectives import end_period_objective, set_period_objective
from unbroken.promise.queries.within import period_objectives
from unbroken.promise.spans import seconds_of

refusals({"period_objective.bad_time": _("“{word}” is no time such as 0:20 or 30 min.")})


@doing
@require_POST
def months(request: AgentRequest, agreement_id: int) -> HttpResponse:
    """One more."""
    row = agreement_row(agreement_id)
    wrong = attempt(lambda: _set(request, row.key))
    if wrong:
        return agreement_page(request, row, wrong)
    return done(request, CHANGED, "console:admin_agreement", row.id)


@doing
@require_POST
def end(request: AgentRequest, agreement_id: int, objective_id: int) -> HttpResponse:
    """It is promised no longer."""
    row = agreement_row(agreement_id)
    if objective_id not in {one.id for one in period_objectives(row.key)}:
        raise Http404("objective")
    end_period_objective(objective_id=objective_id, by=request.actor, at=now())
    return done(request, CHANGED, "console:admin_agreement", row.id)


def _set(request: AgentRequest, agreement: str) -> None:
    text = cleaned(request.POST.get("within"), 20)
    seconds = seconds_of(text) if text else None
    if text and seconds is None:
        raise Refused("period_objective.bad_time", word=text)
    values: dict[str, Any] = {"seconds": seconds, "measure": request.POST.get("measure", "")}
    set_period_objective(
        agreement=agreement,
        percent=_percent(cleaned(request.POST.get("percent"), 10)),
        by=request.actor,
        at=now(),
        **values,
    )


def _percent(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation as error:
        raise Refused("period_objective.bad_percent") from error
