"""Who was called by name, and where."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import rows

MENTIONS_MAX = 50


@dataclass(frozen=True, slots=True)
class MentionRow:
    """An agent was called in a note. Whether they may still see the ticket is for the face to ask.

    `by` is an actor; `is_seen`: they have read the ticket that far.
    """

    ticket_id: int
    message_id: int
    at: datetime
    by: str
    name: str
    team_id: int | None
    assignee_id: int | None
    is_seen: bool


def mentions_of(
    agent_id: int, *, unseen_only: bool = False, limit: int = MENTIONS_MAX
) -> list[MentionRow]:
    """Where an agent was called by name, the latest first."""
    query = "conversation/queries/mentions.sql"
    return rows(MentionRow, query, agent=agent_id, unseen_only=unseen_only, limit=limit)
