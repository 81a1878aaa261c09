"""Credits of a month: what waits for approval, the statement per customer and in all, as CSV."""

import re
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import attempt, cleaned, page
from unbroken.console.credits.words import STATES, WHENCE
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import _, in_language
from unbroken.promise import credits as money
from unbroken.promise.billing import is_wanted
from unbroken.promise.measures import all_measures
from unbroken.promise.queries import owed
from unbroken.promise.queries.owed import CreditRow
from unbroken.staffing.permissions import APPROVE_CREDITS, READ_ADMINISTRATION
from unbroken.staffing.state import traces

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
DECIDED = _("Kept.")
HEAD = (
    "credit", "state", "customer", "customer_key", "service", "ticket", "promise", "consequence",
    "day", "amount", "currency", "due_at", "booked_at", "reason", "told_at",
)  # fmt: skip
"""For billing's program: the same in every language."""

reading = allowed(do=APPROVE_CREDITS, read=READ_ADMINISTRATION)
doing = allowed(do=APPROVE_CREDITS)


@reading
@require_GET
def credits(request: AgentRequest) -> HttpResponse:
    """The credits of a month."""
    return _page(request)


@reading
@require_GET
def credits_csv(request: AgentRequest) -> HttpResponse:
    """The same for billing."""
    month, since, until = _month(request)
    traces.note_export(request.agent.id, "credits", note=month, at=now())
    found = owed.credits(since=since, until=until)
    body = b"".join(sheet.lines(HEAD, (_cells(one) for one in found)))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="credits-{month}.csv"'
    return answer


@doing
@require_POST
def decide(request: AgentRequest, credit_id: int) -> HttpResponse:
    """Approved, refused, or taken back with a reason."""
    state, reason = request.POST.get("state", ""), cleaned(request.POST.get("reason"), 500)
    if not owed.is_credit(credit_id):
        raise Http404("credit")
    wrong = attempt(
        lambda: money.decide_credit(
            credit_id=credit_id, state=state, reason=reason, by=request.actor, at=now()
        )
    )
    if wrong:
        return _page(request, wrong)
    tell(request, in_language(DECIDED))
    return go(f"{reverse('console:credits')}?month={_month(request)[0]}")


def _page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    month, since, until = _month(request)
    found = owed.credits(since=since, until=until)
    of_customers, whole = owed.sums(found)
    return page(
        request,
        "console/credits/show.html",
        "credits",
        wrong=wrong,
        month=month,
        credits=found,
        of_customers=of_customers,
        whole=whole,
        states=STATES,
        is_told=is_wanted(),
        kinds=WHENCE,
        measures={key: one.label for key, one in all_measures().items()},
    )


def _month(request: AgentRequest) -> tuple[str, datetime, datetime]:
    """The month asked for, in UTC as the record; the present one if none is."""
    asked = MONTH.fullmatch(request.POST.get("month") or request.GET.get("month") or "")
    at = now().astimezone(UTC)
    year, month = (int(asked[1]), int(asked[2])) if asked else (at.year, at.month)
    since = datetime(year, month, 1, tzinfo=UTC)
    until = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return f"{year}-{month:02}", since, until


def _cells(one: CreditRow) -> tuple[object, ...]:
    return (
        one.id, one.state, one.customer, one.customer_key, one.service_key, one.ticket_id,
        one.measure, one.kind, one.step, f"{one.amount:.2f}", one.currency, one.due_at,
        one.booked_at, one.reason, one.told_at,
    )  # fmt: skip
