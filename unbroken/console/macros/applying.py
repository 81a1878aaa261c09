"""A macro does its steps to a request, and everything it did is taken back at once.

What was sent can be taken back as long as it is held here; what had left by then stays done, and
the whole is refused rather than half undone.
"""

from datetime import datetime
from typing import Any

from unbroken.console.sleep import sleeping
from unbroken.conversation import actions as record
from unbroken.conversation import queries as asked
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.routines import queries as routines
from unbroken.routines.conditions import hold
from unbroken.routines.doing import Doer, Ready, perform, ready
from unbroken.routines.sheets import MacroSheet
from unbroken.staffing.queries import AgentCard

refusals(
    {
        "macro.does_not_fit": _("This macro is not meant for such a request."),
        "macro.gone": _("There is no such macro any more."),
    }
)


def doer_of(agent: AgentCard) -> Doer:
    """An agent, as the one who does the steps."""
    return Doer(
        by=Actor.agent(agent.id),
        name=agent.name,
        agent_id=agent.id,
        zone=agent.timezone,
        hours=sleeping.kept_office(),
    )


def fits(ticket: TicketFacts, sheet: MacroSheet) -> bool:
    """Whether its conditions hold for a request."""
    return not sheet.conditions or hold(sheet.conditions, routines.facts_of(ticket))


def foreseen(number: int, sheet: MacroSheet, doer: Doer, *, at: datetime) -> tuple[Ready, ...]:
    """What it would do to this request; refused where it does not fit."""
    ticket = asked.ticket_facts(number)
    if ticket is None:
        raise Refused("many.not_there")
    if not fits(ticket, sheet):
        raise Refused("macro.does_not_fit")
    return ready(ticket, sheet.steps, doer, at=at)


def apply(number: TicketId, sheet: MacroSheet, doer: Doer, *, at: datetime) -> dict[str, Any]:
    """Do it; returns what taking it back needs besides how the request stood."""
    steps = foreseen(number, sheet, doer, at=at)
    ticket = asked.ticket_facts(number)
    assert ticket is not None
    said = perform(ticket, steps, doer, at=at)
    return {
        "said": [[one.kind, int(one.message_id)] for one in said],
        "topic_id": ticket.topic_id,
    }


def unsay(number: TicketId, said: list[list[Any]], *, by: Actor, at: datetime) -> None:
    """Answers and notes are taken back; an answer that has left refuses the whole."""
    for kind, message in said:
        take_back = record.withdraw_reply if kind == "reply" else record.withdraw_note
        take_back(ticket_id=number, message_id=MessageId(message), by=by, at=at)
