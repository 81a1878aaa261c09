"""An order waits until somebody of the customer's company agrees.

Decided once: whoever comes second is told so. A message on the ticket meanwhile does not end the
wait; an agent who goes on with the work all the same is on record with that.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from unbroken.conversation.actions.move import cancel_ticket, resume_ticket
from unbroken.conversation.events import CustomerAsked
from unbroken.conversation.events_approval import (
    ApprovalAsked,
    ApprovalExpired,
    ApprovalReminded,
    OrderApproved,
    OrderDeclined,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Approval, TroubleTicket
from unbroken.conversation.states import OPEN
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, change, refusals
from unbroken.ground.words import _

REMIND_AFTER = timedelta(days=2)
LASTS = timedelta(days=7)
REASON = "approval"
"""Of a pending ticket: what we wait for is the company's approval."""

refusals({"approval.over": _("This has been decided already, or its time is over.")})


def ask_approval(
    *, ticket_id: TicketId, amount: Decimal | None, limit: Decimal, by: Actor, at: datetime
) -> int | None:
    """The order waits for those who approve; None when it waits already, or is over."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        waits = Approval.objects.filter(ticket_id=ticket_id, decision="").exists()
        if waits or ticket.status not in OPEN:
            return None
        approval = ticket.add(
            Approval(
                ticket_id=ticket_id,
                amount=amount,
                limit=limit,
                asked_at=at,
                remind_at=at + REMIND_AFTER,
                ends_at=at + LASTS,
            )
        )
        told = None if amount is None else f"{amount:.2f}"
        ticket.tell(ApprovalAsked(approval.pk, f"{limit:.2f}", approval.ends_at, told))
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        ticket.status, ticket.waiting_for, ticket.pending_until = "pending", REASON, None
        ticket.tell(CustomerAsked())
    return int(approval.pk)


def decide_approval(
    *, approval_id: int, agrees: bool, words: str, contact_id: int, at: datetime
) -> TicketId:
    """Somebody who approves says yes or no, with a word if they like. The face checked who."""
    by, ticket_id = Actor.contact(contact_id), _ticket_of(approval_id)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        approval = Approval.objects.get(pk=approval_id)
        if approval.decision or approval.ends_at <= at:
            raise Refused("approval.over")
        _decide(ticket, approval, "approved" if agrees else "declined", contact_id)
        said = ticket.said(words, whose=by) if words else None
        approval.words_id = said
        told = OrderApproved if agrees else OrderDeclined
        ticket.tell(told(approval_id, said))
    if agrees and ticket.waiting_for == REASON and _may_end(ticket):
        resume_ticket(ticket_id=ticket_id, by=by, at=at)
    elif not agrees and _may_end(ticket):
        cancel_ticket(ticket_id=ticket_id, reason=words, by=by, at=at)
    return ticket_id


def remind_approval(*, approval_id: int, at: datetime) -> None:
    """Nobody has decided for two days: those who approve are reminded, once."""
    with change(TroubleTicket, _ticket_of(approval_id), by=HOUSE, at=at) as ticket:
        approval = Approval.objects.get(pk=approval_id)
        if approval.decision or approval.remind_at is None:
            return
        approval.remind_at = None
        ticket.add(approval)
        ticket.tell(ApprovalReminded(approval_id))


def expire_approval(*, approval_id: int, at: datetime) -> None:
    """The time to decide is over: the order is not carried out."""
    ticket_id = _ticket_of(approval_id)
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        approval = Approval.objects.get(pk=approval_id)
        if approval.decision or approval.ends_at > at:
            return
        _decide(ticket, approval, "expired", None)
        ticket.tell(ApprovalExpired(approval_id))
    if _may_end(ticket):
        cancel_ticket(ticket_id=ticket_id, by=HOUSE, at=at)


def _decide(ticket: Any, approval: Approval, decision: str, contact_id: int | None) -> None:
    approval.decision, approval.decided_at = decision, ticket.at
    approval.decided_by_id, approval.remind_at = contact_id, None
    ticket.add(approval)


def _may_end(ticket: Any) -> bool:
    return ticket.status in OPEN and not ticket.merged_into_id


def _ticket_of(approval_id: int) -> TicketId:
    return TicketId(Approval.objects.values_list("ticket_id", flat=True).get(pk=approval_id))
