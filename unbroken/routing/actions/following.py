"""The chain follows what happens to the request: moved without a word, asked aside, over.

Each of these sets what follows from an event, so doing it again changes nothing. A request that
has no chain gets none by being moved or ended; asking aside or for an approval begins one.
"""

from datetime import datetime
from typing import Any

from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import change
from unbroken.routing.actions.chain import IN_WORK, chain_of, in_hand, legs_in, who_gave
from unbroken.routing.events_chain import HandedOver, LegAccepted, LegAdded, LegEnded
from unbroken.routing.models_chain import Chain, Leg


def follow_hands(*, ticket_id: TicketId, taken_by: int | None, at: datetime) -> None:
    """The request is in other hands: as it stands now, for the letter may be late.

    `taken_by`: the agent who took it themselves.
    """
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    ticket = record.ticket_facts(ticket_id) if known is not None else None
    if known is None or ticket is None:
        return
    team_id, agent_id = ticket.team_id, ticket.assignee_id
    by_agent = agent_id is not None and agent_id == taken_by
    with change(Chain, known, by=HOUSE, at=at) as chain:
        legs = legs_in(known)
        leg = in_hand(legs)
        if leg is not None and leg.team_id == team_id:
            if leg.agent_id == agent_id and not (by_agent and leg.state == "given"):
                return
            leg.agent_id = agent_id
            if by_agent and leg.state == "given":
                leg.state, leg.begun_at = "working", leg.begun_at or chain.at
            chain.add(leg)
            chain.tell(LegAccepted(ticket=ticket_id, leg=leg.pk, agent=agent_id))
            return
        if leg is None and team_id is None:
            return
        giver = who_gave(legs)
        if leg is not None and leg.state == "asked" and giver and giver.team_id == team_id:
            return
        if leg is not None:
            leg.state, leg.ended_at = "moved", chain.at
            chain.add(leg)
        moved = Leg(chain_id=known, position=1 + max((one.position for one in legs), default=0))
        moved.team_id, moved.agent_id, moved.given_at = team_id, agent_id, chain.at
        moved.state = "working" if agent_id is not None else "given"
        moved.begun_at = chain.at if agent_id is not None else None
        chain.add(moved)
        chain.tell(
            HandedOver(
                ticket=ticket_id,
                leg=moved.pk,
                before=leg.pk if leg else None,
                team=team_id,
                agent=agent_id,
            )
        )


def end_chain(*, ticket_id: TicketId, at: datetime) -> None:
    """The request is over: what somebody has is done, what was planned is not needed."""
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    if known is None:
        return
    with change(Chain, known, by=HOUSE, at=at) as chain:
        left = [one for one in legs_in(known) if one.ended_at is None]
        for leg in left:
            leg.state = "done" if leg.kind == "work" and leg.state in IN_WORK else "dropped"
            leg.ended_at = chain.at
            chain.add(leg)
        if left:
            chain.tell(LegEnded(ticket=ticket_id, leg=left[0].pk, state=left[0].state))


def add_beside(
    *,
    ticket_id: TicketId,
    kind: str,
    beside: int,
    team_id: int | None = None,
    due_at: datetime | None = None,
    at: datetime,
) -> None:
    """Somebody outside, another team or the customer's company was asked beside the work.

    What was planned for that team begins with it.
    """
    with change(Chain, chain_of(ticket_id, by=HOUSE, at=at), by=HOUSE, at=at) as chain:
        legs = legs_in(chain.id)
        if any((one.kind, one.beside_id) == (kind, beside) for one in legs):
            return
        leg = _planned_beside(legs, kind, team_id) or Leg(
            chain_id=chain.id,
            kind=kind,
            team_id=team_id,
            position=1 + max((one.position for one in legs), default=0),
        )
        leg.beside_id, leg.state = beside, "given"
        leg.given_at, leg.due_at = chain.at, due_at
        chain.add(leg)
        chain.tell(LegAdded(ticket=ticket_id, leg=leg.pk, kind=kind, beside=beside))


def end_beside(
    *,
    ticket_id: TicketId,
    kind: str,
    beside: int,
    state: str = "done",
    words: int | None = None,
    at: datetime,
) -> None:
    """They answered, or decided. Those that waited for it can begin now."""
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    if known is None:
        return
    with change(Chain, known, by=HOUSE, at=at) as chain:
        legs = legs_in(known)
        leg = next((one for one in legs if (one.kind, one.beside_id) == (kind, beside)), None)
        if leg is None or (leg.ended_at is not None and words is None):
            return
        leg.state, leg.ended_at = state, chain.at
        leg.done_id = words or leg.done_id
        chain.add(leg)
        begun = _ready(legs, leg)
        chain.tell(LegEnded(ticket=ticket_id, leg=leg.pk, state=state, words=words, begun=begun))


def ask_again(*, ticket_id: TicketId, beside: int, at: datetime) -> None:
    """They were written to again: what was over goes on."""
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    if known is None:
        return
    with change(Chain, known, by=HOUSE, at=at) as chain:
        legs: list[Any] = [one for one in legs_in(known) if one.kind in ("side", "child")]
        leg = next((one for one in legs if one.beside_id == beside), None)
        if leg is None or leg.ended_at is None:
            return
        leg.state, leg.ended_at = "given", None
        chain.add(leg)
        chain.tell(LegAdded(ticket=ticket_id, leg=leg.pk, kind=leg.kind, beside=beside))


def _planned_beside(legs: list[Leg], kind: str, team_id: int | None) -> Leg | None:
    """What was planned for this team, and has no request of its own yet."""
    planned = [one for one in legs if one.kind == kind and one.ended_at is None]
    mine = (one for one in planned if one.team_id == team_id and one.beside_id is None)
    return next(mine, None)


def _ready(legs: list[Leg], ended: Leg) -> tuple[int, ...]:
    """Planned legs that waited for this one, and for nothing else."""
    open_ids = {one.pk for one in legs if one.ended_at is None and one.pk != ended.pk}
    waited = [one for one in legs if one.state == "planned" and ended.pk in one.after]
    return tuple(one.pk for one in waited if not open_ids.intersection(one.after))
