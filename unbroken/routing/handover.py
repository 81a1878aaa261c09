"""The hand-over at the end of a shift, written where nobody is left to write it: what was done,
what is needed now, by when. In the language of whoever goes on."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.log import events_of
from unbroken.ground.words import _, in_language
from unbroken.promise import queries as promise
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId

WORDS = _(
    "{name} is off now.\n"
    "Done: {replies} answers and {notes} notes by {name}, the last at {last}.\n"
    "Needed from you: {need}\n"
    "By when: {due}"
)
ANSWER = _("the customer wrote last: answer them.")
GO_ON = _("go on where the story ends.")
NO_PROMISE = _("no promise is running")


def write(ticket_id: TicketId, *, giver: int, taker: int, by: Actor, at: datetime) -> None:
    """Keep it as a note on the request."""
    reader, left = staffing.agent(AgentId(taker)), staffing.agent(AgentId(giver))
    ticket = record.ticket_facts(ticket_id)
    if reader is None or left is None or ticket is None:
        return
    theirs = [one for one in events_of([f"ticket:{ticket_id}"]) if one.by == f"agent:{giver}"]
    wrote, answered = ticket.customer_wrote_at, ticket.answered_at
    is_asked = wrote is not None and (answered is None or answered < wrote)
    words = in_language(
        WORDS,
        reader.language,
        name=left.name,
        replies=sum(one.kind == "ticket.replied" for one in theirs),
        notes=sum(one.kind == "ticket.noted" for one in theirs),
        last=_said(theirs[-1].at, reader) if theirs else "–",
        need=in_language(ANSWER if is_asked else GO_ON, reader.language),
        due=_due(ticket_id, reader, at),
    )
    conversation.note_ticket(ticket_id=ticket_id, words=words, by=by, at=at)


def _due(ticket_id: TicketId, reader: AgentCard, at: datetime) -> str:
    """The next promise that runs, in the reader's time."""
    running = [
        one.due
        for one in promise.promises_of(ticket_id, at=at)
        if one.due is not None and one.is_owed
    ]
    if not running:
        return in_language(NO_PROMISE, reader.language)
    return _said(min(running), reader)


def _said(at: datetime, reader: AgentCard) -> str:
    there = at.astimezone(ZoneInfo(reader.timezone))
    return format_datetime(there, "d MMM HH:mm", locale=reader.language)
