"""Planned work of other teams begins: each gets a request of its own, and the leg goes with it."""

from datetime import datetime

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused, change
from unbroken.routing.actions.chain import legs_in
from unbroken.routing.actions.plan import ready_beside
from unbroken.routing.events_chain import LegAdded
from unbroken.routing.models_chain import Chain
from unbroken.staffing import queries as staffing


def begin_beside(*, ticket_id: TicketId, at: datetime) -> None:
    """Ask the teams whose planned part can begin; a part that has begun is not asked again."""
    known = Chain.objects.filter(ticket_id=ticket_id).values_list("id", flat=True).first()
    ticket = record.ticket_facts(ticket_id) if known is not None else None
    if known is None or ticket is None or not ticket.is_open:
        return
    with change(Chain, known, by=HOUSE, at=at) as chain:
        begun = ready_beside(legs_in(known))
        for leg in begun:
            leg.state, leg.given_at = "given", chain.at
            chain.add(leg)
        if begun:
            chain.tell(LegAdded(ticket=ticket_id, leg=begun[0].pk, kind="child"))
    for leg in begun:
        team = staffing.team(leg.team_id)  # type: ignore[arg-type]
        if team is None:
            raise Refused("routing.unknown_team")
        name = leg.names.get(ticket.language) or next(iter(leg.names.values()), team.name)
        conversation.ask_team(
            ticket_id=ticket_id,
            team_id=team.id,
            team=team.name,
            subject=name,
            words=name,
            by=HOUSE,
            at=at,
        )
