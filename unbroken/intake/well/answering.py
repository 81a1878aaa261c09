"""What follows from an answer: a yes closes, a no goes on with that line and fresh evidence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.conversation import actions as record
from unbroken.conversation import queries as recorded
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.states import ENDED
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.evidence.of_tickets import finding_on
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.sql import row
from unbroken.ground.words import _, in_language
from unbroken.intake.events_well import WellAnswered
from unbroken.intake.models_telling import NoticeLetter
from unbroken.intake.models_well import WellAnswer
from unbroken.intake.well.questions import OPEN_FOR, Question, Says

STILL_NOT = _("It does not work after the trouble was said to be over.")
SUBJECT = _("Does not work after the trouble was over")


@dataclass(frozen=True, slots=True)
class _Reported:
    id: int
    status: str


def answer_well(
    asked: Question, says: Says, *, words: str = "", channel: str = "web", at: datetime
) -> int | None:
    """Keep the answer, once; the request that goes on because of a no. The last word counts."""
    by = Actor.contact(asked.contact)
    with transaction.atomic():
        list(NoticeLetter.objects.select_for_update().filter(pk=asked.id))  # two taps at once
        kept = WellAnswer.objects.filter(problem=asked.problem, contact=asked.contact).first()
        if kept is not None and kept.says == says:
            return kept.ticket
        ticket = _go_on(asked, words, channel, by, at) if says == "no" else None
        if says == "yes":
            _close(asked, kept, by, at)
        if kept is None:
            with begin(WellAnswer, by=by, at=at) as answer:
                answer.problem, answer.contact = asked.problem, asked.contact
                answer.letter = asked.id
                _say(answer, says, ticket)
        else:
            with change(WellAnswer, kept.pk, by=by, at=at) as answer:
                _say(answer, says, ticket or answer.ticket)
    return ticket


def _say(answer: Any, says: Says, ticket: int | None) -> None:
    answer.says, answer.ticket, answer.answered_at = says, ticket, answer.at
    answer.tell(
        WellAnswered(problem=answer.problem, contact=answer.contact, says=says, ticket=ticket)
    )


def _close(asked: Question, kept: WellAnswer | None, by: Actor, at: datetime) -> None:
    """Nobody waits for anything more: what they reported is closed by their own word."""
    found = _reported(asked)
    number = (kept.ticket if kept else None) or (found.id if found else None)
    facts = recorded.ticket_facts(number) if number else None
    if facts is None or facts.status in ("closed", "cancelled", "rejected"):
        return
    try:
        with transaction.atomic():
            record.close_ticket(ticket_id=TicketId(facts.id), by=by, at=at)
    except Refused:
        return  # something else is left to do on it


def _go_on(asked: Question, words: str, channel: str, by: Actor, at: datetime) -> int:
    """The request of that line, open again or new; its line is looked at anew."""
    card = directory.contact(ContactId(asked.contact))
    said = Incoming(
        author=by,
        channel=channel,
        words="\n\n".join(filter(None, (in_language(STILL_NOT, asked.language), words.strip()))),
        at=at,
        sender=(card.name, card.email) if card else ("", ""),
    )
    found = _reported(asked)
    if found is not None and at - asked.sent_at <= OPEN_FOR:
        ticket = TicketId(found.id)
        record.add_message(ticket_id=ticket, said=said, by=by, at=at)
        if found.status in ENDED:
            look = finding_on(ticket, at)
            record.note_looked(ticket_id=ticket, found=look, is_anew=True, by=HOUSE, at=at)
        return int(ticket)
    opening = Opening(
        name=in_language(SUBJECT, asked.language),
        channel=channel,
        reported_at=at,
        ticket_type="incident",
        language=asked.language,
        contact_id=asked.contact,
        contact_confirmed=True,
        customer_id=asked.customer,
        service_id=asked.services[0] if asked.services else None,
        impact="high",
    )
    return int(record.acknowledge_ticket(opening, said, by=by, at=at)[0])


def _reported(asked: Question) -> _Reported | None:
    return row(
        _Reported,
        "intake/queries/well_ticket.sql",
        problem=asked.problem,
        contact=asked.contact,
        customer=asked.customer,
        services=asked.services,
    )
