"""Tickets and other tickets: links and merging. Both numbers stay alive."""

from datetime import datetime
from typing import Any

from unbroken.conversation.actions.keep import keep_participant
from unbroken.conversation.complaints import check_end
from unbroken.conversation.events import (
    TicketAbsorbed,
    TicketMerged,
    TicketRelated,
    TicketUnrelated,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Participant, TicketRelationship, TroubleTicket
from unbroken.conversation.states import RELATIONS
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change, change_pair


def relate_ticket(
    *, ticket_id: TicketId, other_id: TicketId, relation: str, by: Actor, at: datetime
) -> None:
    """`other` is this ticket's parent, duplicate, cause, or simply related."""
    if relation not in RELATIONS:
        raise Refused("ticket.unknown_relation", relation=relation)
    if ticket_id == other_id:
        raise Refused("ticket.relate_to_itself")
    if relation == "parent" and ticket_id in _above(other_id):
        raise Refused("ticket.relate_in_a_circle", other=other_id)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if _links(ticket_id, other_id, relation).exists():
            raise Refused("ticket.already_related")
        TroubleTicket.objects.only("id").get(pk=other_id)
        ticket.add(TicketRelationship(ticket_id=ticket_id, other_id=other_id, kind=relation))
        ticket.tell(TicketRelated(other=other_id, relation=relation))


def _links(ticket_id: int, other_id: int, relation: str) -> Any:
    return TicketRelationship.objects.filter(
        ticket_id=ticket_id, other_id=other_id, kind=relation, ended_at__isnull=True
    )


def _above(ticket_id: int) -> set[int]:
    """All parents of a ticket, and theirs."""
    seen: set[int] = set()
    rising = [ticket_id]
    while rising:
        parents = TicketRelationship.objects.filter(
            ticket_id__in=rising, kind="parent", ended_at__isnull=True
        ).values_list("other_id", flat=True)
        rising = [parent for parent in parents if parent not in seen]
        seen.update(rising)
    return seen


def unrelate_ticket(
    *, ticket_id: TicketId, other_id: TicketId, relation: str, by: Actor, at: datetime
) -> None:
    """The link was a mistake, or is over."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        link = _links(ticket_id, other_id, relation).first()
        if link is None:
            raise Refused("ticket.not_related")
        link.ended_at = at
        ticket.add(link)
        ticket.tell(TicketUnrelated(other=other_id, relation=relation))


def merge_tickets(*, ticket_id: TicketId, into_id: TicketId, by: Actor, at: datetime) -> None:
    """The conversation continues in `into`. Nothing is moved: its page reads both streams.

    Two customers' tickets are never merged: one would read the other's words.
    """
    if ticket_id == into_id:
        raise Refused("ticket.merge_with_itself")
    pair = change_pair(TroubleTicket, ticket_id, into_id, by=by, at=at)
    with pair as (loser, survivor):
        for one in (loser, survivor):
            if one.merged_into_id:
                raise Refused("ticket.merged_away", into=one.merged_into_id)
        if None not in (loser.customer_id, survivor.customer_id):
            if loser.customer_id != survivor.customer_id:
                raise Refused("ticket.merge_other_customer")
        elif loser.contact_id != survivor.contact_id:
            raise Refused("ticket.merge_other_customer")
        if survivor.ticket_type != "complaint":
            check_end(loser, "closed", by=by)
        loser.merged_into_id = into_id
        loser.status, loser.waiting_for, loser.pending_until = "closed", "", None
        loser.closed_at = loser.at
        loser.sleep, loser.sleeps_until = "", None
        survivor.customer_wrote_at = max(
            filter(None, (loser.customer_wrote_at, survivor.customer_wrote_at)), default=None
        )
        _bring_participants(loser, survivor)
        loser.tell(TicketMerged(into=into_id))
        survivor.tell(TicketAbsorbed(other=ticket_id))


def _bring_participants(loser: Any, survivor: Any) -> None:
    known = set(
        Participant.objects.filter(ticket_id=survivor.id).values_list("contact_id", flat=True)
    )
    for one in Participant.objects.filter(ticket_id=loser.id, left_at__isnull=True):
        if one.contact_id not in known:
            role = "cc" if one.role == "reporter" else one.role
            keep_participant(survivor, one.contact_id, role, confirmed=one.confirmed)
