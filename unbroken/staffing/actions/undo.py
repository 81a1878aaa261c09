"""Taking back the last thing that happened to an agent, a team or a role.

Taking back is a change like any other, with its own event, so it can be taken back too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import events_of, words_of
from unbroken.ground.words import _
from unbroken.staffing.actions.agents import change_agent, retire_agent, return_agent
from unbroken.staffing.actions.roles import change_role, give_role
from unbroken.staffing.actions.teams import change_team, join_team, leave_team

refusals(
    {
        "staffing.changed_since": _("Something else was changed since. Look again."),
        "staffing.cannot_take_back": _("This cannot be taken back."),
    }
)


def can_take_back(event: LoggedEvent) -> bool:
    """Whether the record holds enough to take this back."""
    if event.kind in ("agent.changed", "team.changed", "role.changed"):
        return bool(event.data.get("was") or event.data.get("words_was"))
    return event.kind in _TAKEN_BACK


def take_back(*, stream: str, version: int, by: Actor, at: datetime) -> None:
    """What happened last is as it was before; refused when it is not the last any more."""
    happened = events_of([stream])
    if not happened or happened[-1].version != version:
        raise Refused("staffing.changed_since")
    last = happened[-1]
    if not can_take_back(last):
        raise Refused("staffing.cannot_take_back")
    _TAKEN_BACK[last.kind](last, by=by, at=at)


def _values_back(event: LoggedEvent) -> dict[str, Any]:
    """What the columns were; words that were erased meanwhile do not come back."""
    words: Mapping[str, int] = event.data.get("words_was") or {}
    known = words_of(words.values())
    if any(known.get(said) is None for said in words.values()):
        raise Refused("staffing.cannot_take_back")
    return {**(event.data.get("was") or {}), **{name: known[said] for name, said in words.items()}}


def _agent_as_before(event: LoggedEvent, **told: Any) -> None:
    change_agent(agent_id=event.subject_id, **_values_back(event), **told)  # type: ignore[arg-type]


def _team_as_before(event: LoggedEvent, **told: Any) -> None:
    change_team(team_id=event.subject_id, **_values_back(event), **told)  # type: ignore[arg-type]


def _role_as_before(event: LoggedEvent, **told: Any) -> None:
    change_role(role_id=event.subject_id, **_values_back(event), **told)  # type: ignore[arg-type]


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


_TAKEN_BACK: Mapping[str, Callable[..., None]] = {
    "agent.changed": _agent_as_before,
    "agent.role_given": _role_given_back,
    "agent.joined_team": _left_again,
    "agent.left_team": _joined_again,
    "agent.retired": _back_again,
    "agent.returned": _gone_again,
    "team.changed": _team_as_before,
    "role.changed": _role_as_before,
}
