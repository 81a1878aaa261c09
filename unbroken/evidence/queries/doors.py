"""What came to the doors of the network."""

from datetime import datetime

from django.db import connection

RADIUS = ("received", "accepted", "duplicate", "malformed", "bad_authenticator", "unknown_client",
          "other")  # fmt: skip


def door_counts() -> dict[str, dict[str, int]]:
    """By door: what became of everything that came since the desk was made."""
    found: dict[str, dict[str, int]] = {"radius": dict.fromkeys(RADIUS, 0)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT door, what, sum(count)::bigint FROM door_count GROUP BY 1, 2 ORDER BY 1, 2"
        )
        for door, what, count in cursor.fetchall():
            found.setdefault(door, {})[what] = count
    return found


def oldest_waiting() -> datetime | None:
    """When the oldest accounting record was taken in that is in no session yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(taken_at) FROM radius_waiting")
        oldest: datetime | None = cursor.fetchone()[0]
    return oldest
