"""Passing a message on to somebody outside."""

from collections.abc import Collection
from datetime import datetime, timedelta

from unbroken.conversation.actions.reply import HELD
from unbroken.conversation.events_said import TicketForwarded
from unbroken.conversation.ids import DeliveryId, MessageId, TicketId
from unbroken.conversation.models import Attachment, Delivery, Message, TroubleTicket
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change


def forward_message(
    *,
    ticket_id: TicketId,
    message_id: MessageId,
    to: str,
    words: str,
    attachment_ids: Collection[int],
    subject: str,
    by: Actor,
    at: datetime,
    hold: timedelta = HELD,
) -> tuple[MessageId, DeliveryId]:
    """Somebody outside gets a message and the chosen files; the customer is not told.

    The copy on record leads to the same words and bytes, so that erasing the one who wrote them
    erases it too. Notes never leave the house.
    """
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        original = Message.objects.filter(pk=message_id).first()
        if original is None or original.kind in ("note", "forward") or original.withdrawn_at:
            raise Refused("ticket.stays_inside")
        message = ticket.add(
            Message(
                ticket_id=ticket.id,
                kind="forward",
                direction="out",
                audience="agents",
                author=str(by),
                channel="mail",
                at=at,
                subject=subject,
                to=[["", to]],
                words_id=ticket.said(words, whose=by) if words.strip() else None,
                quoted_id=original.words_id,
            )
        )
        for file in Attachment.objects.filter(
            message_id=message_id, pk__in=list(attachment_ids), held=""
        ).order_by("pk"):
            file.pk, file.message_id, file.ticket_id = None, message.pk, ticket.id
            file._state.adding = True
            ticket.add(file)
        delivery = ticket.add(
            Delivery(
                ticket_id=ticket.id,
                message_id=message.pk,
                channel="mail",
                kind="forward",
                to=[["", to]],
                not_before=at + hold,
            )
        )
        ticket.tell(TicketForwarded(message=message.pk, delivery=delivery.pk, original=message_id))
    return MessageId(message.pk), DeliveryId(delivery.pk)
