"""A complaint goes to the head of support by name; never to whom it is about."""

from datetime import datetime

from django.db import transaction

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.staffing.heads import head_for, heads


def receive_complaint(
    *, ticket_id: TicketId, about: TicketId | None = None, by: Actor = HOUSE, at: datetime
) -> int | None:
    """Somebody answers for it from now on: returns who. Doing it again names whom it is about.

    `about`: the request that is complained of, where it is linked in this very moment.
    """
    ticket = record.ticket_facts(ticket_id)
    if ticket is None or ticket.ticket_type != "complaint" or ticket.merged_into_id:
        return None
    linked = {one.other for one in record.links_of(ticket_id)}
    barred = record.who_worked_on(linked | ({about} if about else set()))
    with transaction.atomic():
        known = record.complaint_of(ticket_id)
        owner = known.owner_id if known is not None else None
        if owner is None or owner in barred:
            head = head_for(but=barred, at=at)
            owner = int(head.id) if head is not None else owner
        conversation.open_complaint(
            ticket_id=ticket_id, owner_id=owner, barred=barred, by=by, at=at
        )
        if known is not None and owner not in barred:
            conversation.give_complaint(ticket_id=ticket_id, owner_id=owner, by=by, at=at)
        if ticket.is_open and ticket.assignee_id != owner:
            _give(ticket_id, owner, ticket.team_id, by=by, at=at)
    return owner


def pass_complaint_on(*, ticket_id: TicketId, owner_id: int, by: Actor, at: datetime) -> None:
    """Another head of support answers for it, and has it in hand."""
    ticket = record.ticket_facts(ticket_id)
    with transaction.atomic():
        conversation.give_complaint(ticket_id=ticket_id, owner_id=owner_id, by=by, at=at)
        _give(ticket_id, owner_id, ticket.team_id if ticket else None, by=by, at=at)


def keep_from_the_named(*, ticket_id: TicketId, at: datetime) -> None:
    """Whom it is about has it no longer: another head of support, if there is one, gets it."""
    complaint = record.complaint_of(ticket_id)
    if complaint is None or complaint.owner_id not in complaint.barred:
        return
    others = heads(but=complaint.barred)
    head = head_for(but=complaint.barred, at=at) if others else None
    if head is not None and head.id not in complaint.barred:
        pass_complaint_on(ticket_id=ticket_id, owner_id=int(head.id), by=HOUSE, at=at)


def _give(
    ticket_id: TicketId, owner_id: int | None, team_id: int | None, *, by: Actor, at: datetime
) -> None:
    complaint = record.complaint_of(ticket_id)
    if owner_id is None or complaint is None or owner_id in complaint.barred:
        return
    conversation.assign_ticket(
        ticket_id=ticket_id,
        team_id=team_id,
        agent_id=owner_id,
        because={"way": "hand", "reasons": ["complaint"]},
        by=by,
        at=at,
    )
