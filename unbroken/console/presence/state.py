"""The rows behind presence. One statement a process and moment, however many pages it holds.

They are worth nothing after a crash, so the disk is not waited for; each runs out by itself.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    import psycopg

CHANNEL = "unbroken_looking"
STAYS_SECONDS = 90
"""How long a page counts as open after its process last said so."""

WRITES_SECONDS = 12
TOLD_AT_ONCE_MAX = 400
"""Tickets in one notice: PostgreSQL takes 8,000 bytes."""

_KEEP = """
WITH come AS (
    INSERT INTO looking (line, agent_id, ticket_id, until)
    SELECT line, agent, ticket, now() + make_interval(secs => %(stays)s)
    FROM unnest(%(lines)s::text[], %(agents)s::bigint[], %(tickets)s::bigint[])
         AS come (line, agent, ticket)
    ON CONFLICT (line) DO UPDATE SET until = excluded.until
    RETURNING ticket_id
), gone AS (
    DELETE FROM looking WHERE line = ANY (%(gone)s::text[]) OR until < now() RETURNING ticket_id
)
SELECT ticket_id FROM come UNION SELECT ticket_id FROM gone
"""
_STILL_THERE = """
UPDATE looking SET until = now() + make_interval(secs => %s) WHERE line = ANY (%s::text[])
"""
_WRITE = """
WITH mine AS (
    SELECT line, writing_until > now() + make_interval(secs => %(half)s) AS is_known
    FROM looking WHERE agent_id = %(agent)s AND ticket_id = %(ticket)s AND until > now()
), told AS (
    UPDATE looking SET writing_until = CASE WHEN %(writes)s
                       THEN now() + make_interval(secs => %(stays)s) END
    FROM mine WHERE looking.line = mine.line
    RETURNING coalesce(mine.is_known, false) AS is_known
)
SELECT pg_notify('unbroken_looking', %(ticket)s::text)
WHERE EXISTS (SELECT FROM told WHERE is_known IS DISTINCT FROM %(writes)s)
"""


async def keep(
    ears: "psycopg.AsyncConnection[Any]",
    come: Iterable[tuple[str, int, int]],
    gone: Iterable[str],
) -> None:
    """These pages (line, agent, ticket) were opened and those closed; every process hears of it."""
    opened = list(come)
    cursor = await ears.execute(
        _KEEP,
        {
            "lines": [line for line, _agent, _ticket in opened],
            "agents": [agent for _line, agent, _ticket in opened],
            "tickets": [ticket for _line, _agent, ticket in opened],
            "gone": list(gone),
            "stays": STAYS_SECONDS,
        },
    )
    tickets = [str(found[0]) for found in await cursor.fetchall()]
    for start in range(0, len(tickets), TOLD_AT_ONCE_MAX):
        words = " ".join(tickets[start : start + TOLD_AT_ONCE_MAX])
        await ears.execute("SELECT pg_notify(%s, %s)", [CHANNEL, words])


async def still_there(ears: "psycopg.AsyncConnection[Any]", lines: Iterable[str]) -> None:
    """These pages are still open."""
    await ears.execute(_STILL_THERE, [STAYS_SECONDS, list(lines)])


def note_writing(*, agent_id: int, ticket_id: int, writes: bool) -> None:
    """Somebody writes on a ticket, or stopped; told only when it changes or soon runs out."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "agent": agent_id,
                "ticket": ticket_id,
                "writes": writes,
                "stays": WRITES_SECONDS,
                "half": WRITES_SECONDS // 2,
            },
        )
