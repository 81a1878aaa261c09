"""A web form or an API request enters the record."""

import hashlib
from datetime import datetime

from unbroken.conversation import actions
from unbroken.conversation import queries as conversation
from unbroken.conversation.fields import Wrong, read_value
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import FileIn, Incoming, Opening
from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.ground.actor import HOUSE, Actor
from unbroken.intake import approvals
from unbroken.intake.asked import WebFile, WebRequest
from unbroken.intake.entering.outcome import Outcome, Taken
from unbroken.intake.mail.names import safe_name
from unbroken.intake.mail.safety import held_reason
from unbroken.intake.mailboxes import by_key
from unbroken.intake.understanding import service_of, topic_of, type_of


def enter_web(taken: Taken, asked: WebRequest, *, at: datetime) -> Outcome:
    """A new ticket, or a fact added to one. The face has checked who may add to what."""
    contact = _contact(asked, at=at)
    by = Actor.contact(contact.id) if contact else HOUSE
    said = _said(taken, asked, by=by)
    contact_id = contact.id if contact else None
    if asked.ticket_id is not None:
        ticket_id = conversation.surviving(asked.ticket_id)
        message = actions.add_message(ticket_id=ticket_id, said=said, by=by, at=at)
        return Outcome("joined", ticket_id, message, contact_id)
    opening = _opening(taken, asked, contact)
    ticket_id, message = actions.acknowledge_ticket(opening, said, by=by, at=at)
    if opening.ticket_type == "order":
        approvals.ask_if_needed(ticket_id=ticket_id, said=asked.amount, at=at)
    _fill(ticket_id, opening, asked, by=by, at=at)
    return Outcome("opened", ticket_id, message, contact_id)


def _fill(
    ticket_id: TicketId, opening: Opening, asked: WebRequest, *, by: Actor, at: datetime
) -> None:
    """Custom fields as they were typed. The face has checked them; one that changed since is left
    aside, since a request is registered whatever becomes of its fields."""
    rows = {row.key: row for row in conversation.fields_for(opening.topic_id)}
    typed = {
        key: text
        for key, text in asked.fields
        if key in rows and not isinstance(read_value(rows[key], text), Wrong)
    }
    if typed:
        actions.fill_fields(ticket_id=ticket_id, typed=typed, by=by, at=at)


def _contact(asked: WebRequest, *, at: datetime) -> ContactCard | None:
    """Who is signed in, else a contact to be confirmed with what was typed.

    A typed address proves nothing: it never makes somebody the customer who has it on record.
    """
    if asked.contact_id is not None:
        return directory.contact(asked.contact_id)  # type: ignore[arg-type]
    if not (asked.email or asked.phone or asked.name):
        return None
    contact_id = directory_actions.register_contact(
        name=asked.name,
        email=asked.email or None,
        phone=asked.phone or None,
        language=asked.language,
        by=HOUSE,
        at=at,
    )
    return directory.contact(contact_id)


def _opening(taken: Taken, asked: WebRequest, contact: ContactCard | None) -> Opening:
    customer_id = asked.customer_id or (
        contact.customer_id if contact and contact.confirmed and asked.contact_id else None
    )
    topics = conversation.topic_tree()
    topic = next((one for one in topics if one.id == asked.topic_id), None) or topic_of(
        topics, subject=asked.subject, words=asked.words
    )
    service_id = asked.service_id
    if service_id is None and customer_id:
        service = service_of(
            directory.services_of(customer_id),  # type: ignore[arg-type]
            text=f"{asked.subject}\n{asked.words}",
        )
        service_id = service.id if service else None
    mailbox = by_key(taken.mailbox)
    return Opening(
        name=(asked.subject.strip() or asked.words.strip().partition("\n")[0])[:200],
        channel=taken.channel,
        mailbox=mailbox.key if mailbox else "",
        reported_at=taken.taken_at,
        ticket_type=asked.ticket_type or type_of(topic, text=f"{asked.subject}\n{asked.words}"),
        language=asked.language,
        contact_id=contact.id if contact else None,
        contact_confirmed=contact is not None,
        customer_id=customer_id,
        service_id=service_id,
        topic_id=topic.id if topic else None,
        impact=asked.impact,
        urgency=asked.urgency,
        external_id=asked.external_id,
        may_answer=asked.may_answer and contact is not None,
    )


def _said(taken: Taken, asked: WebRequest, *, by: Actor) -> Incoming:
    return Incoming(
        author=by,
        channel=taken.channel,
        words=asked.words,
        at=taken.taken_at,
        subject=asked.subject,
        sender=(asked.name, asked.email),
        intake_id=taken.id,
        sha256=taken.sha256,
        files=tuple(_file(file) for file in asked.files),
    )


def _file(file: WebFile) -> FileIn:
    data = file.bytes()
    name = safe_name(file.name, "", file.media_type)
    return FileIn(
        name=name,
        original_name=file.name if file.name != name else "",
        media_type=file.media_type,
        size=len(data),
        sha256=hashlib.sha256(data).digest(),
        held=held_reason(data, file.name, file.media_type) or "",
        data=data,
    )
