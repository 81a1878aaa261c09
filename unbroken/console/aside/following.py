"""News of the tickets that an agent follows: for the bell, which counts only what waits for them.

An event is news until the ticket has been read, unless the reader did it themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from unbroken.console.access import sight
from unbroken.ground.events import KINDS
from unbroken.ground.sql import rows
from unbroken.ground.words import _, in_language
from unbroken.staffing.queries import AgentCard

NEWS_MAX = 50
TELLING: Final = (
    "ticket.message_added",
    "ticket.remark_added",
    "ticket.side_answered",
    "ticket.replied",
    "ticket.noted",
    "ticket.customer_asked",
    "ticket.held",
    "ticket.resumed",
    "ticket.resolved",
    "ticket.reopened",
    "ticket.closed",
    "ticket.cancelled",
    "ticket.rejected",
    "ticket.assigned",
    "ticket.merged",
)
"""What those who follow a ticket want to hear of; sorting and tagging are not among it."""
ASKED_TO_FOLLOW = _("You were asked to follow it")


@dataclass(frozen=True, slots=True)
class FollowedNews:
    """A ticket that one follows, and the last of the things that happened unread."""

    number: int
    name: str
    things: int
    event_id: int
    at: datetime
    kind: str
    by: str

    @property
    def says(self) -> str:
        """What happened last, in the reader's language."""
        if self.kind == "ticket.watched":
            return in_language(ASKED_TO_FOLLOW)
        known = KINDS.get(self.kind)
        return in_language(known.says) if known else self.kind


def news_for(agent: AgentCard, *, limit: int = NEWS_MAX) -> list[FollowedNews]:
    """Unread news of what this agent follows, the latest first; one line a ticket."""
    return rows(
        FollowedNews,
        "console/aside/queries/news_for.sql",
        kinds=list(TELLING),
        limit=limit,
        **sight(agent),
    )
