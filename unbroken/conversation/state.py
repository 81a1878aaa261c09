"""The record's working state: how far somebody has read, what they write, who was called."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from unbroken.conversation.models import Draft, Mention

_READ = """
INSERT INTO read_mark (agent_id, ticket_id, version) VALUES (%s, %s, %s)
ON CONFLICT (agent_id, ticket_id) DO UPDATE SET version = excluded.version
"""

_BEGUN = """
INSERT INTO draft (agent_id, ticket_id, mode, text, saved_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (agent_id, ticket_id, mode)
DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at
"""


def mark_read(*, agent_id: int, ticket_id: int, version: int) -> None:
    """The agent has seen the ticket up to this version."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [agent_id, ticket_id, version])


def save_draft(*, agent_id: int, ticket_id: int, mode: str, text: str, at: datetime) -> None:
    """Keep what is being written; an empty text drops the draft."""
    if not text:
        Draft.objects.filter(agent_id=agent_id, ticket_id=ticket_id, mode=mode).delete()
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGUN, [agent_id, ticket_id, mode, text.replace("\0", "\ufffd"), at])


def drop_draft(*, agent_id: int, ticket_id: int, mode: str) -> None:
    """What was being written on a ticket is said, or not wanted any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM draft WHERE agent_id = %s AND ticket_id = %s AND mode = %s",
            [agent_id, ticket_id, mode],
        )


def draft(*, agent_id: int, ticket_id: int, mode: str) -> str:
    """What was being written, or nothing."""
    found = Draft.objects.filter(agent_id=agent_id, ticket_id=ticket_id, mode=mode)
    return found.values_list("text", flat=True).first() or ""


def mention(*, ticket_id: int, message_id: int, agent_ids: Sequence[int], at: datetime) -> None:
    """These agents are called by a note."""
    if agent_ids:
        Mention.objects.bulk_create(
            [
                Mention(agent_id=one, ticket_id=ticket_id, message_id=message_id, at=at)
                for one in agent_ids
            ],
            ignore_conflicts=True,
        )
