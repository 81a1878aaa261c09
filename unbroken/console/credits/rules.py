"""What follows from a missed promise of an agreement: set, switched, taken from a preset."""

from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest
from unbroken.console.admin.agreements import agreement_page, agreement_row, doing
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, done
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.promise import credits
from unbroken.promise.consequences import all_consequences
from unbroken.promise.queries.owed import rules_of


@doing
@require_POST
def preset(request: AgentRequest, agreement_id: int) -> HttpResponse:
    """The rules of a law or regulator, with their dates."""
    row = agreement_row(agreement_id)
    key = request.POST.get("preset", "")
    wrong = attempt(
        lambda: credits.take_preset(agreement=row.key, key=key, by=request.actor, at=now())
    )
    if wrong:
        return agreement_page(request, row, wrong)
    return done(request, CHANGED, "console:admin_agreement", row.id)


@doing
@require_POST
def consequences(request: AgentRequest, agreement_id: int) -> HttpResponse:
    """One more thing that follows."""
    row = agreement_row(agreement_id)
    wrong = attempt(lambda: _set(request, row.key))
    if wrong:
        return agreement_page(request, row, wrong)
    return done(request, CHANGED, "console:admin_agreement", row.id)


@doing
@require_POST
def switch(request: AgentRequest, agreement_id: int, rule_id: int) -> HttpResponse:
    """It follows from now on, or no longer."""
    row = agreement_row(agreement_id)
    if rule_id not in {rule.id for rule in rules_of(row.key)}:
        raise Http404("consequence")
    is_on = request.POST.get("on") == "yes"
    credits.switch_consequence(rule_id=rule_id, is_on=is_on, by=request.actor, at=now())
    return done(request, CHANGED, "console:admin_agreement", row.id)


def _set(request: AgentRequest, agreement: str) -> None:
    kind = request.POST.get("kind", "")
    known = all_consequences().get(kind)
    wanted = {*(known.fields if known else ())}
    if known and known.owed:
        wanted |= {credits.LIMIT}
    if known and "amount" in known.fields:
        wanted |= {"currency"}
    given = {name: cleaned(request.POST.get(name), 20).replace(",", ".") for name in wanted}
    credits.set_consequence(
        agreement=agreement,
        measure=request.POST.get("measure", ""),
        kind=kind,
        settings={name: text for name, text in given.items() if text},
        valid_from=_day(request, "from"),
        valid_until=_day(request, "until"),
        by=request.actor,
        at=now(),
    )


def _day(request: AgentRequest, name: str) -> date | None:
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("admin.bad_date") from None
