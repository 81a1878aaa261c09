"""The only functions that change calendars. Setting what is already so changes nothing."""

import logging
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from unbroken.calendars import definition as writing
from unbroken.calendars.definition import BadCalendar
from unbroken.calendars.events import CalendarSet, HolidaysSet
from unbroken.calendars.models import HolidaySet, WorkingCalendar
from unbroken.calendars.public_days import filled, public_days, window
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import Deed, restores, values_back
from unbroken.ground.values import set_values
from unbroken.ground.words import _, in_language

log = logging.getLogger(__name__)

STORED = ("timezone", "week", "holidays", "earlier")
SINCE_DAYS_MAX = 3660

refusals(
    {
        "calendar.unknown": _("There is no calendar “{key}”."),
        "calendar.needs_key": _("A calendar needs a key and a name."),
        "calendar.bad_since": _("Hours change on a day within ten years of today."),
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
    holiday_sets: Collection[str] | None = None,
    since: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """These are the working hours; the sets of holidays stay if none are named.

    `since`: from that day on, and what was counted of the days before stays. Without it the whole
    calendar is put right, also for days that are past.
    """
    _check(key, name, definition)
    hours = {part: definition[part] for part in STORED if part in definition}
    wanted: dict[str, Any] = {"name": name, "definition": hours}
    if holiday_sets is not None:
        wanted["holiday_sets"] = _known_sets(holiday_sets)
    known = WorkingCalendar.objects.filter(key=key).first()
    if since is not None and known is not None:
        _check_since(since, at)
        sets = wanted.get("holiday_sets", known.holiday_sets)
        before = _with_sets(known.definition, known.holiday_sets)
        hours["earlier"] = writing.earlier_from(before, _with_sets(hours, sets), since)
        if not hours["earlier"]:
            del hours["earlier"]
    _set(WorkingCalendar, key, wanted, CalendarSet, by=by, at=at)


def rest_on(*, calendar_key: str, holiday_sets: Collection[str], by: Actor, at: datetime) -> None:
    """The days of these sets are days off in this calendar too, beside its own."""
    found = WorkingCalendar.objects.filter(key=calendar_key).first()
    if found is None:
        raise Refused("calendar.unknown", key=calendar_key)
    wanted = {"holiday_sets": _known_sets({*found.holiday_sets, *holiday_sets})}
    _set(WorkingCalendar, calendar_key, wanted, CalendarSet, by=by, at=at)


def _with_sets(definition: Mapping[str, Any], sets: Collection[str]) -> dict[str, Any]:
    """A calendar with the days of its sets among its own."""
    dates = HolidaySet.objects.filter(key__in=list(sets)).values_list("dates", flat=True)
    own = definition.get("holidays", ())
    return {**definition, "holidays": sorted({*own, *(day for one in dates for day in one)})}


def _check_since(since: date, at: datetime) -> None:
    if abs((since - at.date()).days) > SINCE_DAYS_MAX:
        raise Refused("calendar.bad_since")


def _known_sets(keys: Collection[str]) -> list[str]:
    known = set(HolidaySet.objects.filter(key__in=keys).values_list("key", flat=True))
    for unknown in sorted(set(keys) - known):
        raise Refused("calendar.unknown_holidays", key=unknown)
    return sorted(known)


def set_holidays(*, key: str, name: str, dates: Collection[str], by: Actor, at: datetime) -> None:
    """These are the days off of this set: `MM-DD` yearly, `YYYY-MM-DD` once. It is one's own."""
    _check(key, name, {"timezone": "UTC", "week": {}, "holidays": list(dates)})
    wanted = {"name": name, "dates": sorted(set(dates)), "country": "", "region": ""}
    _set(HolidaySet, key, wanted, HolidaysSet, by=by, at=at)


def fill_holidays(
    *, key: str, name: str, country: str, region: str = "", by: Actor, at: datetime
) -> None:
    """The holidays of a country or region, and from now on anew every year."""
    if not key.strip() or not name.strip():
        raise Refused("calendar.needs_key")
    years = window(at.date())
    try:
        days = public_days(country, region, years)
    except BadCalendar as bad:
        raise UnreadableCalendar(bad) from bad
    old = HolidaySet.objects.filter(key=key, country=country, region=region).first()
    dates = filled(old.dates if old else (), days, years)
    wanted = {"name": name, "dates": dates, "country": country, "region": region}
    _set(HolidaySet, key, wanted, HolidaysSet, by=by, at=at)


def refill_holidays(*, by: Actor, at: datetime) -> None:
    """The sets of countries as they are known now: of a new year, or by a newer decree."""
    for found in HolidaySet.objects.exclude(country="").order_by("key"):
        place = {"country": found.country, "region": found.region}
        try:
            fill_holidays(key=found.key, name=found.name, **place, by=by, at=at)
        except UnreadableCalendar as unknown:  # a country was renamed: the days we have stay
            log.warning("the holidays %s stay as they are: %s", found.key, unknown.in_words("en"))


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
    told: type[CalendarSet] | type[HolidaysSet],
    *,
    by: Actor,
    at: datetime,
) -> None:
    row_id = model.objects.filter(key=key).values_list("pk", flat=True).first()
    doing = change(model, row_id, by=by, at=at) if row_id else begin(model, by=by, at=at)
    with doing as row:
        if row_id is None:
            row.key = key
            for column, value in wanted.items():
                setattr(row, column, value)
            row.tell(told(key))
            return
        changed = set_values(row, wanted)
        if changed is not None:
            row.tell(told(key, changed.was, changed.now))


def _as_before(
    model: type[WorkingCalendar] | type[HolidaySet], told: type[CalendarSet] | type[HolidaysSet]
) -> Deed:
    def put_back(event: LoggedEvent, **by_and_at: Any) -> None:
        _set(model, event.data["key"], values_back(event), told, **by_and_at)

    return put_back


restores(
    {
        "calendar.set": _as_before(WorkingCalendar, CalendarSet),
        "holidays.set": _as_before(HolidaySet, HolidaysSet),
    }
)
