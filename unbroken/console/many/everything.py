"""All that the words of a list match: shown first, then the deed is done to just those."""

from datetime import datetime

from unbroken.console.access import Seen
from unbroken.console.tickets.filters import read
from unbroken.console.tickets.narrowing import narrowing
from unbroken.ground.sql import rows_of
from unbroken.staffing.queries import AgentCard

ALL_MAX = 500
"""More than that has to be narrowed first: each is changed by itself, while the agent waits."""


def all_that_match(agent: AgentCard, words: str, at: datetime) -> list[int]:
    """The numbers of the whole list, in its order; one more than `ALL_MAX` when there are more."""
    ask = read(words)
    narrow = narrowing(agent, ask, at)
    name = "work_ended" if "ended" in ask.flags else "work_sorted"
    values = {
        **narrow.values,
        "after_due": None,
        "after_number": None,
        "looked_at": 0,
        "limit": ALL_MAX + 1,
    }
    statement = narrow.statement("work_numbers" if ask.numbers else name)
    return [one.id for one in rows_of(Seen, statement, values)]
