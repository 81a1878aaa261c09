"""Which saved lists an agent finds, and which of them they may change."""

from dataclasses import dataclass

from unbroken.ground.kept import Kept
from unbroken.ground.sql import rows
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import WRITE_RULES
from unbroken.staffing.queries import AgentCard

kept_teams = Kept(staffing.teams)
"""Teams change rarely: read once in a few seconds for everybody."""


@dataclass(frozen=True, slots=True)
class SavedRow:
    """One saved list as its reader sees it."""

    id: int
    scope: str
    team_id: int | None
    team: str | None
    owner_id: int
    owner: str
    name: str
    words: str
    is_pinned: bool


def saved_lists(agent: AgentCard) -> list[SavedRow]:
    """Their own, those of their teams, everybody's; in their order."""
    return rows(
        SavedRow,
        "console/saved_lists/queries/saved_lists.sql",
        me=agent.id,
        teams=list(agent.team_ids),
    )


def may_change(agent: AgentCard, one: SavedRow) -> bool:
    """The one who made it, the lead of its team, whoever makes rules for everybody."""
    is_own = one.owner_id == agent.id
    is_theirs = one.scope != "mine" and WRITE_RULES in agent.permissions
    return is_own or is_theirs or one.team_id in agent.lead_of


def may_share_with_all(agent: AgentCard) -> bool:
    """What everybody finds is put there by those who lead."""
    return WRITE_RULES in agent.permissions or bool(agent.lead_of)


def team_choices(agent: AgentCard) -> list[tuple[str, str]]:
    """The teams a view may be saved for."""
    return [(f"team:{team.id}", team.name) for team in kept_teams() if team.id in agent.team_ids]
