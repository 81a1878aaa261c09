"""What can happen to calendars."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _

_SAMPLE = {"was": {"name": "Shop"}, "now": {"name": "Shop and hotline"}}


@event("calendar.set", says=_("Working hours changed"), sample=_SAMPLE | {"key": "weekdays"})
@dataclass(frozen=True)
class CalendarSet:
    """A calendar was added, or its hours, zone or holidays are others now."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event("holidays.set", says=_("Holidays changed"), sample=_SAMPLE | {"key": "de"})
@dataclass(frozen=True)
class HolidaysSet:
    """A set of holidays was added or altered."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
