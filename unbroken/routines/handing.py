"""A macro or a rule hands a request over: what was done, what is needed, by when.

The three parts go together, to a team or a person; by when is so long after it is done.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unbroken.conversation import handing
from unbroken.conversation import queries as asked
from unbroken.conversation.handing import Handed
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId, TeamId

refusals(
    {
        "routine.three_parts": _(
            "To hand over, say what was done, what is needed and by when, and to which team or "
            "person."
        ),
    }
)


def hands_of(
    ticket_id: TicketId, *, team: object, agent: object, is_rule: bool
) -> tuple[int, int | None]:
    """The team and the person a step means, who work here and may be given it."""
    if team is not None:
        there = staffing.team(TeamId(int(str(team))))
        if there is None or not there.active:
            raise Refused("routine.no_such_team")
    if agent is None:
        return int(str(team)), None
    who = staffing.agent(AgentId(int(str(agent or 0))))
    if who is None or not who.active or not who.team_ids:
        raise Refused("routine.no_such_person")
    hands = int(str(team)) if team is not None else _team_of(ticket_id, who)
    # A person may give work to somebody who is away, and is warned; a rule may not.
    return hands, int(who.id) if who.takes_work or not is_rule else None


def _team_of(ticket_id: TicketId, who: AgentCard) -> int:
    now = asked.ticket_facts(ticket_id)
    theirs = now is not None and now.team_id in who.team_ids
    return int(now.team_id) if theirs and now is not None and now.team_id else min(who.team_ids)


def hand_over(
    ticket_id: TicketId, hands: tuple[int, int | None], parts: Mapping[str, Any],
    *, language: str, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """With the words; `parts` are texts and the instant by which it is needed."""
    team_id, agent_id = hands
    handed = Handed(team_id, agent_id, parts["done"], parts["needed"], parts["due"], language)
    handing.hand_over(ticket_id=ticket_id, handed=handed, by=by, at=at)
