"""A macro as a deed among those done to many: it does, and it is undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unbroken.console.macros import applying
from unbroken.console.macros.access import is_offered
from unbroken.console.sleep import sleeping
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.routines import queries as routines
from unbroken.routines.sheets import MacroSheet
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId


def sheet_for(macro_id: int, agent_id: int) -> MacroSheet:
    """A macro that this agent is offered; refused when there is none any more."""
    found, agent = routines.macro(macro_id), staffing.agent(AgentId(agent_id))
    if found is None or agent is None or not is_offered(agent, found.sheet):
        raise Refused("macro.gone")
    return found.sheet


def do(ticket: TicketId, macro_id: int, *, by: Actor, at: datetime) -> dict[str, Any]:
    """All its steps; what taking them back needs is returned."""
    sheet = sheet_for(macro_id, by.id or 0)
    agent = staffing.agent(AgentId(by.id or 0))
    assert agent is not None
    return applying.apply(ticket, sheet, applying.doer_of(agent), at=at)


def undo(ticket: TicketId, was: Mapping[str, Any], now: Any, *, by: Actor, at: datetime) -> None:
    """Everything but the state, which its caller puts back."""
    applying.unsay(ticket, was.get("said", []), by=by, at=at)
    told: dict[str, Any] = {"ticket_id": ticket, "by": by, "at": at}
    record.assign_ticket(team_id=was["team_id"], agent_id=was["assignee_id"], **told)
    record.classify_ticket(
        impact=was["impact"],
        urgency=was["urgency"],
        topic_id=was.get("topic_id"),
        no_topic="topic_id" in was and was["topic_id"] is None,
        **told,
    )
    add, remove = set(was["tags"]) - set(now.tags), set(now.tags) - set(was["tags"])
    record.tag_ticket(add=add, remove=remove, **told)
    sleeping.as_before(ticket, was["sleep"], was["sleeps_until"], by=by, at=at)
