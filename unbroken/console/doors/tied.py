"""Who here is somebody whom another place vouches for: tied already, tied now, or hired now."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.state import keys

refusals({"openid.taken": _("Another agent comes in as this person already.")})
NOT_HERE = _("Your organisation knows you, but nobody here is tied to that account.")
TIED = _("From now on you can sign in with your organisation.")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom a place vouches for, and how (`way` is the kind of key). `email` is empty unless the
    place stands by it."""

    way: str
    issuer: str
    subject: str
    email: str
    name: str


def agent_for(who: Somebody, *, by_address: bool, role: str, at: datetime) -> AgentCard | None:
    """The agent tied to this account; tied or hired now where the desk is set so."""
    tied = staffing.agent_of_identity(keys.identity_digest(who.issuer, who.subject))
    if tied is not None:
        return _working(staffing.agent(tied))
    card = staffing.agent_by_email(who.email) if who.email else None
    if card is not None:
        return _tied_by_address(who, card, at=at) if by_address else None
    return _hired(who, role, at=at) if who.email and role else None


def tie(who: Somebody, agent: AgentCard, *, at: datetime) -> None:
    """The account there is this agent's from now on; refused when it is another's."""
    if staffing.agent_of_identity(keys.identity_digest(who.issuer, who.subject)) is not None:
        raise Refused("openid.taken")
    actions.bind_identity(
        agent_id=agent.id, issuer=who.issuer, subject=who.subject, way=who.way, at=at
    )


def _tied_by_address(who: Somebody, card: AgentCard, *, at: datetime) -> AgentCard | None:
    """Once, and only an agent who is tied to nobody there yet."""
    if _working(card) is None:
        return None
    if any(key.kind == who.way and key.name == who.issuer for key in staffing.keys(card.id)):
        return None
    tie(who, card, at=at)
    return card


def _hired(who: Somebody, role: str, *, at: datetime) -> AgentCard | None:
    """Somebody new, with the role that the desk gives whoever is vouched for there."""
    try:
        number = actions.hire_agent(
            name=who.name[:200] or who.email, email=who.email, role=role, by=HOUSE, at=at
        )
    except Refused:
        return None
    actions.bind_identity(
        agent_id=number, issuer=who.issuer, subject=who.subject, way=who.way, at=at
    )
    return staffing.agent(number)


def _working(card: AgentCard | None) -> AgentCard | None:
    return card if card is not None and card.active else None
