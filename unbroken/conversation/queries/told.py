"""By when customers were told that their requests will probably be over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import planned_once

_LATEST = """
-- What was told last of some requests. Planned once.
SELECT DISTINCT ON (stream) substr(stream, 8)::bigint, (data ->> 'by')::timestamptz, at,
       (data ->> 'team')::bigint, coalesce(data ->> 'why', '')
FROM ground_event
WHERE stream = ANY (%s::text[]) AND kind = 'ticket.estimate_told'
ORDER BY stream, version DESC
"""


@dataclass(frozen=True, slots=True)
class ToldEstimate:
    """The time that was told last, when, and in whose hands it was then."""

    by: datetime
    at: datetime
    team_id: int | None
    why: str


def told_of(tickets: Iterable[int]) -> dict[int, ToldEstimate]:
    """By request; those of which nothing was told are left out."""
    with planned_once() as cursor:
        cursor.execute(_LATEST, [[f"ticket:{one}" for one in tickets]])
        return {row[0]: ToldEstimate(*row[1:]) for row in cursor.fetchall()}


def told_ahead(ticket_id: int, *, at: datetime) -> datetime | None:
    """What was told last of one request, while it is still to come."""
    found = told_of([ticket_id]).get(ticket_id)
    return found.by if found is not None and found.by > at else None
