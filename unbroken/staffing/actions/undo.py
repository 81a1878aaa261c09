"""How the last thing that happened to an agent, a team or a role is taken back."""

from typing import Any

from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import passing, restores, undoes, values_back
from unbroken.staffing.actions.agents import change_agent, retire_agent, return_agent
from unbroken.staffing.actions.roles import change_role, give_role
from unbroken.staffing.actions.teams import change_team, join_team, leave_team


def _agent_as_before(event: LoggedEvent, **told: Any) -> None:
    change_agent(agent_id=event.subject_id, **values_back(event), **told)  # type: ignore[arg-type]


def _team_as_before(event: LoggedEvent, **told: Any) -> None:
    change_team(team_id=event.subject_id, **values_back(event), **told)  # type: ignore[arg-type]


def _role_as_before(event: LoggedEvent, **told: Any) -> None:
    change_role(role_id=event.subject_id, **values_back(event), **told)  # type: ignore[arg-type]


def _role_given_back(event: LoggedEvent, **told: Any) -> None:
    give_role(agent_id=event.subject_id, role=event.data["was"], **told)  # type: ignore[arg-type]


def _left_again(event: LoggedEvent, **told: Any) -> None:
    was, who, team = event.data.get("was"), event.subject_id, event.data["team"]
    if was is None:
        leave_team(agent_id=who, team_id=team, **told)  # type: ignore[arg-type]
    else:
        join_team(agent_id=who, team_id=team, role=was, **told)  # type: ignore[arg-type]


def _joined_again(event: LoggedEvent, **told: Any) -> None:
    role = event.data.get("was") or "member"
    join_team(agent_id=event.subject_id, team_id=event.data["team"], role=role, **told)  # type: ignore[arg-type]


def _back_again(event: LoggedEvent, **told: Any) -> None:
    return_agent(agent_id=event.subject_id, **told)  # type: ignore[arg-type]


def _gone_again(event: LoggedEvent, **told: Any) -> None:
    retire_agent(agent_id=event.subject_id, **told)  # type: ignore[arg-type]


passing("agent.status_set")
restores(
    {
        "agent.changed": _agent_as_before,
        "team.changed": _team_as_before,
        "role.changed": _role_as_before,
    }
)
undoes(
    {
        "agent.role_given": _role_given_back,
        "agent.joined_team": _left_again,
        "agent.left_team": _joined_again,
        "agent.retired": _back_again,
        "agent.returned": _gone_again,
    }
)
