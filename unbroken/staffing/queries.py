"""Who works here, in which team, and who it is that just signed in."""

from collections.abc import Iterable
from datetime import datetime

from unbroken.ground.sql import row, rows, rows_where
from unbroken.staffing.cards import AgentCard as AgentCard
from unbroken.staffing.cards import BrowserCard as BrowserCard
from unbroken.staffing.cards import KeyCard as KeyCard
from unbroken.staffing.cards import PasskeyCard as PasskeyCard
from unbroken.staffing.cards import ProviderCard as ProviderCard
from unbroken.staffing.cards import RoleCard as RoleCard
from unbroken.staffing.cards import TeamCard as TeamCard
from unbroken.staffing.ids import AgentId, LoginId, RoleId, TeamId
from unbroken.staffing.models import Agent, Login, SignInKey

_AGENTS = "staffing/queries/agents.sql"
_TEAMS = "staffing/queries/teams.sql"
_ROLES = "staffing/queries/roles.sql"


def agent_of(login_id: LoginId) -> AgentCard | None:
    """Who signed in; nobody once they have left."""
    theirs = "agent.id = (SELECT agent_id FROM login WHERE id = %(login_id)s AND is_active)"
    card = next(iter(rows_where(AgentCard, _AGENTS, theirs, login_id=login_id)), None)
    return card if card is not None and card.active else None


def agent(agent_id: AgentId) -> AgentCard | None:
    """One agent, also one who left: old tickets still name them."""
    found = rows_where(AgentCard, _AGENTS, "agent.id = %(agent_id)s", agent_id=agent_id)
    return next(iter(found), None)


def agents(*, team_id: TeamId | None = None) -> list[AgentCard]:
    """Everybody who works here (in that team), by name."""
    if team_id is None:
        return rows_where(AgentCard, _AGENTS, "agent.active")
    theirs = "agent.active AND %(team_id)s = ANY (teams.team_ids)"
    return rows_where(AgentCard, _AGENTS, theirs, team_id=team_id)


def people() -> list[AgentCard]:
    """Everybody who works or worked here, by name."""
    return rows_where(AgentCard, _AGENTS, "true")


def anybody() -> bool:
    """Whether anybody works here or ever did."""
    return Agent.objects.exists()


def agent_by_email(email: str) -> AgentCard | None:
    """The agent who signs in with this address."""
    theirs, address = "lower(agent.email) = %(email)s", email.strip().lower()
    return next(iter(rows_where(AgentCard, _AGENTS, theirs, email=address)), None)


def agent_names(agent_ids: Iterable[int]) -> dict[int, str]:
    """Names for a page of events, those who left included."""
    found = Agent.objects.filter(pk__in=set(agent_ids)).values_list("id", "name")
    return dict(found)


def teams() -> list[TeamCard]:
    """Every team that people work in, by name."""
    return rows(TeamCard, _TEAMS, team_id=None, key=None, active=True)


def team(team_id: TeamId) -> TeamCard | None:
    """One team, also one that was closed."""
    return row(TeamCard, _TEAMS, team_id=team_id, key=None, active=None)


def team_by_key(key: str) -> TeamCard | None:
    """The team with this short name."""
    return row(TeamCard, _TEAMS, team_id=None, key=key, active=None)


def every_team() -> list[TeamCard]:
    """Every team, closed ones too, by name."""
    return rows(TeamCard, _TEAMS, team_id=None, key=None, active=None)


def roles() -> list[RoleCard]:
    """The desk's own roles, by name; the built-in ones stand in `permissions`."""
    return rows(RoleCard, _ROLES, role_id=None, active=True)


def role(role_id: RoleId) -> RoleCard | None:
    """One of the desk's own roles, also one that was closed."""
    return row(RoleCard, _ROLES, role_id=role_id, active=None)


def providers() -> list[ProviderCard]:
    """Organisations that vouch for agents by SAML, those switched off last."""
    return rows(ProviderCard, "staffing/queries/providers.sql", provider_id=None)


def provider(provider_id: int) -> ProviderCard | None:
    """One of them, also one that was switched off."""
    return row(ProviderCard, "staffing/queries/providers.sql", provider_id=provider_id)


def keys(agent_id: AgentId) -> list[KeyCard]:
    """What they sign in with besides a password."""
    return rows(KeyCard, "staffing/queries/keys.sql", agent_id=agent_id)


def passkeys(agent_id: AgentId) -> list[PasskeyCard]:
    """Their passkeys."""
    return rows(PasskeyCard, "staffing/queries/passkeys.sql", agent_id=agent_id, credential=None)


def passkey(credential: bytes) -> PasskeyCard | None:
    """The passkey that calls itself so."""
    return row(PasskeyCard, "staffing/queries/passkeys.sql", agent_id=None, credential=credential)


def browsers(agent_id: AgentId, *, at: datetime) -> list[BrowserCard]:
    """Where they are signed in now."""
    return rows(BrowserCard, "staffing/queries/browsers.sql", agent_id=agent_id, at=at)


def login_of(agent_id: AgentId) -> Login | None:
    """The login that Django signs in; nobody's once they have left."""
    return Login.objects.filter(agent_id=agent_id, is_active=True).first()


def agent_of_identity(digest: bytes) -> AgentId | None:
    """Whose identity at a provider or in a directory this is, if anybody's here."""
    found = SignInKey.objects.filter(kind__in=("openid", "ldap", "saml"), credential=digest)
    number = found.values_list("agent_id", flat=True).first()
    return AgentId(number) if number is not None else None
