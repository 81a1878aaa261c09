"""A missed promise of Anneke's request, what follows from it, and a credit: for the walks."""

from decimal import Decimal
from typing import Any

from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import begin
from unbroken.ground.clock import now
from unbroken.promise import credits
from unbroken.promise.events import CreditBooked, PromiseMissed
from unbroken.promise.models import Agreement, Credit, Violation
from unbroken.promise.objectives import set_period_objective
from unbroken.promise.queries import owed
from unbroken.promise.queries.within import period_objectives


def rule_of(agreement_id: int) -> int:
    """Something that follows under an agreement."""
    key = Agreement.objects.values_list("key", flat=True).get(pk=agreement_id)
    known = owed.rules_of(key)
    if known:
        return known[0].id
    return credits.set_consequence(
        agreement=key, measure="first_answer", kind="apology", settings={}, by=HOUSE, at=now()
    )


def miss_of(ticket: int, agreement: str) -> int:
    """A missed promise of this ticket."""
    known = owed.misses_of(ticket)
    if known:
        return known[0].id
    at = now()
    with begin(Violation, by=HOUSE, at=at) as violation:
        violation.ticket_id, violation.measure = ticket, "first_answer"
        violation.agreement, violation.priority, violation.cause = agreement, "moderate", 1
        violation.started_at = violation.due_at = at
        violation.tell(PromiseMissed(TicketId(ticket), "first_answer", agreement, at))
    return int(violation.id)


def credit_of(ticket: int, agreement_id: int) -> int:
    """A credit for it."""
    known = owed.credits(ticket_id=ticket)
    if known:
        return known[0].id
    key = Agreement.objects.values_list("key", flat=True).get(pk=agreement_id)
    miss, rule = miss_of(ticket, key), rule_of(agreement_id)
    with begin(Credit, by=HOUSE, at=now()) as credit:
        credit.violation_id, credit.rule_id = miss, rule
        credit.step, credit.ticket_id = 1, ticket
        credit.amount, credit.currency, credit.state = Decimal(5), "EUR", "waits"
        credit.booked_at = now()
        credit.tell(CreditBooked(ticket, "5.00", "EUR", "waits"))
    return int(credit.id)


def month_of(crowd: Any) -> dict[str, object]:
    """Something promised over a month."""
    key = Agreement.objects.values_list("key", flat=True).get(pk=crowd.agreement)
    known = [one.id for one in period_objectives(key)]
    objective = (
        known[0]
        if known
        else set_period_objective(
            agreement=key, measure="availability", percent=Decimal(99), by=HOUSE, at=now()
        )
    )
    return {"agreement_id": crowd.agreement, "objective_id": objective}
