"""A delivery becomes an outgoing mail, is handed over, and its outcome is recorded.

Safe to run twice: the Message-ID is derived from the delivery, the state is asked first,
and one process at a time has a delivery in hand.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.conf import settings
from django.db import transaction

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import DeliveryId
from unbroken.conversation.incoming import Incoming
from unbroken.conversation.links import ticket_link
from unbroken.conversation.queries import DeliveryRow, MessageRow, TicketFacts
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.models import Blob
from unbroken.ground.sql import planned_once
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import _, in_language
from unbroken.intake import outbox, wishes
from unbroken.intake.addresses import mark_address
from unbroken.intake.channels import channels
from unbroken.intake.desk import domain, secret
from unbroken.intake.mail import part_bytes
from unbroken.intake.mail.tokens import message_id, reply_address
from unbroken.intake.mailboxes import MailboxRow, by_key
from unbroken.intake.models import Intake
from unbroken.intake.outgoing import (
    Outgoing,
    OutgoingFile,
    PermanentFailure,
    Refusal,
    TemporaryFailure,
)
from unbroken.intake.threading import remember
from unbroken.staffing import queries as staffing

_LOCK_SPACE = 0x0B0C
FOOTER = _("Request {number}. How it stands: {link}")
REPLY_SUBJECT = _("[#{number}] {name}")
FORWARDED = _("----- Passed on -----")
FORWARDED_FROM = _("{who} wrote, {time}:")
DESK_NAME = _("Support")


def send(delivery_id: int, *, at: datetime) -> None:
    """Hand one delivery over. Temporary failures put it back with a longer pause."""
    with _alone_with(delivery_id) as is_mine:
        if not is_mine:
            return
        delivery = conversation.delivery(delivery_id)
        if delivery is None or delivery.state != "waiting":
            outbox.take_out([delivery_id])
            return
        if delivery.not_before > at:
            return
        _hand_over(delivery, at=at)


def _hand_over(delivery: DeliveryRow, *, at: datetime) -> None:
    number = DeliveryId(delivery.id)
    outgoing = wishes.heeded(outgoing_of(delivery), delivery)
    if outgoing is None:
        record.record_delivery_spared(delivery_id=number, at=at)
        outbox.take_out([delivery.id])
        return
    attempts = outbox.attempts_of(delivery.id) + 1
    try:
        refused = channels()[delivery.channel].deliver(outgoing)
    except TemporaryFailure as failure:
        if not outbox.is_patience_over(delivery.id, at=at):
            outbox.postpone(delivery.id, attempts=attempts, error=str(failure), at=at)
            return
        record.record_delivery_failed(
            delivery_id=number, error=str(failure), attempts=attempts, at=at
        )
    except PermanentFailure as failure:
        with transaction.atomic():
            record.record_delivery_failed(
                delivery_id=number, error=str(failure), attempts=attempts, at=at
            )
            for one in failure.refused:
                _mark_dead(delivery.ticket_id, one, at=at)
    else:
        with transaction.atomic():
            record.record_delivered(
                delivery_id=number, message_id=outgoing.message_id, attempts=attempts, at=at
            )
            for one in refused:
                _tell_refused(delivery, one, at=at)
            remember([(outgoing.message_id, delivery.ticket_id)])
            outbox.take_out([delivery.id])
        return
    outbox.take_out([delivery.id])


def _tell_refused(delivery: DeliveryRow, refusal: Refusal, *, at: datetime) -> None:
    """It left, but not to this one: for the agent that is a bounce which came at once."""
    ticket_id = conversation.surviving(delivery.ticket_id)
    said = Incoming(
        author=HOUSE,
        channel=delivery.channel,
        words=f"{refusal.address}: {refusal.code} {refusal.text}",
        at=at,
        audience="agents",
        kind="bounce",
    )
    record.note_bounce(
        ticket_id=ticket_id,
        said=said,
        delivery_id=None,
        bounce_class="address" if refusal.is_permanent else "temporary",
        permanent=refusal.is_permanent,
        by=HOUSE,
        at=at,
    )
    _mark_dead(ticket_id, refusal, at=at)


def _mark_dead(ticket_id: int, refusal: Refusal, *, at: datetime) -> None:
    """Nobody is written to again where the next server says that there is no such mailbox."""
    if refusal.is_no_such_mailbox:
        mark_address(refusal.address, ticket_id, "dead", at=at)


@contextmanager
def _alone_with(delivery_id: int) -> Iterator[bool]:
    """Two jobs may hold the same delivery after a stall; one of them lets go."""
    with planned_once() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, delivery_id % 2**31])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with planned_once() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, delivery_id % 2**31]
                )


@dataclass(frozen=True, slots=True)
class _Story:
    """What an outgoing mail is made of."""

    ticket: TicketFacts
    message: MessageRow
    delivery: DeliveryRow
    mailbox: MailboxRow | None


def outgoing_of(delivery: DeliveryRow) -> Outgoing:
    """The mail of a delivery; the same at every attempt."""
    ticket = conversation.ticket_facts(delivery.ticket_id)
    message = conversation.message(delivery.message_id)
    assert ticket is not None
    assert message is not None
    story = _Story(ticket, message, delivery, by_key(ticket.mailbox))
    text = _text(story)
    earlier = _earlier_ids(story)
    address = _our_address(story)
    marked = message_id(ticket.id, delivery.id, secret(), domain()).strip("<>")
    has_plus = story.mailbox is not None and story.mailbox.plus_addressing
    return Outgoing(
        message_id=marked,
        sender=(_sender_name(story), address),
        to=tuple((one[0], one[1]) for one in delivery.to),
        cc=tuple((one[0], one[1]) for one in delivery.cc),
        subject=_subject(story),
        text=text,
        html=in_html(text, ticket.language),
        at=delivery.not_before,
        language=ticket.language,
        reply_to=reply_address(address, ticket.id, secret()) if has_plus else "",
        in_reply_to=earlier[-1] if earlier else "",
        references=tuple(earlier[-10:]),
        is_automatic=delivery.kind == "receipt" or message.author.startswith("house"),
        files=tuple(_files(message)),
    )


def _earlier_ids(story: _Story) -> list[str]:
    """What the mail answers: the customer's conversation, or the side talk; they never mix."""
    message = story.message
    if story.delivery.kind == "forward":
        return []  # whoever something is passed on to has seen nothing that was said before
    if message.side_id is None:
        return conversation.message_ids_before(story.ticket.id, message.version)
    return conversation.side_message_ids(story.ticket.id, message.side_id, message.version)


