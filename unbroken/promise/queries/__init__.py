"""What others may ask: promises of a ticket, agreements, the time by which somebody answers."""

from unbroken.promise.queries.checks import CheckRow, last_check
from unbroken.promise.queries.many import Whole, whole_of_these
from unbroken.promise.queries.promises import (
    PromiseRow,
    TimerHealth,
    ViolationRow,
    promises_of,
    timer_health,
    violations_of,
)
from unbroken.promise.queries.terms import (
    AgreementRow,
    NamedAgreement,
    agreement_of,
    agreements,
    due_for_receipt,
    due_now,
    named_agreements,
)

__all__ = [
    "AgreementRow",
    "CheckRow",
    "NamedAgreement",
    "PromiseRow",
    "TimerHealth",
    "ViolationRow",
    "Whole",
    "agreement_of",
    "agreements",
    "due_for_receipt",
    "due_now",
    "last_check",
    "named_agreements",
    "promises_of",
    "timer_health",
    "violations_of",
    "whole_of_these",
]
