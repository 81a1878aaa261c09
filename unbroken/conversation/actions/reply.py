"""What we say: answers, notes, the one acknowledgement; and taking an answer back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from unbroken.conversation import state
from unbroken.conversation.actions.keep import keep_message
from unbroken.conversation.events_said import (
    NoteWithdrawn,
    ReceiptSpared,
    ReplyWithdrawn,
    TicketNoted,
    TicketReceipted,
    TicketReplied,
)
from unbroken.conversation.ids import DeliveryId, MessageId, TicketId
from unbroken.conversation.incoming import FileIn, Incoming, ReplyTo
from unbroken.conversation.models import Delivery, Message, TroubleTicket
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, change
from unbroken.ground.log import has_happened, words_of
from unbroken.ground.sql import planned_once

UNDO = timedelta(seconds=10)
"""How long an answer can be taken back."""

HELD = UNDO + timedelta(seconds=3)
"""How long the server really keeps it, so that a late click still wins."""

NOTE_WITHDRAWN_WITHIN = timedelta(minutes=10)

LEAVES = ("message", "forward")
"""Kinds of messages that a person sends out of the house, and may take back."""


@dataclass(frozen=True)
class Below:
    """How requests below one are told of its answer: all but those `spared`, each in its customer's
    language where there are words in it, else in those of the answer."""

    spared: Collection[int] = ()
    in_languages: Mapping[str, str] = field(default_factory=dict)


def reply(
    *,
    ticket_id: TicketId,
    words: str,
    goes_to: ReplyTo | None,
    by: Actor,
    at: datetime,
    subject: str = "",
    files: Sequence[FileIn] = (),
    below: Below | None = None,
    drafted_by: int | None = None,
    hold: timedelta = HELD,
) -> tuple[MessageId, DeliveryId | None]:
    """An answer for the customer. It leaves after `hold`; without an address it stays to be read
    in the portal only. `drafted_by`: the colleague whose draft it was. `below`: how the requests
    below this one are told; None tells them nothing."""
    if not words.strip() and not files:
        raise Refused("ticket.nothing_said")
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.merged_into_id:
            raise Refused("ticket.merged_away", into=ticket.merged_into_id)
        message = keep_message(
            ticket,
            Incoming(
                author=by,
                channel=goes_to.channel if goes_to else ticket.channel,
                words=words,
                at=at,
                subject=subject or ticket.name,
                to=goes_to.to if goes_to else (),
                cc=goes_to.cc if goes_to else (),
                files=tuple(files),
            ),
            direction="out",
        )
        delivery = keep_delivery(ticket, message, goes_to, kind="reply", not_before=at + hold)
        ticket.answered_at = at
        ticket.tell(
            TicketReplied(
                message=message.pk,
                delivery=delivery,
                drafted_by=drafted_by,
                **told_below(ticket, below),
            )
        )
    return MessageId(message.pk), delivery


def told_below(ticket: Any, below: Below | None) -> dict[str, Any]:
    """What the event says of those below."""
    if below is None:
        return {}
    said = {
        language: ticket.said(words, whose=ticket.by)
        for language, words in sorted(below.in_languages.items())
        if words.strip()
    }
    spared = tuple(sorted(below.spared))
    return {"tell_children": True, "spared": spared or None, "in_languages": said or None}


def keep_delivery(
    ticket: Any, message: Message, goes_to: ReplyTo | None, *, kind: str, not_before: datetime
) -> DeliveryId | None:
    """The way on which a message leaves; None where there is none."""
    if goes_to is None:
        return None
    delivery = ticket.add(
        Delivery(
            ticket_id=ticket.id,
            message_id=message.pk,
            contact_id=goes_to.contact_id,
            channel=goes_to.channel,
            kind=kind,
            to=[list(address) for address in goes_to.to],
            cc=[list(address) for address in goes_to.cc],
            not_before=not_before,
        )
    )
    return DeliveryId(delivery.pk)


def withdraw_reply(*, ticket_id: TicketId, message_id: MessageId, by: Actor, at: datetime) -> str:
    """Take what is sent back before it leaves; returns an answer's words for the composer."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        message = Message.objects.filter(pk=message_id, ticket_id=ticket_id).first()
        if message is None or message.direction != "out" or message.kind not in LEAVES:
            raise Refused("ticket.not_an_answer")
        delivery = message.deliveries.first()
        left = delivery is not None and (delivery.state != "waiting" or delivery.not_before <= at)
        if left or message.withdrawn_at or (delivery is None and message.at + HELD <= at):
            raise Refused("ticket.too_late_to_undo")
        message.withdrawn_at = at
        ticket.add(message)
        if delivery is not None:
            delivery.state = "cancelled"
            ticket.add(delivery)
        if message.kind == "message":
            ticket.answered_at = _answered_before(ticket_id, message_id)
        ticket.tell(ReplyWithdrawn(message=message_id, delivery=delivery.pk if delivery else None))
    return spoken(message) if message.kind == "message" else ""


