"""What became of a message on its way out. Called by the door; safe to call twice."""

from datetime import datetime

from unbroken.conversation.actions.keep import keep_message
from unbroken.conversation.events_said import Bounced, Delivered, DeliveryFailed, DeliverySpared
from unbroken.conversation.ids import DeliveryId, MessageId, TicketId
from unbroken.conversation.incoming import Incoming
from unbroken.conversation.models import Delivery, Message, TroubleTicket
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import change
from unbroken.ground.statements import child


def record_delivered(
    *, delivery_id: DeliveryId, message_id: str, attempts: int, at: datetime
) -> None:
    """The next server took it. `message_id`: the Message-ID under which it left."""
    ticket_id = child(Delivery, delivery_id).ticket_id
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        delivery = child(Delivery, delivery_id)
        if delivery.state != "waiting":
            return
        delivery.state, delivery.sent_at, delivery.attempts = "sent", at, attempts
        ticket.add(delivery)
        message = child(Message, delivery.message_id)
        if not message.message_id:
            message.message_id = message_id
            ticket.add(message)
        ticket.tell(Delivered(delivery=delivery_id))


def record_delivery_failed(
    *, delivery_id: DeliveryId, error: str, attempts: int, at: datetime
) -> None:
    """Given up: refused for good, or tried long enough. `error` is a key, not a sentence."""
    ticket_id = child(Delivery, delivery_id).ticket_id
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        delivery = child(Delivery, delivery_id)
        if delivery.state != "waiting":
            return
        delivery.state, delivery.error, delivery.attempts = "failed", error, attempts
        ticket.add(delivery)
        ticket.tell(DeliveryFailed(delivery=delivery_id, error=error))


def record_delivery_spared(*, delivery_id: DeliveryId, at: datetime) -> None:
    """Nobody to whom it would have gone wished to have mail about such news."""
    ticket_id = Delivery.objects.values_list("ticket_id", flat=True).get(pk=delivery_id)
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        delivery = Delivery.objects.get(pk=delivery_id)
        if delivery.state != "waiting":
            return
        delivery.state, delivery.error = "cancelled", "spared"
        ticket.add(delivery)
        ticket.tell(DeliverySpared(delivery=delivery_id))


def note_bounce(
    *,
    ticket_id: TicketId,
    said: Incoming,
    delivery_id: DeliveryId | None,
    bounce_class: str,
    permanent: bool,
    by: Actor,
    at: datetime,
) -> MessageId:
    """The other side says it did not arrive: the agent sees it on the ticket."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        message = keep_message(ticket, said)
        if delivery_id is not None:
            delivery = Delivery.objects.filter(pk=delivery_id, ticket_id=ticket_id).first()
            if delivery is not None and delivery.state == "sent" and bounce_class != "temporary":
                delivery.state, delivery.error = "bounced", f"bounce.{bounce_class}"
                ticket.add(delivery)
        ticket.tell(
            Bounced(
                message=message.pk,
                delivery=delivery_id,
                bounce_class=bounce_class,
                permanent=permanent,
            )
        )
    return MessageId(message.pk)
