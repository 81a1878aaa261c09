"""Calling a colleague by name in a note: `@Timo Brandt`, `@timo`. Pure.

Only those are called who may see the request: a call must not tell anybody that it exists.
"""

import re
from collections import Counter
from collections.abc import Iterable

from unbroken.staffing.queries import AgentCard


def may_see(agent: AgentCard, *, team_id: int | None, assignee_id: int | None) -> bool:
    """Whether an agent sees a request in these hands; the same rule as `access.sight`."""
    return agent.sees_all or team_id is None or team_id in agent.team_ids or agent.id == assignee_id


def called_in(words: str, people: Iterable[AgentCard]) -> list[int]:
    """The agents named after an `@`: by their whole name, or by a short one that only they have."""
    everybody = list(people)
    if "@" not in words:
        return []
    known = Counter(short for one in everybody for short in _short_names(one))
    return [
        one.id for one in everybody if any(_stands_in(words, name) for name in _names(one, known))
    ]


def _names(one: AgentCard, known: Counter[str]) -> list[str]:
    return [one.name, *(short for short in _short_names(one) if known[short] == 1)]


def _short_names(one: AgentCard) -> set[str]:
    """The first name, and what stands before the @ of the address."""
    return {one.name.split(" ")[0].lower(), one.email.partition("@")[0].lower()} - {""}


def _stands_in(words: str, name: str) -> bool:
    return bool(name and re.search(rf"(?<![\w.])@{re.escape(name)}(?!\w)", words, re.IGNORECASE))
