"""The only functions that change calendars. Setting what is already so changes nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from unbroken.calendars import definition as writing
from unbroken.calendars.definition import BadCalendar
from unbroken.calendars.events import CalendarSet, HolidaysSet
from unbroken.calendars.models import HolidaySet, WorkingCalendar
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _, in_language

STORED = ("timezone", "week", "holidays")

refusals(
    {
        "calendar.needs_key": _("A calendar needs a key and a name."),
        "calendar.unknown_holidays": _("There is no set of holidays “{key}”."),
    }
)


class UnreadableCalendar(Refused):
    """The calendar or holiday cannot be read; the sentence says what to correct."""

    def __init__(self, bad: BadCalendar) -> None:
        super().__init__("calendar.unreadable", **bad.values)
        self.sentence = bad.sentence

    def in_words(self, language: str | None = None) -> str:
        """What to correct, in the reader's language."""
        return in_language(self.sentence, language, **self.values)


def set_calendar(
    *,
    key: str,
    name: str,
    definition: Mapping[str, Any],
    holiday_sets: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """These are the working hours from now on."""
    _check(key, name, definition)
    known = set(HolidaySet.objects.filter(key__in=holiday_sets).values_list("key", flat=True))
    for unknown in sorted(set(holiday_sets) - known):
        raise Refused("calendar.unknown_holidays", key=unknown)
    hours = {part: definition[part] for part in STORED if part in definition}
    wanted = {"name": name, "definition": hours, "holiday_sets": sorted(set(holiday_sets))}
    _set(WorkingCalendar, key, wanted, CalendarSet(key), by=by, at=at)


def set_holidays(*, key: str, name: str, dates: Collection[str], by: Actor, at: datetime) -> None:
    """These are the days off of this set: `MM-DD` yearly, `YYYY-MM-DD` once."""
    _check(key, name, {"timezone": "UTC", "week": {}, "holidays": list(dates)})
    wanted = {"name": name, "dates": sorted(set(dates))}
    _set(HolidaySet, key, wanted, HolidaysSet(key), by=by, at=at)


def _check(key: str, name: str, definition: Mapping[str, Any]) -> None:
    if not key.strip() or not name.strip():
        raise Refused("calendar.needs_key")
    try:
        writing.read(definition)
    except BadCalendar as bad:
        raise UnreadableCalendar(bad) from bad


def _set(
    model: type[WorkingCalendar] | type[HolidaySet],
    key: str,
    wanted: Mapping[str, Any],
    told: object,
    *,
    by: Actor,
    at: datetime,
) -> None:
    row_id = model.objects.filter(key=key).values_list("pk", flat=True).first()
    doing = change(model, row_id, by=by, at=at) if row_id else begin(model, by=by, at=at)
    with doing as row:
        if row_id and all(getattr(row, field) == value for field, value in wanted.items()):
            return
        row.key = key
        for field, value in wanted.items():
            setattr(row, field, value)
        row.tell(told)
