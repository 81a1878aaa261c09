"""A request arrives, and more is said on it."""

from datetime import datetime

from unbroken.conversation.actions.keep import keep_message, keep_participant
from unbroken.conversation.actions.sleep import wake_ticket
from unbroken.conversation.events import (
    CustomerAnswered,
    FollowSet,
    ParticipantJoined,
    ParticipantLeft,
    TicketAcknowledged,
    TicketReopened,
)
from unbroken.conversation.events_said import MessageAdded, RemarkAdded
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.models import Participant, TroubleTicket
from unbroken.conversation.queries.matrix import priority_for
from unbroken.conversation.states import ENDED
from unbroken.ground.actor import Actor
from unbroken.ground.change import begin, change
from unbroken.ground.sequence import draw_ahead


def acknowledge_ticket(
    opening: Opening, said: Incoming, *, by: Actor, at: datetime
) -> tuple[TicketId, MessageId]:
    """The request has its number for life from this instant."""
    with begin(TroubleTicket, by=by, at=at) as ticket:
        ticket.name = opening.name
        ticket.ticket_type = opening.ticket_type
        ticket.channel = opening.channel
        ticket.mailbox = opening.mailbox
        ticket.language = opening.language
        ticket.contact_id = opening.contact_id
        ticket.customer_id = opening.customer_id
        ticket.service_id = opening.service_id
        ticket.topic_id = opening.topic_id
        ticket.impact = opening.impact
        ticket.urgency = opening.urgency
        ticket.external_id = opening.external_id
        ticket.priority = priority_for(opening.impact, opening.urgency)
        ticket.created_at = at
        ticket.reported_at = opening.reported_at
        ticket.customer_wrote_at = said.at if said.kind == "message" else None
        message = keep_message(ticket, said)
        if opening.contact_id is not None:
            keep_participant(
                ticket, opening.contact_id, "reporter", confirmed=opening.contact_confirmed
            )
        for contact_id, role, confirmed in opening.also:
            if contact_id != opening.contact_id:
                keep_participant(ticket, contact_id, role, confirmed=confirmed)
        ticket.tell(
            TicketAcknowledged(
                message=message.pk,
                reported_at=opening.reported_at,
                ticket_type=opening.ticket_type,
                channel=opening.channel,
                priority=ticket.priority,
                customer=opening.customer_id,
                contact=opening.contact_id,
                service=opening.service_id,
                may_answer=opening.may_answer,
                topic=opening.topic_id,
            )
        )
    return TicketId(ticket.id), MessageId(message.pk)


def number_ahead(count: int) -> None:
    """So many requests are about to be acknowledged: have their numbers in hand."""
    if count:
        draw_ahead(TroubleTicket, count)


def add_message(*, ticket_id: TicketId, said: Incoming, by: Actor, at: datetime) -> MessageId:
    """Somebody who belongs to the ticket wrote; what waited for them goes on.

    A ticket that was over is opened again; whether it still may be is the caller's rule. One that
    slept until the customer answers wakes up.
    """
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        status, asleep = ticket.status, ticket.sleep
        awaits_approval = ticket.waiting_for == "approval"
        ticket.customer_wrote_at = at
        message = keep_message(ticket, said)
        ticket.tell(MessageAdded(message=message.pk))
    if status == "pending" and not awaits_approval:
        with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
            ticket.status, ticket.waiting_for, ticket.pending_until = "inProgress", "", None
            ticket.tell(CustomerAnswered(message=message.pk))
    elif status in ENDED:
        with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
            ticket.status, ticket.resolved_at, ticket.closed_at = "inProgress", None, None
            ticket.tell(TicketReopened(message=message.pk))
    if asleep == "answer":
        wake_ticket(ticket_id=ticket_id, because="answer", message=message.pk, by=by, at=at)
    return MessageId(message.pk)


def add_remark(*, ticket_id: TicketId, said: Incoming, by: Actor, at: datetime) -> MessageId:
    """A third party or a machine wrote: kept, shown to agents, moves no promise."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        message = keep_message(ticket, said)
        ticket.tell(RemarkAdded(message=message.pk, kind=said.kind))
    return MessageId(message.pk)


def join_ticket(
    *,
    ticket_id: TicketId,
    contact_id: int,
    role: str,
    confirmed: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody takes part. Joining twice changes nothing, but an agent may confirm."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        known = Participant.objects.filter(ticket_id=ticket_id, contact_id=contact_id).first()
        if known is None:
            keep_participant(ticket, contact_id, role, confirmed=confirmed)
        elif confirmed and (not known.confirmed or known.left_at is not None):
            known.confirmed, known.left_at = True, None
            ticket.add(known)
        else:
            return
        ticket.tell(ParticipantJoined(contact=contact_id, role=role, confirmed=confirmed))


def follow_ticket(
    *, ticket_id: TicketId, contact_id: int, follows: bool, by: Actor, at: datetime
) -> bool:
    """Somebody wants mail about this, or only when it is their turn; says whether that is new.

    Whoever follows takes part from then on; the face has checked that they may see it.
    """
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        known = Participant.objects.filter(ticket_id=ticket_id, contact_id=contact_id).first()
        if known is None:
            if not follows:
                return False
            keep_participant(ticket, contact_id, "cc", confirmed=True)
        elif known.follows == follows and known.left_at is None:
            return False
        else:
            known.follows, known.left_at = follows, None if follows else known.left_at
            ticket.add(known)
        ticket.tell(FollowSet(contact=contact_id, follows=follows))
    return True


def leave_ticket(*, ticket_id: TicketId, contact_id: int, by: Actor, at: datetime) -> None:
    """Somebody is told nothing more of this ticket."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        known = Participant.objects.filter(
            ticket_id=ticket_id, contact_id=contact_id, left_at__isnull=True
        ).first()
        if known is None:
            return
        known.left_at = at
        ticket.add(known)
        ticket.tell(ParticipantLeft(contact=contact_id))
