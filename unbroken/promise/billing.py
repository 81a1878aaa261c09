"""Credits told to billing: what is sent, under which key, and whether it arrived.

Each credit is told once when it is booked and once when it is taken back, whatever happens: the key
names both, a note says that it arrived, and billing may tell a second sending by the key.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from unbroken.ground import http
from unbroken.promise.models import CreditTold
from unbroken.promise.queries.owed import CreditRow, credit_row

TOLD = frozenset({"booked", "reversed"})


@dataclass(frozen=True, slots=True)
class Bill:
    """One thing that billing has to know."""

    key: str
    body: bytes


def is_wanted() -> bool:
    """Whether somebody takes credits."""
    return bool(settings.UNBROKEN.billing_url)


def bill_of(credit_id: int, state: str) -> Bill | None:
    """What is to be said of a credit; None where that was said, or there is nothing to say."""
    row = credit_row(credit_id)
    if row is None or state not in TOLD:
        return None
    if CreditTold.objects.filter(credit_id=credit_id, state=state, told_at__isnull=False).exists():
        return None
    return Bill(f"credit-{credit_id}-{state}", json.dumps(_told(row, state)).encode())


def _told(row: CreditRow, state: str) -> dict[str, object]:
    return {
        "credit": row.id,
        "state": state,
        "amount": f"{row.amount:.2f}",
        "currency": row.currency,
        "customer": row.customer_key or None,
        "service": row.service_key or None,
        "ticket": row.ticket_id,
        "promise": row.measure or None,
        "consequence": row.kind,
        "day": row.step,
        "due_at": row.due_at.isoformat(),
        "booked_at": row.booked_at.isoformat(),
    }


def send(bill: Bill, *, at: datetime) -> None:
    """Hand it over; `http.Unanswered` if it may be tried again, `http.Turned` if not."""
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": bill.key,
        "Unbroken-Signature": http.signature(settings.UNBROKEN.billing_secret, bill.body, at=at),
    }
    http.post(settings.UNBROKEN.billing_url, bill.body, headers)
