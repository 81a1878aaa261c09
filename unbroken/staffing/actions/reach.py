"""How far somebody reaches: nobody gives what they do not have, nor changes who may do more.

The house itself, at the command line, reaches everywhere: whoever can type there has the machine.
"""

from collections.abc import Collection

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import _
from unbroken.staffing import queries
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent
from unbroken.staffing.permissions import ADMIN

refusals(
    {
        "agent.above_you": _("This person may do things that you may not, so you cannot do this."),
        "role.above_you": _("Nobody can give a permission that they do not have themselves."),
        "agent.last_admin": _("This is the last administrator. Make somebody else one first."),
    }
)


def check_reach(agent_id: int, *, by: Actor) -> None:
    """Refuse to change somebody who may do more than the one who changes them."""
    if by.kind != "agent" or by.id == agent_id:
        return
    theirs = queries.agent(AgentId(agent_id))
    if theirs is not None and not theirs.permissions <= _permissions(by):
        raise Refused("agent.above_you")


def check_gives(permissions: Collection[str], *, by: Actor) -> None:
    """Refuse to hand out what the giver does not have."""
    if by.kind == "agent" and not frozenset(permissions) <= _permissions(by):
        raise Refused("role.above_you")


def check_not_last_admin(agent_id: int, *, by: Actor) -> None:
    """Refuse to take away the last administrator; holds every administrator's row meanwhile."""
    if by.kind == "house":
        return
    locked = list(Agent.objects.select_for_update(no_key=True).filter(active=True).order_by("id"))
    admins = {one.id for one in locked if one.role == ADMIN or (not one.role and one.is_admin)}
    if admins == {agent_id}:
        raise Refused("agent.last_admin")


def _permissions(by: Actor) -> frozenset[str]:
    giver = queries.agent(AgentId(by.id)) if by.id is not None else None
    return giver.permissions if giver is not None and giver.active else frozenset()
