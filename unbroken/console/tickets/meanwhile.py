"""A ticket just before something is written on it: where it stands, and what came meanwhile.

News are what people said since the writer last read: never their own words, never machines'. An
answer that does not know them is stopped once, with the news in sight and the words kept.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.console.access import sight
from unbroken.console.tickets.choices import names
from unbroken.console.tickets.story import nameless
from unbroken.conversation.ids import TicketId
from unbroken.ground.sql import row
from unbroken.ground.words import current_language
from unbroken.staffing.queries import AgentCard


@dataclass(frozen=True, slots=True)
class News:
    """What somebody said meanwhile, as far as it fits beside the composer."""

    who: str
    at: datetime
    words: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Before:
    """The ticket as it is now."""

    id: TicketId
    status: str
    team_id: int | None
    assignee_id: int | None
    said: Any

    @property
    def news(self) -> tuple[News, ...]:
        """What the writer has not had before their eyes, the oldest first."""
        said = json.loads(self.said) if isinstance(self.said, str) else self.said
        return tuple(_news(*one) for one in said)


def before_writing(agent: AgentCard, number: int, seen: int | None) -> Before | None:
    """None when there is no such ticket that the agent may see; `seen` None: nothing is news."""
    query = "console/tickets/queries/before_writing.sql"
    return row(Before, query, number=number, seen=seen, **sight(agent))


def _news(author: str, name: str, address: str, at: str, words: str | None, number: int) -> News:
    known = names(current_language())
    who = known.get(author) or name or address or nameless(author)
    return News(who, datetime.fromisoformat(at), words or "", number)
