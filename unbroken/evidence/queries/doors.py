"""What came to the doors of the network."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from unbroken.ground.sql import rows

RADIUS = ("received", "accepted", "duplicate", "malformed", "bad_authenticator", "unknown_client",
          "other")  # fmt: skip

CAME = "received"
QUIET_LEAST, QUIET_PAUSES = timedelta(minutes=10), 3.0
"""A door is silent when nothing came for thrice its longest pause lately, and ten minutes."""


@dataclass(frozen=True, slots=True)
class Door:
    """One door that something came to: how much, when last, its longest pause lately (seconds)."""

    door: str
    came: int
    latest_at: datetime
    pause_seconds: float | None

    def is_silent(self, at: datetime) -> bool:
        """Whether it has been quiet for much longer than it used to be."""
        if self.pause_seconds is None:
            return False
        usual = timedelta(seconds=QUIET_PAUSES * self.pause_seconds)
        return at - self.latest_at > max(QUIET_LEAST, usual)


def doors() -> list[Door]:
    """Every door that something came to, by name."""
    return rows(Door, "evidence/queries/doors.sql", what=CAME)


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
