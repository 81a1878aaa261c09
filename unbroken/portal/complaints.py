"""A complaint as the customer sees it: who answers for it by name, and whose word ends it."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import Actor
from unbroken.ground.words import Phrase, _, in_language
from unbroken.routing.actions.complaints import receive_complaint
from unbroken.staffing import queries as staffing
from unbroken.staffing.heads import head_for
from unbroken.staffing.ids import AgentId

STEPS: dict[str, Phrase] = {
    "listen": _("Listened"),
    "understand": _("Looked into"),
    "apologise": _("Apologised"),
    "fix": _("Put right"),
    "tell": _("Told you what was done"),
    "learn": _("Learned from it"),
}
"""The steps in words meant for whoever complained."""


@dataclass(frozen=True, slots=True)
class MadeGood:
    """Who answers for it, how far it has come, and whether we ask for the customer's word."""

    who: str
    steps: tuple[tuple[str, bool], ...]
    word: str
    is_asked: bool


def is_complaint(ticket: TicketFacts) -> bool:
    """Whether somebody answers for it by name."""
    return ticket.ticket_type == "complaint" and record.complaint_of(ticket.id) is not None


def who_reads(ticket_id: int, *, at: datetime) -> str:
    """The head of support who would get a complaint about this request."""
    head = head_for(but=record.who_worked_on([ticket_id]), at=at)
    return head.name if head is not None else ""


def bring_to_head(ticket_id: int, *, about: int, at: datetime) -> str:
    """At once, so that the customer reads who has it; empty where nobody heads support."""
    owner = receive_complaint(ticket_id=TicketId(ticket_id), about=TicketId(about), at=at)
    card = staffing.agent(AgentId(owner)) if owner else None
    return card.name if card is not None else ""


def give_word(ticket: TicketFacts, *, is_well: bool, by: Actor, at: datetime) -> None:
    """Yes, it is well; or no."""
    actions.give_word(ticket_id=TicketId(ticket.id), is_well=is_well, by=by, at=at)


def made_good(ticket: TicketFacts) -> MadeGood | None:
    """None for what is no complaint."""
    row = record.complaint_of(ticket.id) if ticket.ticket_type == "complaint" else None
    if row is None:
        return None
    card = staffing.agent(AgentId(row.owner_id)) if row.owner_id else None
    return MadeGood(
        who=card.name if card is not None else "",
        steps=tuple((in_language(word), key in row.steps) for key, word in STEPS.items()),
        word=row.word,
        is_asked=ticket.status == "resolved" and row.word != "yes",
    )
