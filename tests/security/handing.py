"""Work that Mila handed over on Anneke's request, and a cable with her line: for the addresses."""

from datetime import timedelta

from tests.security.crowd import MILA, Crowd
from tests.security.lines import line_of
from unbroken.conversation.actions import open_complaint
from unbroken.conversation.ids import TicketId
from unbroken.directory import queries as directory
from unbroken.directory.actions import change_service, register_resource
from unbroken.directory.ids import ServiceId
from unbroken.directory.topology_queries import services_below
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.routing.actions.chain import hand_over
from unbroken.routing.chain.parcel import Hands, Parcel
from unbroken.routing.chain.reading import chain_view
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId

CABLE = "cable-of-anneke"


def _team(crowd: Crowd) -> int:
    card = staffing.agent(AgentId(crowd.agents[MILA]))
    assert card is not None
    return min(card.team_ids)


def handed(crowd: Crowd) -> dict[str, object]:
    """The request, handed to Mila herself with the three parts."""
    leg, at = chain_view(crowd.ticket).current, now()
    if leg is None or leg.needed is None:
        parcel = Parcel("Looked.", "Mend it.", at + timedelta(hours=4), [], [], "en")
        to = Hands(_team(crowd), AgentId(crowd.agents[MILA]))
        hand_over(ticket_id=crowd.ticket, to=to, parcel=parcel, by=HOUSE, at=at)
    return {"number": crowd.ticket}


def to_be_handed(crowd: Crowd) -> dict[str, object]:
    """What the form of a hand-over to the whole team says."""
    due = now() + timedelta(days=1)
    return {
        "team": _team(crowd), "done": "Looked.", "needed": "Mine.",
        "due": f"{due:%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def complained(crowd: Crowd) -> dict[str, object]:
    """The request, as a complaint that somebody answers for."""
    ticket = TicketId(crowd.ticket)
    open_complaint(ticket_id=ticket, owner_id=None, barred=(), by=HOUSE, at=now())
    return {"number": crowd.ticket}


def one_step_more(crowd: Crowd) -> dict[str, object]:
    """What the form of a plan says."""
    return {"do": "add", "team": _team(crowd), "name": "Mine."}


def cable(crowd: Crowd) -> dict[str, object]:
    """An element that carries a service, so that a problem can be opened there."""
    if not services_below(CABLE):
        service = ServiceId(int(str(line_of(crowd)["service_id"])))
        found = register_resource(key=CABLE, kind="cable", by=HOUSE, at=now())
        change_service(service_id=service, resource_id=found, by=HOUSE, at=now())
        assert directory.service(service) is not None
    return {"element": CABLE}