def _our_address(story: _Story) -> str:
    """The ticket's mailbox; a desk that has set none up answers from where it was written to."""
    if story.mailbox is not None:
        return story.mailbox.address
    return conversation.written_to(story.ticket.id) or f"support@{domain()}"


def _text(story: _Story) -> str:
    words = story.message.words or ""
    if story.delivery.kind == "forward":
        return _forwarded(story)
    if story.delivery.kind == "side":
        return f"{words.rstrip()}\n\n{_signature(story)}\n"
    if story.delivery.kind == "receipt" or story.delivery.contact_id is None:
        return words
    # The reporter's own link would make everybody in copy the reporter.
    link = (
        f"{settings.BASE_URL}/requests/{story.ticket.id}"
        if story.delivery.cc
        else ticket_link(story.ticket.id, story.delivery.contact_id)
    )
    footer = in_language(FOOTER, story.ticket.language, number=f"#{story.ticket.id}", link=link)
    return f"{words.rstrip()}\n\n{_signature(story)}\n\n-- \n{footer}\n"


def _forwarded(story: _Story) -> str:
    """What the agent says about it, then who wrote it, when, and the words."""
    original = conversation.forwarded_from(story.message.id)
    said, language = story.message.words or "", story.ticket.language
    lines = [f"{said.rstrip()}\n\n{_signature(story)}" if said.strip() else ""]
    if original is not None:
        who = original.from_name or original.from_address or _sender_name(story)
        time = day_and_hour(original.at, zone="UTC", language=language)
        lines.append(in_language(FORWARDED, language))
        lines.append(in_language(FORWARDED_FROM, language, who=who, time=f"{time} (UTC)"))
        lines.append(story.message.quoted or "")
    return "\n\n".join(line for line in lines if line).strip() + "\n"


def _signature(story: _Story) -> str:
    author = Actor.parse(story.message.author)
    if author.kind == "agent" and author.id is not None:
        agent = staffing.agent(author.id)  # type: ignore[arg-type]
        if agent is not None:
            return agent.name
    return _sender_name(story)


def _sender_name(story: _Story) -> str:
    name = story.mailbox.name if story.mailbox else ""
    return name or in_language(DESK_NAME, story.ticket.language)


def _subject(story: _Story) -> str:
    if story.delivery.kind in ("receipt", "forward"):
        return story.message.subject
    name = story.message.subject if story.delivery.kind == "side" else story.ticket.name
    return in_language(REPLY_SUBJECT, story.ticket.language, number=story.ticket.id, name=name)


def _files(message: MessageRow) -> Iterator[OutgoingFile]:
    for file in message.attachments:
        if file.blob_id is not None:
            data = Blob.objects.filter(pk=file.blob_id).values_list("data", flat=True).first()
            if data is not None:
                yield OutgoingFile(file.name, file.media_type, bytes(data))
        elif file.intake_id is not None and message.kind == "forward":
            raw = Intake.objects.filter(pk=file.intake_id).values_list("raw", flat=True).first()
            part = part_bytes(bytes(raw), file.part) if raw is not None else None
            if part is not None:
                yield OutgoingFile(file.name, file.media_type, part)


def in_html(text: str, language: str) -> str:
    """The same text, dressed: paragraphs, and links one can follow."""
    paragraphs = []
    for block in text.strip().split("\n\n"):
        lines = "<br>".join(_linked(line) for line in block.split("\n"))
        paragraphs.append(f"<p>{lines}</p>")
    style = "font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:40em"
    body = "\n".join(paragraphs)
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f'<body style="{style}">{body}</body></html>'
    )


def _linked(line: str) -> str:
    words = []
    for word in line.split(" "):
        safe = escape(word)
        is_link = word.startswith(("https://", "http://"))
        words.append(f'<a href="{safe}">{safe}</a>' if is_link else safe)
    return " ".join(words)
