"""How a message and its files become rows of the ticket being changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from unbroken.conversation.incoming import Incoming
from unbroken.conversation.models import Attachment, Message, Participant


def keep_message(ticket: Any, said: Incoming, *, direction: str = "in") -> Message:
    """The words, the message and its files; returns the message with its id."""
    message: Message = ticket.add(
        Message(
            ticket_id=ticket.id,
            kind=said.kind,
            direction=direction,
            audience=said.audience,
            author=str(said.author),
            channel=said.channel,
            at=said.at,
            subject=said.subject,
            from_name=said.sender[0],
            from_address=said.sender[1],
            to=[list(address) for address in said.to],
            cc=[list(address) for address in said.cc],
            message_id=said.message_id,
            words_id=ticket.said(said.words, whose=said.author) if said.words else None,
            quoted_id=ticket.said(said.quoted, whose=said.author) if said.quoted else None,
            intake_id=said.intake_id,
            sha256=said.sha256,
            problem=said.problem,
        )
    )
    for file in said.files:
        ticket.add(
            Attachment(
                ticket_id=ticket.id,
                message_id=message.pk,
                name=file.name,
                original_name=file.original_name,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
                inline=file.inline,
                content_id=file.content_id,
                held=file.held,
                intake_id=said.intake_id if file.data is None else None,
                part=file.part,
                blob_id=None if file.data is None else ticket.kept(file.data, whose=said.author),
            )
        )
    return message


def copy_files(
    ticket: Any, of_message: int, to_message: int, only: Collection[int] | None = None
) -> None:
    """What came along with one message stands with another one too; `only` these of it."""
    for file in Attachment.objects.filter(message_id=of_message).order_by("id"):
        if only is not None and file.pk not in only:
            continue
        fields = {
            field.attname: getattr(file, field.attname)
            for field in Attachment._meta.concrete_fields
            if field.attname not in ("id", "stream", "version", "ticket_id", "message_id")
        }
        ticket.add(Attachment(ticket_id=ticket.id, message_id=to_message, **fields))


def keep_participant(ticket: Any, contact_id: int, role: str, *, confirmed: bool) -> None:
    """Somebody takes part from now on."""
    ticket.add(
        Participant(ticket_id=ticket.id, contact_id=contact_id, role=role, confirmed=confirmed)
    )


def latest(*times: datetime | None) -> datetime | None:
    """The latest of the times that are known."""
    known = [time for time in times if time is not None]
    return max(known) if known else None
