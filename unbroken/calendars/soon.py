"""When people mean "tonight", "tomorrow" or "next week". Pure.

In the reader's time zone, and moved on to the next working hours of a calendar: tomorrow on a
Friday is Monday, and so is a holiday's morrow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from unbroken.calendars.working_time import Calendar
from unbroken.ground.words import Phrase, _

EVENING, MORNING = time(18), time(8)
NOT_SO_SOON = timedelta(minutes=30)
"""Tonight is no longer worth putting off to when it is nearer than this."""


@dataclass(frozen=True, slots=True)
class Soon:
    """A time with a name."""

    key: str
    says: Phrase
    at: datetime


def tonight(at: datetime, hours: Calendar | None) -> datetime | None:
    """Six in the evening of the same day, whoever works then; None when it is nearly that."""
    evening = datetime.combine(at.date(), EVENING, at.tzinfo)
    return evening if evening - at >= NOT_SO_SOON else None


def tomorrow(at: datetime, hours: Calendar | None) -> datetime | None:
    """When work begins on the next day that has any."""
    return _opening(datetime.combine(at.date() + timedelta(days=1), MORNING, at.tzinfo), hours)


def next_week(at: datetime, hours: Calendar | None) -> datetime | None:
    """When work begins in the week after this one."""
    monday = at.date() + timedelta(days=7 - at.weekday())
    return _opening(datetime.combine(monday, MORNING, at.tzinfo), hours)


def seven_days(at: datetime, hours: Calendar | None) -> datetime | None:
    """The same time of day, a week on."""
    wall = at.replace(second=0, microsecond=0) + timedelta(days=7)
    return _opening(wall, hours)


_Finds = Callable[[datetime, Calendar | None], datetime | None]
PRESETS: Final[dict[str, tuple[Phrase, _Finds]]] = {
    "tonight": (_("Tonight"), tonight),
    "tomorrow": (_("Tomorrow"), tomorrow),
    "week": (_("Next week"), next_week),
    "7days": (_("In 7 days"), seven_days),
}


def when_is(key: str, at: datetime, *, zone: str, hours: Calendar | None) -> datetime | None:
    """When that is for a reader in this zone; None for an unknown word, or one that is too near."""
    known = PRESETS.get(key)
    return known[1](at.astimezone(ZoneInfo(zone)), hours) if known else None


def soon(at: datetime, *, zone: str, hours: Calendar | None) -> list[Soon]:
    """Every time with a name, the nearest first."""
    local = at.astimezone(ZoneInfo(zone))
    found = [(key, says, finds(local, hours)) for key, (says, finds) in PRESETS.items()]
    return sorted((Soon(k, says, when) for k, says, when in found if when), key=lambda s: s.at)


def _opening(wall: datetime, hours: Calendar | None) -> datetime:
    """The first working instant from a time on; the time itself where nothing is ever open."""
    return (hours.next_opening(wall) if hours else None) or wall
