"""Orders that wait for somebody of the customer's company."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Approval


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An order and what was decided; `decision` is empty while it waits."""

    id: int
    ticket_id: TicketId
    customer_id: int | None
    contact_id: int | None
    amount: Decimal | None
    limit: Decimal
    asked_at: datetime
    ends_at: datetime
    decision: str
    decided_by: int | None

    def is_open(self, at: datetime) -> bool:
        """Whether it still can be decided."""
        return not self.decision and at < self.ends_at


def approval(approval_id: int) -> ApprovalRow | None:
    """One of them."""
    return next(iter(_rows(Approval.objects.filter(pk=approval_id))), None)


def approval_of(ticket_id: int) -> ApprovalRow | None:
    """The last one of a ticket."""
    return next(iter(_rows(Approval.objects.filter(ticket_id=ticket_id).order_by("-id")[:1])), None)


def approvals_waiting(customer_ids: list[int], *, at: datetime) -> list[ApprovalRow]:
    """What waits for a decision of these customers, the first asked first."""
    found = Approval.objects.filter(
        ticket__customer_id__in=customer_ids, decision="", ends_at__gt=at
    )
    return _rows(found.order_by("asked_at", "id")[:100])


def approvals_due(*, at: datetime) -> list[tuple[int, bool]]:
    """What has to be reminded of or ends now: its number, and whether it ends."""
    due = Approval.objects.filter(decision="").filter(Q(ends_at__lte=at) | Q(remind_at__lte=at))
    return [(pk, ends <= at) for pk, ends in due.values_list("id", "ends_at")[:100]]


def _rows(found: QuerySet[Approval]) -> list[ApprovalRow]:
    columns: Any = (
        "id", "ticket_id", "ticket__customer_id", "ticket__contact_id", "amount", "limit",
        "asked_at", "ends_at", "decision", "decided_by_id",
    )  # fmt: skip
    return [ApprovalRow(*values) for values in found.values_list(*columns)]
