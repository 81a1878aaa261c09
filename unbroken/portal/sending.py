"""What a customer wrote goes to the door: kept raw first, then read, so that the number is known.

The same form handed in twice is one thing. Should reading fail, what was taken in stays and is
read by the door's own loop.
"""

from datetime import datetime

from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts, is_participant, links_of, topic_tree
from unbroken.directory.cards import ContactCard
from unbroken.ground.clock import now
from unbroken.intake.actions import RawThing, take_in
from unbroken.intake.asked import WebRequest
from unbroken.intake.entering.mail import REOPENS_WITHIN
from unbroken.intake.entering.outcome import Outcome
from unbroken.intake.reading import read_intake
from unbroken.portal.access import actor

COMPLAINTS = "complaints"


def send(asked: WebRequest, *, fingerprint: bytes, at: datetime) -> Outcome:
    """Taken in, then read; safe to call twice. Complaints go to the head of support's mailbox."""
    mailbox = COMPLAINTS if asked.ticket_type == "complaint" else ""
    thing = RawThing(channel="web", raw=asked.to_json(), dedupe=fingerprint, mailbox=mailbox)
    intake_id, _is_new = take_in(thing, at=at)
    return read_intake(intake_id, at=now())


def complaint_topic() -> int | None:
    """Under which topic a complaint stands, if there is one for complaints."""
    return next((one.id for one in topic_tree() if one.ticket_type == "complaint"), None)


def goes_on(ticket: TicketFacts, *, at: datetime) -> bool:
    """Whether what is said now still joins the ticket; later it opens a linked one, as by mail."""
    over_at = ticket.closed_at if ticket.status != "resolved" else None
    return over_at is None or at - over_at <= REOPENS_WITHIN


def take_part(ticket: TicketFacts, card: ContactCard, *, at: datetime) -> None:
    """Whoever of the same company writes on a ticket takes part in it from then on."""
    if not is_participant(ticket.id, card.id):
        record.join_ticket(
            ticket_id=TicketId(ticket.id),
            contact_id=card.id,
            role="cc",
            confirmed=True,
            by=actor(card),
            at=at,
        )


def link(new_id: int, old_id: int, card: ContactCard, *, at: datetime) -> None:
    """The new request belongs with the old one; said once, however often the form was sent."""
    if new_id == old_id or any(one.other == old_id for one in links_of(new_id)):
        return
    record.relate_ticket(
        ticket_id=TicketId(new_id),
        other_id=TicketId(old_id),
        relation="related",
        by=actor(card),
        at=at,
    )
