"""A ticket changes its state: started, waiting, held, resolved, over, open again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from unbroken.conversation.actions.pause import check_may_hold
from unbroken.conversation.complaints import check_end
from unbroken.conversation.events import (
    CustomerAsked,
    TicketAdopted,
    TicketCancelled,
    TicketClosed,
    TicketHeld,
    TicketRejected,
    TicketReopened,
    TicketResolved,
    TicketResumed,
    WorkStarted,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TicketRelationship, TroubleTicket
from unbroken.conversation.states import ENDED, Status, WaitingFor, may_follow
from unbroken.conversation.words import cannot_go
from unbroken.directory import queries as directory
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change
from unbroken.ground.log import events_of


def _go(ticket: Any, wanted: Status, *, reason: str = "") -> None:
    """Into another state, or a refusal that names both."""
    if ticket.merged_into_id:
        raise Refused("ticket.merged_away", into=ticket.merged_into_id)
    if not may_follow(ticket.status, wanted):
        raise cannot_go(ticket.status, wanted)
    if wanted in ENDED:
        check_end(ticket, wanted, by=ticket.by, reason=reason)
    ticket.status = wanted
    ticket.waiting_for, ticket.pending_until = "", None
    if wanted in ENDED:
        ticket.sleep, ticket.sleeps_until, ticket.back_version = "", None, None


def start_work(*, ticket_id: TicketId, by: Actor, at: datetime) -> None:
    """Somebody has it in hand. Already in progress changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.status == "inProgress":
            return
        if ticket.status != "acknowledged":
            raise cannot_go(ticket.status, "inProgress")
        _go(ticket, "inProgress")
        ticket.tell(WorkStarted())


def ask_customer(
    *, ticket_id: TicketId, until: datetime | None = None, by: Actor, at: datetime
) -> None:
    """Wait for the customer: `pending` until they answer (`held` is for everyone else)."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        _go(ticket, "pending")
        ticket.waiting_for, ticket.pending_until = "customer", until
        ticket.tell(CustomerAsked(until=until))


def hold_ticket(
    *,
    ticket_id: TicketId,
    waiting_for: WaitingFor,
    until: datetime | None = None,
    partner_id: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Wait for a partner, an appointment, a date, or until what nobody can help is over."""
    if not waiting_for or waiting_for == "customer":
        raise Refused("ticket.hold_needs_reason")
    check_may_hold(waiting_for, by=by)
    partner = partner_id if waiting_for == "partner" else None
    if partner is not None and partner not in {one.id for one in directory.partners()}:
        raise Refused("ticket.unknown_partner")
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        _go(ticket, "held")
        ticket.waiting_for, ticket.pending_until = waiting_for, until
        ticket.tell(TicketHeld(waiting_for=waiting_for, until=until, partner=partner))


def resume_ticket(*, ticket_id: TicketId, by: Actor, at: datetime) -> None:
    """The wait is over. A ticket that does not wait stays as it is."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.status not in ("pending", "held"):
            raise cannot_go(ticket.status, "inProgress")
        _go(ticket, "inProgress")
        ticket.tell(TicketResumed())


def resolve_ticket(
    *,
    ticket_id: TicketId,
    parent: TicketId | None = None,
    spared: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> None:
    """The service is back, or the question answered; so for all below it but those `spared`."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        _go(ticket, "resolved")
        ticket.resolved_at = ticket.at
        ticket.tell(TicketResolved(parent=parent, spared=tuple(sorted(spared)) or None))


def reopen_ticket(*, ticket_id: TicketId, by: Actor, at: datetime) -> None:
    """It was not over."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.status not in ("resolved", "closed", "cancelled", "rejected"):
            raise cannot_go(ticket.status, "inProgress")
        _go(ticket, "inProgress")
        ticket.resolved_at = ticket.closed_at = None
        ticket.tell(TicketReopened())


def reopen_along(*, parent_id: TicketId, since: datetime, by: Actor, at: datetime) -> None:
    """A parent is open again within moments: what was resolved along with it is open again too."""
    links = TicketRelationship.objects.filter(
        other_id=parent_id,
        kind="parent",
        ended_at__isnull=True,
        ticket__status="resolved",
        ticket__resolved_at__gte=since,
    )
    for child_id in links.order_by("ticket_id").values_list("ticket_id", flat=True):
        told = [one for one in events_of([f"ticket:{child_id}"]) if one.kind == "ticket.resolved"]
        if told and told[-1].data.get("parent") == parent_id:
            reopen_ticket(ticket_id=TicketId(child_id), by=by, at=at)


def close_ticket(
    *, ticket_id: TicketId, parent: TicketId | None = None, by: Actor, at: datetime
) -> None:
    """Nobody objects any more."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        _go(ticket, "closed")
        ticket.closed_at = ticket.at
        ticket.resolved_at = ticket.resolved_at or ticket.at
        ticket.tell(TicketClosed(parent=parent))


def cancel_ticket(*, ticket_id: TicketId, reason: str = "", by: Actor, at: datetime) -> None:
    """The customer does not need it any more."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        _go(ticket, "cancelled", reason=reason)
        ticket.closed_at = ticket.at
        ticket.tell(TicketCancelled(reason=ticket.said(reason, whose=by) if reason else None))


def reject_ticket(*, ticket_id: TicketId, reason: str = "", by: Actor, at: datetime) -> None:
    """Not ours to do."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        _go(ticket, "rejected", reason=reason)
        ticket.closed_at = ticket.at
        ticket.tell(TicketRejected(reason=ticket.said(reason, whose=by) if reason else None))


def adopt_ticket(*, ticket_id: TicketId, by: Actor, at: datetime) -> None:
    """An imported open ticket becomes ours: promises start now. Twice changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if not ticket.imported:
            raise Refused("ticket.not_imported")
        ticket.imported = False
        ticket.tell(TicketAdopted())
