"""One message is about something else: it becomes a request of its own, whole or in part."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from unbroken.conversation.actions.keep import copy_files, keep_participant
from unbroken.conversation.events import TicketAcknowledged, TicketSplitOff
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.models import (
    Message,
    Participant,
    TicketRelationship,
    TroubleTicket,
)
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.log import words_of


def split_ticket(
    *,
    ticket_id: TicketId,
    message_id: MessageId,
    name: str,
    passage: str | None = None,
    files: Collection[int] | None = None,
    by: Actor,
    at: datetime,
) -> TicketId:
    """One message is about something else: it begins a request of its own, linked back.

    The message stays where it was said and is shown in both. The customer reads what a request is
    called, so the subject of what was not said to them never names one (decision 0009).

    `passage`: what of it the new request is about; words may be left out, never put into somebody's
    mouth. `files`: those that go along; None takes all.
    """
    message = Message.objects.filter(pk=message_id).first()
    if message is None or message.ticket_id != ticket_id:
        raise Refused("ticket.message_elsewhere")
    if passage is not None:
        passage = _taken_from(message, passage)
    old = TroubleTicket.objects.get(pk=ticket_id)
    with begin(TroubleTicket, by=by, at=at) as new:
        subject = message.subject if message.audience == "customer" else ""
        _take_after(new, old, name=name or subject or old.name, at=at)
        copy = _copy_message(new, message, passage, files)
        for one in Participant.objects.filter(ticket_id=ticket_id, left_at__isnull=True):
            keep_participant(new, one.contact_id, one.role, confirmed=one.confirmed)
        new.add(TicketRelationship(ticket_id=new.id, other_id=ticket_id, kind="split_from"))
        new.tell(
            TicketAcknowledged(
                message=copy.pk,
                reported_at=message.at,
                ticket_type=new.ticket_type,
                channel=new.channel,
                priority=new.priority,
                customer=new.customer_id,
                contact=new.contact_id,
                service=new.service_id,
                may_answer=False,
                topic=new.topic_id,
            )
        )
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        ticket.tell(TicketSplitOff(other=new.id, message=message_id))
    return TicketId(new.id)


_SHARED = (
    "ticket_type", "impact", "urgency", "priority", "topic_id", "customer_id", "contact_id",
    "service_id", "team_id", "channel", "mailbox", "language",
)  # fmt: skip


def _take_after(new: Any, old: TroubleTicket, *, name: str, at: datetime) -> None:
    for field in _SHARED:
        setattr(new, field, getattr(old, field))
    new.name, new.created_at, new.reported_at = name, at, at
    new.customer_wrote_at = at


def is_taken_from(passage: str, words: str) -> bool:
    """Whether every line of a passage stands in the words, in their order."""
    rest = " ".join(words.split())
    lines = [" ".join(line.split()) for line in passage.splitlines() if line.strip()]
    for line in lines:
        _before, found, rest = rest.partition(line)
        if not found:
            return False
    return bool(lines)


def _taken_from(message: Message, passage: str) -> str | None:
    """The passage; None when it is all that was said."""
    words = words_of([message.words_id]).get(message.words_id or 0) or ""
    if passage.split() == words.split():
        return None
    if not is_taken_from(passage, words):
        raise Refused("ticket.not_their_words")
    return passage.strip()


def _copy_message(
    new: Any, message: Message, passage: str | None, files: Collection[int] | None
) -> Message:
    fields = {
        field.attname: getattr(message, field.attname)
        for field in Message._meta.concrete_fields
        if field.attname not in ("id", "stream", "version", "ticket_id", "message_id")
    }
    if passage is not None:
        fields["words_id"] = new.said(passage, whose=Actor.parse(message.author))
        fields["quoted_id"] = None
    copy: Message = new.add(Message(ticket_id=new.id, **fields))
    copy_files(new, message.pk, copy.pk, files)
    return copy
