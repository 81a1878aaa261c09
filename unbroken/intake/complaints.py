"""Is it well? Whoever complained is asked for their word by mail, when we think that it is done."""

from datetime import datetime, timedelta

from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import ticket_link
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.words import _, in_language
from unbroken.intake.desk import domain
from unbroken.intake.post import send_service_mail
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

USEFUL_FOR = timedelta(days=14)
SUBJECT = _("[#{number}] Is it well now?")
HELLO, HELLO_NOBODY = _("Hello {name},"), _("Hello,")
DONE = _("we think that what you complained of is put right.")
WORD = _("Is it? Only your word ends the complaint. Say yes or no here, with one click:")
SIGNED = _("{name}, head of support")


def ask_for_the_word(*, ticket_id: TicketId, event_id: int, at: datetime) -> None:
    """One mail for each time that we say it is done."""
    ticket = conversation.ticket_facts(ticket_id)
    if ticket is None or ticket.ticket_type != "complaint" or ticket.status != "resolved":
        return
    complaint = conversation.complaint_of(ticket_id)
    card = directory.contact(ContactId(ticket.contact_id)) if ticket.contact_id else None
    if complaint is None or card is None or not card.email:
        return
    language = ticket.language
    owner = staffing.agent(AgentId(complaint.owner_id)) if complaint.owner_id else None
    name = " ".join(card.name.split())
    lines = [
        in_language(HELLO, language, name=name) if name else in_language(HELLO_NOBODY, language),
        in_language(DONE, language),
        in_language(WORD, language),
        f"{ticket_link(ticket.id, int(card.id))}#word",
        *([in_language(SIGNED, language, name=owner.name)] if owner else []),
    ]
    send_service_mail(
        to=(card.name, card.email),
        subject=in_language(SUBJECT, language, number=ticket.id),
        words="\n\n".join(lines) + "\n",
        language=language,
        until=at + USEFUL_FOR,
        message_id=f"w.{event_id}@{domain()}",
    )
