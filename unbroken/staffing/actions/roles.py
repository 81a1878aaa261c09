"""What can happen to a role, and who has it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.values import set_values
from unbroken.ground.words import _
from unbroken.staffing.actions.reach import check_gives, check_not_last_admin, check_reach
from unbroken.staffing.events import WORDS, RoleChanged, RoleGiven, RoleMade
from unbroken.staffing.ids import AgentId, RoleId
from unbroken.staffing.models import Agent, Role
from unbroken.staffing.permissions import ADMIN, AGENT, BUILT_IN, PERMISSIONS, allowed_by

refusals(
    {
        "role.unknown": _("There is no such role."),
        "role.no_name": _("Give the role a name."),
        "role.unknown_permission": _("There is no such permission."),
        "role.in_use": _("Somebody has this role. Give them another one first."),
    }
)


def allowances(role: str) -> frozenset[str]:
    """What a role allows now; refused when there is none of that name."""
    if role in BUILT_IN:
        return BUILT_IN[role].allows
    own = Role.objects.filter(key=role, active=True).first()
    if own is None:
        raise Refused("role.unknown")
    return allowed_by(role, own.allows)


def give_role(*, agent_id: AgentId, role: str, by: Actor, at: datetime) -> None:
    """The agent may do what this role allows, from their next click on."""
    with transaction.atomic():
        check_gives(allowances(role), by=by)
        if role != ADMIN:
            check_not_last_admin(agent_id, by=by)
        with change(Agent, agent_id, by=by, at=at) as agent:
            check_reach(agent_id, by=by)
            was = agent.role or (ADMIN if agent.is_admin else AGENT)
            if was == role:
                return
            agent.role, agent.is_admin = role, role == ADMIN
            agent.tell(RoleGiven(role=role, was=was))


def make_role(*, name: str, allows: Sequence[str], by: Actor, at: datetime) -> RoleId:
    """A role of the desk's own."""
    _check(allows, by=by)
    if not name.strip():
        raise Refused("role.no_name")
    with begin(Role, by=by, at=at) as role:
        role.key, role.name = f"own-{role.id}", name.strip()
        role.allows = sorted(set(allows))
        role.tell(RoleMade(allows=tuple(role.allows)))
    return RoleId(role.id)


def change_role(
    *,
    role_id: RoleId,
    name: str | None = None,
    allows: Sequence[str] | None = None,
    active: bool | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """New values for what is given; whoever has the role is bound by it from the next click on."""
    if name is not None and not name.strip():
        raise Refused("role.no_name")
    wanted = {
        "name": name.strip() if name is not None else None,
        "allows": sorted(set(allows)) if allows is not None else None,
        "active": active,
    }
    with change(Role, role_id, by=by, at=at) as role:
        _check([*role.allows, *(allows or ())], by=by)
        if active is False and Agent.objects.filter(role=role.key, active=True).exists():
            raise Refused("role.in_use")
        changed = set_values(role, wanted, words=WORDS)
        if changed is not None:
            role.tell(RoleChanged(**changed.told()))


def _check(allows: Sequence[str], *, by: Actor) -> None:
    if not PERMISSIONS.keys() >= set(allows):
        raise Refused("role.unknown_permission")
    check_gives(allows, by=by)
