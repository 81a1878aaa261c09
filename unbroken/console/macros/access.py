"""Whose macros somebody is offered, and which they may write.

Everybody writes their own; those of a team or of everybody only who may write rules. A team's are
for its people.
"""

from unbroken.console.access import may
from unbroken.routines.queries import MacroRow
from unbroken.routines.sheets import MacroSheet
from unbroken.staffing.permissions import WRITE_RULES
from unbroken.staffing.queries import AgentCard


def is_offered(agent: AgentCard, sheet: MacroSheet) -> bool:
    """Whether it is in this agent's menu, if its conditions hold."""
    if not sheet.active:
        return False
    if sheet.scope == "mine":
        return sheet.owner == agent.id
    return sheet.scope == "all" or sheet.owner in agent.team_ids


def may_write(agent: AgentCard, sheet: MacroSheet) -> bool:
    """Whether this agent may change it, or make one like it."""
    if sheet.scope == "mine":
        return sheet.owner == agent.id
    return may(agent, WRITE_RULES)


def is_shown(agent: AgentCard, row: MacroRow) -> bool:
    """Whether it stands in the list: other people's own macros are theirs alone."""
    return row.sheet.scope != "mine" or row.sheet.owner == agent.id
