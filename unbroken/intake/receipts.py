"""The one acknowledgement: the number, what we understood, by when a person answers.

One text in the customer's language and time zone; its HTML is the same text, dressed.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import ticket_link
from unbroken.conversation.queries import TicketFacts
from unbroken.conversation.queries.looked import finding_of
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.evidence.plain import plain
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import first_event
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.mailboxes import mailboxes
from unbroken.intake.telling.estimates import of_newcomer
from unbroken.intake.telling.known import known_at
from unbroken.promise import queries as promise

GREETING = _("Hello {name},")
GREETING_NOBODY = _("Hello,")
NUMBER = _("Your request is with us. Its number is {number}.")
UNDERSTOOD = _("What we understood: {what}.")
TOPIC_AND_SERVICE = _("{topic} – {service}")
ANSWER_BY = _("A person answers by {time}.")
DONE_BY = _("It will probably be done by {time}; if that changes, you hear it from us.")
NO_PROMISE = _("A person will read it and answer.")
FOLLOW = _("To add something, simply answer this mail. To see how it stands: {link}")
COMPLAIN = _("Not content with how we handle it? The head of support reads {address}.")
COMPLAIN_LINK = _("Not content with how we handle it? Tell the head of support: {link}")
SUBJECT = _("[#{number}] {name}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement, worded."""

    subject: str
    words: str
    due_at: datetime | None
    done_by: datetime | None = None
    """By when it will probably be done, where that is said."""


def send_receipt(*, ticket_id: TicketId, at: datetime) -> None:
    """Acknowledge a first mail that may be answered; anything else changes nothing."""
    began = first_event(f"ticket:{ticket_id}")
    ticket = conversation.ticket_facts(ticket_id)
    if began is None or ticket is None or not began.data.get("may_answer", True):
        return
    goes_to = conversation.reply_goes_to(ticket_id)
    if began.imported or goes_to is None or ticket.contact_id is None:
        return
    contact = directory.contact(ticket.contact_id)  # type: ignore[arg-type]
    if contact is None:
        return
    if goes_to.channel == "mail" and conversation.is_echo_of_ours(contact.id, at=at):
        record.spare_receipt(ticket_id=ticket_id, contact_id=contact.id, at=at)
        return
    receipt = word(ticket, contact, due_at=promise.due_for_receipt(ticket, at=at), at=at)
    sent = record.send_receipt(
        ticket_id=ticket_id,
        words=receipt.words,
        subject=receipt.subject,
        goes_to=goes_to,
        due_at=receipt.due_at,
        at=at,
    )
    if sent is not None and receipt.done_by is not None:
        record.tell_estimate(
            ticket_id=ticket_id, by_when=receipt.done_by, why="", mailed=True, by=HOUSE, at=at
        )


def word(
    ticket: TicketFacts, contact: ContactCard, *, due_at: datetime | None, at: datetime
) -> Receipt:
    """The acknowledgement in the ticket's language and the customer's time zone.

    A fault at a service whose trouble we know is answered with what we know, and not also with the
    time by which a person would.
    """
    language = ticket.language
    link = ticket_link(ticket.id, contact.id)
    lines = [
        in_language(GREETING, language, name=contact.name)
        if contact.name
        else in_language(GREETING_NOBODY, language),
        "",
        in_language(NUMBER, language, number=f"#{ticket.id}"),
    ]
    understood = _understood(ticket, language)
    if understood:
        lines.append(in_language(UNDERSTOOD, language, what=understood))
    next_lines, is_known = _what_next(ticket, contact, due_at, at)
    done_by = None if is_known else of_newcomer(ticket, contact.timezone or "UTC", at=at)
    lines += [*next_lines, *_done_by(done_by, contact, language), ""]
    lines += [in_language(FOLLOW, language, link=link), _complain(link, language)]
    subject = in_language(SUBJECT, language, number=ticket.id, name=ticket.name)
    return Receipt(subject, "\n".join(lines), due_at, done_by)


def _what_next(
    ticket: TicketFacts, contact: ContactCard, due_at: datetime | None, at: datetime
) -> tuple[tuple[str, ...], bool]:
    """The lines, and whether they say that we know of the trouble."""
    language, zone = ticket.language, contact.timezone or "UTC"
    if ticket.ticket_type == "incident":
        known = known_at(ticket.service_id, language=language, zone=zone, at=at)
        if known is not None:
            return known.lines, True
    seen = _seen(ticket)
    told = (in_language(seen, language),) if seen is not None else ()
    return (*told, _answer_by(due_at, contact, language)), False


def _seen(ticket: TicketFacts) -> Phrase | None:
    """What was found on the line, if that is certain enough to be said before a person looks."""
    least = settings.UNBROKEN.receipt_certainty
    if ticket.service_id is None or not least:
        return None
    found = finding_of(ticket.id)
    is_sure = found is not None and found.certainty * 100 >= least
    return plain(found.cause) if found is not None and is_sure else None


def _understood(ticket: TicketFacts, language: str) -> str:
    topic = conversation.topic(ticket.topic_id) if ticket.topic_id else None
    service = directory.service(ticket.service_id) if ticket.service_id else None  # type: ignore[arg-type]
    names = [
        topic.name_in(language) if topic else "",
        service.product or service.key or "" if service else "",
    ]
    if all(names):
        return in_language(TOPIC_AND_SERVICE, language, topic=names[0], service=names[1])
    return names[0] or names[1]


def _answer_by(due_at: datetime | None, contact: ContactCard, language: str) -> str:
    if due_at is None:
        return in_language(NO_PROMISE, language)
    zone = contact.timezone or getattr(due_at.tzinfo, "key", "UTC")
    time = day_and_hour(due_at, zone=zone, language=language)
    return in_language(ANSWER_BY, language, time=time)


def _done_by(done_by: datetime | None, contact: ContactCard, language: str) -> tuple[str, ...]:
    if done_by is None:
        return ()
    time = day_and_hour(done_by, zone=contact.timezone or "UTC", language=language)
    return (in_language(DONE_BY, language, time=time),)


def _complain(link: str, language: str) -> str:
    desk = next((box.address for box in mailboxes() if box.key == "complaints"), None)
    if desk:
        return in_language(COMPLAIN, language, address=desk)
    return in_language(COMPLAIN_LINK, language, link=f"{link}#complain")