def _answered_before(ticket_id: TicketId, message_id: MessageId) -> datetime | None:
    """When we last answered, leaving one answer aside."""
    return (
        Message.objects.filter(
            ticket_id=ticket_id, direction="out", kind="message", withdrawn_at__isnull=True
        )
        .exclude(pk=message_id)
        .order_by("-version")
        .values_list("at", flat=True)
        .first()
    )


def spoken(message: Message) -> str:
    """A message's own words."""
    return words_of([message.words_id]).get(message.words_id or 0) or ""


def note_ticket(
    *,
    ticket_id: TicketId,
    words: str,
    by: Actor,
    at: datetime,
    files: Sequence[FileIn] = (),
    mentions: Sequence[int] = (),
) -> MessageId:
    """Said among ourselves; no customer ever sees it. `mentions`: agents it calls by name."""
    if not words.strip() and not files:
        raise Refused("ticket.nothing_said")
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        note = Incoming(
            author=by,
            channel="console",
            words=words,
            at=at,
            audience="agents",
            kind="note",
            files=tuple(files),
        )
        message = keep_message(ticket, note, direction="internal")
        called = tuple(dict.fromkeys(mentions))
        ticket.tell(TicketNoted(message=message.pk, mentions=called))
        state.mention(ticket_id=ticket_id, message_id=message.pk, agent_ids=called, at=at)
    return MessageId(message.pk)


def withdraw_note(*, ticket_id: TicketId, message_id: MessageId, by: Actor, at: datetime) -> None:
    """Take a note back that one has made oneself in the last ten minutes; that it was stays."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        message = Message.objects.filter(pk=message_id, ticket_id=ticket_id, kind="note").first()
        if message is None or message.author != str(by):
            raise Refused("ticket.not_your_note")
        if message.withdrawn_at is not None:
            return
        if at - message.at > NOTE_WITHDRAWN_WITHIN:
            raise Refused("ticket.note_stands")
        message.withdrawn_at = at
        ticket.add(message)
        ticket.tell(NoteWithdrawn(message=message_id))


def send_receipt(
    *,
    ticket_id: TicketId,
    words: str,
    subject: str,
    goes_to: ReplyTo,
    due_at: datetime | None,
    at: datetime,
) -> DeliveryId | None:
    """The one acknowledgement. A second call for the same ticket changes nothing."""
    if _is_receipted(ticket_id):
        return None
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        said = Incoming(
            author=HOUSE,
            channel=goes_to.channel,
            words=words,
            at=at,
            kind="receipt",
            subject=subject,
            to=goes_to.to,
        )
        message = keep_message(ticket, said, direction="out")
        delivery = keep_delivery(ticket, message, goes_to, kind="receipt", not_before=at)
        assert delivery is not None
        ticket.tell(TicketReceipted(message=message.pk, delivery=delivery, due_at=due_at))
    return delivery


def spare_receipt(*, ticket_id: TicketId, contact_id: int, at: datetime) -> None:
    """No acknowledgement for what only echoes ours; told once."""
    if has_happened(f"ticket:{ticket_id}", "ticket.receipt_spared") or _is_receipted(ticket_id):
        return
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        ticket.tell(ReceiptSpared(contact=contact_id))


def _is_receipted(ticket_id: TicketId) -> bool:
    with planned_once() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM delivery WHERE ticket_id = %s AND kind = 'receipt')",
            [ticket_id],
        )
        return bool(cursor.fetchone()[0])
