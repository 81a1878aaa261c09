"""Times as people say them: `mon 08:00` lies in the town's own week, in its own zone.

The week begins on Monday, 25 May 2026; `next tue 09:30` lies in the one after.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONDAY = datetime(2026, 5, 25, tzinfo=ZoneInfo("Europe/Berlin"))
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Moment = str | datetime


def moment(said: Moment) -> datetime:
    """The instant meant; one that is exact already stays as it is."""
    if isinstance(said, datetime):
        return said
    *later, day, clock = said.lower().split()
    if day not in DAYS or set(later) - {"next"}:
        raise ValueError(f"say `mon 08:00` or `next mon 08:00`, not {said!r}")
    hour, _colon, minute = clock.partition(":")
    date = MONDAY + timedelta(days=DAYS.index(day) + 7 * len(later))
    return date.replace(hour=int(hour), minute=int(minute))
