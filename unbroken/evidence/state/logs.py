"""Log lines, in bulk, each once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.db import connection

from unbroken.evidence.observed import Observed
from unbroken.evidence.state import partitions


@dataclass(frozen=True, slots=True)
class Logged:
    """A line as it is kept. `again`: how often the same was said before at the same second.

    `alarm`: what it means beside that, for a thing of the inventory.
    """

    at: datetime
    received_at: datetime
    host: str
    text: str
    resource: str = ""
    user: str = ""
    severity: int | None = None
    kind: str = ""
    again: int = 0
    alarm: Observed | None = None

    def key(self) -> uuid.UUID:
        """Its natural key."""
        parts = (self.host, self.at.timestamp(), self.severity, self.text, self.again)
        return uuid.UUID(bytes=blake2b(repr(parts).encode(), digest_size=16).digest())


def note(lines: Sequence[Logged]) -> int:
    """Keep those that are new; how many. Part of a transaction."""
    if not lines:
        return 0
    partitions.ensure("log_line", {one.at.date() for one in lines})
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO log_line (key, at, received_at, host, resource, "user", severity, kind,'
            " text) SELECT * FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[],"
            " %s::text[], %s::text[], %s::text[], %s::smallint[], %s::text[], %s::text[])"
            " ON CONFLICT DO NOTHING",
            [
                [one.key() for one in lines],
                [one.at for one in lines],
                [one.received_at for one in lines],
                [one.host for one in lines],
                [one.resource for one in lines],
                [one.user for one in lines],
                [one.severity for one in lines],
                [one.kind for one in lines],
                [one.text for one in lines],
            ],
        )
        return int(cursor.rowcount)
