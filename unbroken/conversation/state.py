"""The record's working state: how far somebody has read, what they write, who was called."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from unbroken.conversation.models_beside import Highlight
from unbroken.conversation.models_working import Draft, Mention

_READ = """
INSERT INTO read_mark (agent_id, ticket_id, version) VALUES (%s, %s, %s)
ON CONFLICT (agent_id, ticket_id) DO UPDATE SET version = excluded.version
"""

_BEGUN = """
INSERT INTO draft (agent_id, ticket_id, mode, text, saved_at, copies)
VALUES (%(agent)s, %(ticket)s, %(mode)s, %(text)s, %(at)s,
        coalesce(%(copies)s::jsonb, '[]'::jsonb))
ON CONFLICT (agent_id, ticket_id, mode)
DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at,
              copies = coalesce(%(copies)s::jsonb, draft.copies)
"""

_TAKE = """
WITH taken AS (
    DELETE FROM draft WHERE id = %(draft)s AND ticket_id = %(ticket)s
      AND shared_at IS NOT NULL AND agent_id <> %(me)s
    RETURNING mode, text, copies, coalesce(written_by_id, agent_id) AS written_by
)
INSERT INTO draft (agent_id, ticket_id, mode, text, saved_at, copies, written_by_id)
SELECT %(me)s, %(ticket)s, taken.mode, taken.text, %(at)s, taken.copies, taken.written_by
FROM taken
ON CONFLICT (agent_id, ticket_id, mode)
DO UPDATE SET text = draft.text || E'\\n\\n' || excluded.text, saved_at = excluded.saved_at,
              copies = excluded.copies, written_by_id = excluded.written_by_id, shared_at = NULL
RETURNING mode
"""

HIGHLIGHT_QUOTED_MAX = 80
"""Characters kept of how a passage begins, to see whether it still stands there."""

HIGHLIGHTS_MAX = 50

_MARK = """
INSERT INTO highlight (message_id, agent_id, start, "end", colour, quoted, at)
SELECT %(message)s, %(agent)s, %(start)s, %(end)s, 'yellow', %(quoted)s, %(at)s
WHERE (SELECT count(*) FROM highlight WHERE message_id = %(message)s) < %(most)s
ON CONFLICT DO NOTHING RETURNING id
"""


def mark_read(*, agent_id: int, ticket_id: int, version: int) -> None:
    """The agent has seen the ticket up to this version."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [agent_id, ticket_id, version])


def save_draft(
    *,
    agent_id: int,
    ticket_id: int,
    mode: str,
    text: str,
    at: datetime,
    copies: Mapping[str, bool] | None = None,
) -> None:
    """Keep what is being written; an empty text drops the draft.

    `copies`: whom an answer offers a copy, and whether they get one; None leaves that as it is.
    """
    if not text:
        Draft.objects.filter(agent_id=agent_id, ticket_id=ticket_id, mode=mode).delete()
        return
    values: dict[str, Any] = {
        "agent": agent_id,
        "ticket": ticket_id,
        "mode": mode,
        "text": text.replace("\0", "\ufffd"),
        "at": at,
        "copies": None if copies is None else json.dumps(list(copies.items())),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEGUN, values)


def drop_draft(*, agent_id: int, ticket_id: int, mode: str) -> int | None:
    """What was being written is said, or not wanted any more; returns whose draft it once was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM draft WHERE agent_id = %s AND ticket_id = %s AND mode = %s "
            "RETURNING written_by_id",
            [agent_id, ticket_id, mode],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def share_draft(*, agent_id: int, ticket_id: int, mode: str, at: datetime | None) -> bool:
    """Lay a draft open to whoever sees the ticket, or (`at` None) keep it to oneself again."""
    theirs = Draft.objects.filter(agent_id=agent_id, ticket_id=ticket_id, mode=mode)
    is_there = theirs.update(shared_at=at) > 0
    _say_so(ticket_id)
    return is_there


def take_draft(*, draft_id: int, agent_id: int, ticket_id: int, at: datetime) -> str:
    """A colleague's open draft becomes one's own, below what one had begun; its mode, or "".

    Of two who take it at once one gets it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"draft": draft_id, "me": agent_id, "ticket": ticket_id, "at": at})
        found = cursor.fetchone()
    if found:
        _say_so(ticket_id)
    return found[0] if found else ""


def _say_so(ticket_id: int) -> None:
    """Open pages of the ticket show it: no event, since a draft or a mark is nobody's word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('unbroken', %s)", [f"ticket:{ticket_id} draft"])


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


def plain(words: str) -> str:
    """Words as a browser shows them, so that both sides count the same characters."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def mark_passage(
    *,
    message_id: int,
    words: str,
    start: int,
    passage: str,
    ticket_id: int,
    agent_id: int,
    at: datetime,
) -> bool:
    """Mark what begins at this character of a message, for all who see the ticket.

    False where the passage does not stand there, says nothing, or there are marks enough.
    """
    if start < 0 or not passage.strip() or not plain(words).startswith(passage, start):
        return False
    values: dict[str, Any] = {
        "message": message_id,
        "agent": agent_id,
        "start": start,
        "end": start + len(passage),
        "quoted": passage[:HIGHLIGHT_QUOTED_MAX],
        "at": at,
        "most": HIGHLIGHTS_MAX,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK, values)
        is_new = cursor.fetchone() is not None
    _say_so(ticket_id)
    return is_new


def unmark(highlight_id: int, *, on: list[int], ticket_id: int) -> bool:
    """Take a mark off again, whoever made it, if its message is on one of these tickets."""
    found = Highlight.objects.filter(pk=highlight_id, message__ticket_id__in=on)
    is_gone = found.delete()[0] > 0
    _say_so(ticket_id)
    return is_gone
