"""Stretches of three hours into which readings of the past are thinned out. Pure."""

from datetime import UTC, datetime, timedelta

SLOT = timedelta(hours=3)
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def slot_of(at: datetime) -> datetime:
    """When the stretch began in which this lies; a day has eight, the first begins at 0:00 UTC."""
    return at - (at - _FIRST) % SLOT
