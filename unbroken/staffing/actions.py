"""What can happen to an agent or a team: hire, join, leave, retire, open.

Nothing else in the house writes them. Nobody is ever deleted: an agent retires, a membership ends.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.staffing import state
from unbroken.staffing.events import (
    AgentChanged,
    AgentHired,
    AgentRetired,
    PasswordSet,
    TeamChanged,
    TeamJoined,
    TeamLeft,
    TeamOpened,
)
from unbroken.staffing.ids import AgentId, TeamId
from unbroken.staffing.models import Agent, Membership, Team

ROLES = ("member", "lead")
PASSWORD_LENGTH_MIN = 8

refusals(
    {
        "agent.email_taken": _("Somebody with this e-mail address works here already."),
        "agent.has_left": _("This agent works here no longer."),
        "agent.no_such_role": _("In a team one is a member or its lead."),
        "agent.password_too_short": _("A password needs at least {least} characters."),
        "agent.not_in_team": _("The agent is not in this team."),
        "team.key_taken": _("There is a team with this short name already."),
    }
)


def hire_agent(
    *,
    name: str,
    email: str,
    language: str = "en",
    timezone: str = "UTC",
    skills: Sequence[str] = (),
    is_admin: bool = False,
    password: str | None = None,
    by: Actor,
    at: datetime,
) -> AgentId:
    """Somebody works here from now on; with a password they can sign in at once."""
    email = email.strip().lower()
    with transaction.atomic():
        if password is not None:
            _check_length(password)
        try:
            with transaction.atomic(), begin(Agent, by=by, at=at) as agent:
                agent.name, agent.email = name, email
                agent.language, agent.timezone = language, timezone
                agent.skills, agent.is_admin = list(skills), is_admin
                agent.tell(AgentHired(is_admin=is_admin))
        except IntegrityError as clash:
            raise Refused("agent.email_taken") from clash
        state.make_login(agent.id, email)
        if password is not None:
            set_password(agent_id=AgentId(agent.id), password=password, by=by, at=at)
    return AgentId(agent.id)


def change_agent(
    *,
    agent_id: AgentId,
    name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    timezone: str | None = None,
    skills: Sequence[str] | None = None,
    is_admin: bool | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """New values for what is given; the rest stays as it is."""
    wanted = {
        "name": name,
        "email": email.strip().lower() if email is not None else None,
        "language": language,
        "timezone": timezone,
        "skills": list(skills) if skills is not None else None,
        "is_admin": is_admin,
    }
    try:
        with transaction.atomic(), change(Agent, agent_id, by=by, at=at) as agent:
            fields = _set(agent, wanted)
            if fields:
                agent.tell(AgentChanged(fields=fields))
            if "email" in fields:
                state.rename_login(agent_id, agent.email)
    except IntegrityError as clash:
        raise Refused("agent.email_taken") from clash


def set_password(*, agent_id: AgentId, password: str, by: Actor, at: datetime) -> None:
    """A new password, which also signs the agent out everywhere. It leaves no trace on record."""
    _check_length(password)
    with change(Agent, agent_id, by=by, at=at) as agent:
        if not agent.active:
            raise Refused("agent.has_left")
        state.set_password(agent_id, password)
        agent.tell(PasswordSet())


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
        if member is None:
            member = Membership(agent_id=agent_id, team_id=team_id, since_at=at)
        member.role = role
        agent.add(member)
        agent.tell(TeamJoined(team=team_id, role=role))


def leave_team(*, agent_id: AgentId, team_id: TeamId, by: Actor, at: datetime) -> None:
    """The agent belongs to the team no longer."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        member = _membership(agent_id, team_id)
        if member is None:
            raise Refused("agent.not_in_team")
        member.until_at = at
        agent.add(member)
        agent.tell(TeamLeft(team=team_id))


def retire_agent(*, agent_id: AgentId, by: Actor, at: datetime) -> None:
    """The agent leaves: no sign-in, no team. What they did stays theirs."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        if not agent.active:
            return
        agent.active = False
        for member in Membership.objects.filter(agent_id=agent_id, until_at=None):
            member.until_at = at
            agent.add(member)
        state.close_login(agent_id)
        agent.tell(AgentRetired())


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
        fields = _set(team, wanted)
        if fields:
            team.tell(TeamChanged(fields=fields))


def _membership(agent_id: AgentId, team_id: TeamId) -> Membership | None:
    """The running membership; read under the agent's lock."""
    return Membership.objects.filter(agent_id=agent_id, team_id=team_id, until_at=None).first()


def _set(row: object, wanted: Mapping[str, object]) -> tuple[str, ...]:
    """Give a row the values that are not None; returns the columns that really changed."""
    changed = []
    for column, value in wanted.items():
        if value is not None and getattr(row, column) != value:
            setattr(row, column, value)
            changed.append(column)
    return tuple(changed)


def _check_length(password: str) -> None:
    if len(password) < PASSWORD_LENGTH_MIN:
        raise Refused("agent.password_too_short", least=PASSWORD_LENGTH_MIN)
