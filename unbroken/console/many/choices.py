"""What the bar below the list offers to do with the chosen requests."""

from unbroken.console.anywhere.statuses import with_status
from unbroken.console.macros.access import is_offered
from unbroken.console.many.deeds import PRIORITIES, SLEEPING, STATES, TAGGING
from unbroken.console.saved_lists.queries import kept_teams
from unbroken.ground.kept import Kept
from unbroken.ground.words import _, in_language
from unbroken.routines.queries import kept_macros
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.queries import AgentCard

Choices = list[tuple[str, list[tuple[str, str]]]]

kept_agents = Kept(staffing.agents)
"""People change rarely: read once in a few seconds for everybody."""

GIVE_TO_TEAM, GIVE_TO_PERSON = _("Give to a team"), _("Give to a person")
STATE, PRIORITY, TAG, TO_ME = _("State"), _("Priority"), _("Tag"), _("Me")
SLEEP, MACRO = _("Let it sleep"), _("Macros")


def colleagues(agent: AgentCard) -> list[AgentCard]:
    """Those who answer in the reader's teams (all, for one who sees all), the reader left out."""
    return [
        one
        for one in kept_agents()
        if one.id != agent.id
        and ANSWER in one.permissions
        and (agent.sees_all or not set(one.team_ids).isdisjoint(agent.team_ids))
    ]


def deed_choices(agent: AgentCard) -> Choices:
    """The deeds under their headings."""
    me = (f"agent:{agent.id}", in_language(TO_ME))
    people = [me, *((f"agent:{one.id}", with_status(one)) for one in colleagues(agent))]
    teams = [(f"team:{team.id}", team.name) for team in kept_teams()]
    macros = [
        (f"macro:{one.id}", one.sheet.name) for one in kept_macros() if is_offered(agent, one.sheet)
    ]
    groups = (
        (GIVE_TO_PERSON, people),
        (GIVE_TO_TEAM, teams),
        (STATE, [(f"state:{key}", in_language(word)) for key, word in STATES.items()]),
        (SLEEP, [(f"sleep:{key}", in_language(word)) for key, word in SLEEPING.items()]),
        (MACRO, macros),
        (PRIORITY, [(f"priority:{key}", in_language(word)) for key, word in PRIORITIES.items()]),
        (TAG, [(f"tag:{key}", in_language(word)) for key, word in TAGGING.items()]),
    )
    return [(in_language(title), choices) for title, choices in groups if choices]
