"""What was found on the line of a request before anybody spoke."""

import json
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import planned_once

_FOUND = """
-- The latest finding on the line, if there is one: the relay's, or a look anew. Planned once.
SELECT data, at FROM ground_event
WHERE stream = %s AND kind = 'ticket.looked' AND data->>'cause' <> ''
ORDER BY version DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict as it was noted. `cause`: a key; `since`: the onset; `element`: where, by key."""

    cause: str
    certainty: float
    since: datetime | None
    element: str
    affected: int
    at: datetime


def finding_of(ticket_id: int) -> Finding | None:
    """None where no line was looked at, or not in time."""
    with planned_once() as cursor:
        cursor.execute(_FOUND, [f"ticket:{ticket_id}"])
        row = cursor.fetchone()
    if row is None:
        return None
    data, at = json.loads(row[0]) if isinstance(row[0], str) else row[0], row[1]
    return Finding(
        data["cause"], float(data.get("certainty") or 0.0), _instant(data.get("since")),
        data.get("element") or "", int(data.get("affected") or 0), at,
    )  # fmt: skip


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None
