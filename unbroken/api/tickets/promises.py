"""The promises of a ticket, as other systems read them."""

from datetime import datetime

from unbroken.api.tickets.queries import Json, iso
from unbroken.promise import queries as promise


def promises_of(number: int, *, at: datetime) -> list[Json]:
    """Every promise of a ticket: what, until when (null while paused), how it stands."""
    return [
        {"key": row.key, "due": iso(row.due), "state": row.state, "paused": row.paused}
        for row in promise.promises_of(number, at=at)
    ]
