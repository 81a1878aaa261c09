"""Talks beside the customer's: a third party is asked by mail, and what they say comes back.

All of it is for agents (decision 0009): no message of a side conversation is ever the customer's.
"""

from datetime import datetime
from typing import Any

from unbroken.conversation.actions.keep import keep_message
from unbroken.conversation.actions.side_inside import say_to_team, side_on
from unbroken.conversation.events_beside import SideAnswered, SideOpened, SideSaid
from unbroken.conversation.ids import DeliveryId, MessageId, TicketId
from unbroken.conversation.incoming import Address, Incoming
from unbroken.conversation.models import Delivery, Message, TroubleTicket
from unbroken.conversation.models_beside import SideConversation
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change


def open_side(
    *,
    ticket_id: TicketId,
    to: tuple[Address, ...],
    subject: str,
    words: str,
    by: Actor,
    at: datetime,
) -> int:
    """Ask somebody outside by mail. Returns the side conversation's id."""
    _check(to, words)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        side: SideConversation = ticket.add(
            SideConversation(
                ticket_id=ticket_id,
                subject=subject or ticket.name,
                to=[list(address) for address in to],
                asked_at=at,
            )
        )
        message, delivery = _keep(ticket, side, words, by=by, at=at)
        ticket.tell(SideOpened(side=side.pk, message=message.pk, delivery=delivery))
    return int(side.pk)


def say_aside(
    *, ticket_id: TicketId, side_id: int, words: str, by: Actor, at: datetime
) -> MessageId:
    """Write to them again."""
    child = side_on(ticket_id, side_id).child_id
    if child is not None:
        return say_to_team(ticket_id=ticket_id, side_id=side_id, words=words, by=by, at=at)
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        side = side_on(ticket_id, side_id)
        _check(tuple((one[0], one[1]) for one in side.to), words)
        side.asked_at, side.answered_at = at, None
        ticket.add(side)
        message, delivery = _keep(ticket, side, words, by=by, at=at)
        ticket.tell(SideSaid(side=side_id, message=message.pk, delivery=delivery))
    return MessageId(message.pk)


def hear_aside(
    *, ticket_id: TicketId, side_id: int, said: Incoming, by: Actor, at: datetime
) -> MessageId:
    """They answered: kept for agents, whoever else the mail went to."""
    assert said.audience == "agents"
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        side = side_on(ticket_id, side_id)
        side.answered_at = at
        ticket.add(side)
        message = keep_message(ticket, said)
        message.side_id = side_id
        ticket.tell(SideAnswered(side=side_id, message=message.pk))
    return MessageId(message.pk)


def _check(to: tuple[Address, ...], words: str) -> None:
    if not words.strip():
        raise Refused("ticket.nothing_said")
    if not to:
        raise Refused("side.nobody")


def _keep(
    ticket: Any, side: SideConversation, words: str, *, by: Actor, at: datetime
) -> tuple[Message, DeliveryId]:
    to = tuple((one[0], one[1]) for one in side.to)
    said = Incoming(
        author=by,
        channel="mail",
        words=words,
        at=at,
        audience="agents",
        kind="side",
        subject=side.subject,
        to=to,
    )
    message = keep_message(ticket, said, direction="out")
    message.side_id = side.pk
    delivery = ticket.add(
        Delivery(
            ticket_id=ticket.id,
            message_id=message.pk,
            channel="mail",
            kind="side",
            to=[list(address) for address in to],
            not_before=at,
        )
    )
    return message, DeliveryId(delivery.pk)
