"""What can happen to a team, and who is in it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.values import set_values
from unbroken.ground.words import _
from unbroken.staffing.events import WORDS, TeamChanged, TeamJoined, TeamLeft, TeamOpened
from unbroken.staffing.ids import AgentId, TeamId
from unbroken.staffing.models import Agent, Membership, Team

ROLES = ("member", "lead")

refusals(
    {
        "agent.no_such_role": _("In a team one is a member or its lead."),
        "agent.not_in_team": _("The agent is not in this team."),
        "team.key_taken": _("There is a team with this short name already."),
    }
)


def join_team(
    *, agent_id: AgentId, team_id: TeamId, role: str = "member", by: Actor, at: datetime
) -> None:
    """The agent belongs to a team from now on, or has another role in it."""
    if role not in ROLES:
        raise Refused("agent.no_such_role")
    with change(Agent, agent_id, by=by, at=at) as agent:
        if not agent.active:
            raise Refused("agent.has_left")
        member = _membership(agent_id, team_id)
        if member is not None and member.role == role:
            return
        was = member.role if member is not None else None
        if member is None:
            member = Membership(agent_id=agent_id, team_id=team_id, since_at=at)
        member.role = role
        agent.add(member)
        agent.tell(TeamJoined(team=team_id, role=role, was=was))


def leave_team(*, agent_id: AgentId, team_id: TeamId, by: Actor, at: datetime) -> None:
    """The agent belongs to the team no longer."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        member = _membership(agent_id, team_id)
        if member is None:
            raise Refused("agent.not_in_team")
        member.until_at = at
        agent.add(member)
        agent.tell(TeamLeft(team=team_id, was=member.role))


def open_team(
    *, key: str, name: str, languages: Sequence[str] = (), by: Actor, at: datetime
) -> TeamId:
    """A team, and with it a queue, that people may join."""
    try:
        with transaction.atomic(), begin(Team, by=by, at=at) as team:
            team.key, team.name, team.languages = key, name, list(languages)
            team.tell(TeamOpened())
    except IntegrityError as clash:
        raise Refused("team.key_taken") from clash
    return TeamId(team.id)


def change_team(
    *,
    team_id: TeamId,
    name: str | None = None,
    languages: Sequence[str] | None = None,
    active: bool | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """New values for what is given; the rest stays as it is."""
    wanted = {
        "name": name,
        "languages": list(languages) if languages is not None else None,
        "active": active,
    }
    with change(Team, team_id, by=by, at=at) as team:
        changed = set_values(team, wanted, words=WORDS)
        if changed is not None:
            team.tell(TeamChanged(**changed.told()))


def _membership(agent_id: AgentId, team_id: TeamId) -> Membership | None:
    """The running membership; read under the agent's lock."""
    return Membership.objects.filter(agent_id=agent_id, team_id=team_id, until_at=None).first()
