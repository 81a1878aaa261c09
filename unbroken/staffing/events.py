"""What can happen to the people of the house and their teams."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("agent.hired", says=_("The agent works here from now on."), sample={"is_admin": False})
@dataclass(frozen=True, slots=True)
class AgentHired:
    """Somebody works here from now on and may sign in once a password is set."""

    is_admin: bool = False


@event("agent.changed", says=_("The agent was changed."), sample={"fields": ["timezone"]})
@dataclass(frozen=True, slots=True)
class AgentChanged:
    """Some columns of an agent have new values."""

    fields: tuple[str, ...]


@event(
    "agent.joined_team",
    says=_("The agent joined a team."),
    sample={"team": 2, "role": "lead"},
)
@dataclass(frozen=True, slots=True)
class TeamJoined:
    """The agent belongs to a team, or has another role in it."""

    team: int
    role: str


@event("agent.left_team", says=_("The agent left a team."), sample={"team": 2})
@dataclass(frozen=True, slots=True)
class TeamLeft:
    """The agent belongs to the team no longer."""

    team: int


@event("agent.password_set", says=_("A new password was set for the agent."))
@dataclass(frozen=True, slots=True)
class PasswordSet:
    """The agent has a new password. The record keeps no trace of it."""


@event("agent.retired", says=_("The agent works here no longer."))
@dataclass(frozen=True, slots=True)
class AgentRetired:
    """The agent left: no sign-in, no team."""


@event("team.opened", says=_("The team was opened."))
@dataclass(frozen=True, slots=True)
class TeamOpened:
    """People may join this team and its queue."""


@event("team.changed", says=_("The team was changed."), sample={"fields": ["languages"]})
@dataclass(frozen=True, slots=True)
class TeamChanged:
    """Some columns of a team have new values."""

    fields: tuple[str, ...]
