"""Misses, what follows from them, and the credits that were booked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from unbroken.ground.sql import row, rows
from unbroken.promise.consequences import all_consequences
from unbroken.promise.models import Credit, Follows, Violation

GROWN_FOR = timedelta(days=2)
"""A miss that ended is looked at once more by the loop, however late the loop is."""


@dataclass(frozen=True, slots=True)
class StoredMiss:
    """One line of `violated.sql`."""

    id: int
    ticket_id: int
    measure: str
    agreement: str
    due_at: datetime
    excuse: str
    evidence: int | None
    ended_at: datetime | None
    customer_id: int | None
    service_id: int | None
    monthly_price: Decimal | None
    currency: str
    booked: list[str]


@dataclass(frozen=True, slots=True)
class ViolatedRow:
    """A miss with whose it was, what the service costs, and which steps are booked already."""

    id: int
    ticket_id: int
    measure: str
    agreement: str
    due_at: datetime
    excuse: str
    ended_at: datetime | None
    customer_id: int | None
    service_id: int | None
    monthly_price: Decimal | None
    currency: str
    booked: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What follows from missing a measure of an agreement."""

    id: int
    agreement: str
    measure: str
    kind: str
    settings: Mapping[str, Any]
    valid_from: date | None
    valid_until: date | None
    source: str
    mark: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A credit as it is listed, approved and exported."""

    id: int
    ticket_id: int
    customer_id: int | None
    customer: str
    customer_key: str
    service_key: str
    measure: str
    kind: str
    step: int
    amount: Decimal
    currency: str
    state: str
    told_at: datetime | None
    problem: str
    booked_at: datetime
    due_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class MissRow:
    """A miss of a ticket, and what excuses it."""

    id: int
    measure: str
    due_at: datetime
    excuse: str
    evidence: int | None


@dataclass(frozen=True, slots=True)
class _Number:
    id: int


def violated(violation_id: int) -> ViolatedRow | None:
    """One miss; None when there is no such."""
    found = row(StoredMiss, "promise/queries/violated.sql", violation_id=violation_id)
    if found is None:
        return None
    booked = frozenset(tuple(map(int, one.split("/"))) for one in found.booked)
    return ViolatedRow(
        found.id, found.ticket_id, found.measure, found.agreement, found.due_at, found.excuse,
        found.ended_at, found.customer_id, found.service_id, found.monthly_price, found.currency,
        booked,  # type: ignore[arg-type]
    )  # fmt: skip


def misses_of(ticket_id: int) -> list[MissRow]:
    """The misses of a ticket in the order in which they were due."""
    columns = MissRow.__slots__
    found = Violation.objects.filter(ticket_id=ticket_id).order_by("due_at", "id")
    return [MissRow(*values) for values in found.values_list(*columns)]


def rules_of(agreement: str) -> list[RuleRow]:
    """Everything that follows under an agreement, also what is switched off or over."""
    columns = RuleRow.__slots__
    found = Follows.objects.filter(agreement=agreement).order_by("measure", "valid_from", "id")
    return [RuleRow(*values) for values in found.values_list(*columns)]


def rules_for(missed: ViolatedRow) -> Sequence[RuleRow]:
    """What follows from a miss: the rules that held on the day on which it was due."""
    day = missed.due_at.date()
    return [
        rule
        for rule in rules_of(missed.agreement)
        if rule.is_on
        and rule.measure == missed.measure
        and (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_until is None or day <= rule.valid_until)
    ]


def growing(*, at: datetime) -> list[int]:
    """Misses that go on, or ended lately, under a rule that owes more day by day."""
    kinds = sorted(key for key, one in all_consequences().items() if one.grows)
    found = rows(_Number, "promise/queries/growing.sql", kinds=kinds, since=at - GROWN_FOR)
    return [one.id for one in found]


def credits(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    ticket_id: int | None = None,
    customer_id: int | None = None,
    credit_id: int | None = None,
    limit: int = 10_000,
) -> list[CreditRow]:
    """Credits booked between two instants, of one ticket or customer or all, the newest first."""
    return rows(
        CreditRow,
        "promise/queries/credits.sql",
        since=since,
        until=until,
        ticket_id=ticket_id,
        customer_id=customer_id,
        credit_id=credit_id,
        limit=limit,
    )


def credit_row(credit_id: int) -> CreditRow | None:
    """One credit."""
    return next(iter(credits(credit_id=credit_id)), None)


def is_credit(credit_id: int) -> bool:
    """Whether there is a credit with this number."""
    return Credit.objects.filter(pk=credit_id).exists()


@dataclass(frozen=True, slots=True)
class Sum:
    """What is booked for one customer in one currency."""

    customer_id: int | None
    customer: str
    currency: str
    amount: Decimal
    count: int


def sums(found: Sequence[CreditRow]) -> tuple[list[Sum], list[Sum]]:
    """The statement: per customer, and in all; only what is booked counts."""
    return list(_sums(found, by_customer=True)), list(_sums(found, by_customer=False))


def _sums(found: Sequence[CreditRow], *, by_customer: bool) -> Iterator[Sum]:
    amounts: dict[tuple[int | None, str, str], list[Decimal]] = {}
    for one in found:
        if one.state == "booked":
            whose = (one.customer_id, one.customer) if by_customer else (None, "")
            amounts.setdefault((*whose, one.currency), []).append(one.amount)
    for (customer_id, customer, currency), all_of_it in sorted(
        amounts.items(), key=lambda item: (item[0][1], item[0][2])
    ):
        total = sum(all_of_it, Decimal(0))
        yield Sum(customer_id, customer, currency, total, len(all_of_it))
