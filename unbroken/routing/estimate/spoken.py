"""A time as a person would promise it: never more exact than it is sure. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING = time(18, 0)


def by_when(end: datetime, now: datetime, zone: str) -> datetime:
    """The next round time at or after the end, on the wall of this zone.

    Within two hours a quarter of an hour, within the day an hour, later an evening.
    """
    local = end.astimezone(ZoneInfo(zone))
    away = end - now
    if away > timedelta(hours=36):
        evening = datetime.combine(local.date(), EVENING, ZoneInfo(zone))
        if evening < local:
            evening = datetime.combine(local.date() + timedelta(days=1), EVENING, ZoneInfo(zone))
        return evening
    minutes = 15 if away <= timedelta(hours=2) else 60
    start = local.replace(minute=0, second=0, microsecond=0)
    past = (local - start).total_seconds() / 60
    steps = -(-past // minutes)
    return start + timedelta(minutes=minutes * steps)
