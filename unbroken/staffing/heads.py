"""Who heads support: to them complaints go, by name."""

from collections.abc import Collection
from datetime import datetime

from unbroken.staffing import queries
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.permissions import ADMIN, HEAD
from unbroken.staffing.shift_queries import kept_plans

FAR = 10.0**12


def heads(*, but: Collection[int] = ()) -> list[AgentCard]:
    """Heads of support; on a desk that has none, its administrators."""
    people = [one for one in queries.agents() if one.id not in but]
    return [one for one in people if one.role == HEAD] or [
        one for one in people if one.role == ADMIN
    ]


def head_for(*, but: Collection[int] = (), at: datetime) -> AgentCard | None:
    """The head of support who is here, or who comes next; nobody of `but` while others are left."""
    found = heads(but=but) or heads()
    return min(found, key=lambda one: (_comes_at(one.id, at), one.id), default=None)


def _comes_at(agent_id: int, at: datetime) -> float:
    """Seconds since 1970 of when they are on: nought when they are, or were never planned."""
    plan = kept_plans().get(agent_id)
    if plan is None or plan.is_on(at):
        return 0.0
    comes = plan.next_on(at)
    return comes.timestamp() if comes is not None else FAR
