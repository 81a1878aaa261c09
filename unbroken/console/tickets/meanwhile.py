"""What came while an agent wrote, with the names a reader needs.

An answer that does not know the news is stopped once, with the news in sight and the words kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.access import sight
from unbroken.console.tickets.choices import names
from unbroken.console.tickets.named import nameless
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import SaidMeanwhile
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
    news: tuple[News, ...]


def before_writing(agent: AgentCard, number: int, seen: int | None) -> Before | None:
    """None when there is no such ticket that the agent may see; `seen` None: nothing is news."""
    found = record.before_writing(number, seen=seen, sight=sight(agent))
    if found is None:
        return None
    known = names(current_language())
    news = tuple(news_of(one, known) for one in found.meanwhile)
    return Before(TicketId(found.id), found.status, found.team_id, found.assignee_id, news)


def news_of(one: SaidMeanwhile, known: Mapping[str, str]) -> News:
    """What was said, with the name of who said it."""
    who = known.get(one.author) or one.name or one.address or nameless(one.author)
    return News(who, one.at, one.words, one.message_id)
