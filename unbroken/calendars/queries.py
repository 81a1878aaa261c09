"""Calendars by key, ready to be asked. A calendar is read once for each thing it ever said."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from unbroken.calendars.models import WorkingCalendar
from unbroken.calendars.working_time import Calendar

_ALL = """
-- Every calendar with the holidays of its sets merged in.
SELECT calendar.key, calendar.name, calendar.definition::text,
       ARRAY(SELECT DISTINCT day FROM holiday_set, unnest(holiday_set.dates) AS day
             WHERE holiday_set.key = ANY (calendar.holiday_sets) ORDER BY day)
FROM working_calendar calendar
WHERE %(keys)s::text[] IS NULL OR calendar.key = ANY (%(keys)s)
ORDER BY calendar.key
"""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A stored calendar; `text` is its whole definition, the same text for the same hours."""

    key: str
    name: str
    text: str

    @property
    def hours(self) -> Calendar:
        return _read(self.text)


def calendar(key: str) -> Calendar | None:
    """The calendar with this key; None when there is none."""
    found = calendars([key])
    return found[0].hours if found else None


def calendars(keys: Sequence[str] | None = None) -> list[CalendarRow]:
    """Calendars by key; all of them when no keys are given."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"keys": None if keys is None else list(keys)})
        return [CalendarRow(row[0], row[1], _whole(row[2], row[3])) for row in cursor.fetchall()]


def _whole(definition: str, more_holidays: list[str]) -> str:
    source = json.loads(definition)
    source["holidays"] = sorted({*source.get("holidays", ()), *more_holidays})
    return json.dumps(source, sort_keys=True)


@dataclass(frozen=True, slots=True)
class StoredCalendar:
    """A calendar as it is kept: its own definition, and the sets it rests on."""

    id: int
    key: str
    name: str
    definition: Mapping[str, Any]
    holiday_sets: tuple[str, ...]


def stored_calendars() -> list[StoredCalendar]:
    """Every calendar as it is kept, by name."""
    return [_stored(row) for row in WorkingCalendar.objects.order_by("name")]


def stored_calendar(calendar_id: int) -> StoredCalendar | None:
    """One of them."""
    row = WorkingCalendar.objects.filter(pk=calendar_id).first()
    return _stored(row) if row is not None else None


def _stored(row: WorkingCalendar) -> StoredCalendar:
    return StoredCalendar(row.pk, row.key, row.name, row.definition, tuple(row.holiday_sets))


@dataclass(frozen=True, slots=True)
class HolidaySetRow:
    """A set of days off, whose they are, and the calendars that rest on it."""

    id: int
    key: str
    name: str
    country: str
    region: str
    dates: tuple[str, ...]
    calendars: tuple[str, ...]

    @property
    def known_until(self) -> str:
        """The last day that is given by its year; empty when all come every year."""
        return max((day for day in self.dates if len(day) == 10), default="")


_SETS = """
-- Every set of holidays, and which calendars rest on it.
SELECT holiday_set.id, holiday_set.key, holiday_set.name, holiday_set.country, holiday_set.region,
       holiday_set.dates,
       ARRAY(SELECT calendar.key FROM working_calendar calendar
             WHERE holiday_set.key = ANY (calendar.holiday_sets) ORDER BY calendar.key)
FROM holiday_set
ORDER BY holiday_set.key
"""


def holiday_sets() -> list[HolidaySetRow]:
    """Every set of holidays, by key."""
    with connection.cursor() as cursor:
        cursor.execute(_SETS)
        return [
            HolidaySetRow(id, key, name, country, region, tuple(dates), tuple(used))
            for id, key, name, country, region, dates, used in cursor.fetchall()
        ]


@lru_cache(maxsize=256)
def _read(text: str) -> Calendar:
    return Calendar.read(json.loads(text))
