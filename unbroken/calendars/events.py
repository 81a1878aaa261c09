"""What can happen to calendars."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("calendar.set", says=_("Working hours changed"), sample={"key": "weekdays"})
@dataclass(frozen=True)
class CalendarSet:
    """A calendar was added, or its hours, zone or holidays are others now."""

    key: str


@event("holidays.set", says=_("Holidays changed"), sample={"key": "de"})
@dataclass(frozen=True)
class HolidaysSet:
    """A set of holidays was added or altered."""

    key: str
