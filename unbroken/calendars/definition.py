"""How working hours are written down, and what is wrong with them if they cannot be read.

`{"timezone": "Europe/Berlin", "week": {"mon": [["08:00","12:00"],["14:00","17:30"]]},
"holidays": ["01-01", "2026-05-01"]}`. A day that is not named is closed. Overlapping
hours count once and are noted, because somebody probably meant something else.

`"earlier": [{"until": "2026-06-01", "week": {…}, "holidays": […]}]` are the hours of days before
that date: a change of hours applies from its date, and what was counted before stays counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from unbroken.ground.words import Phrase, _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_SECONDS = 24 * 3600
KEYS = frozenset({"timezone", "week", "holidays", "earlier", "key", "name", "description"})

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_YEARLY = re.compile(r"([0-9]{2})-([0-9]{2})")
_ONCE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

Hours = tuple[tuple[int, int], ...]


class BadCalendar(ValueError):
    """A calendar, an instant or a pause that cannot be read, in a sentence for its writer."""

    def __init__(self, sentence: Phrase, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that was understood all the same."""

    sentence: Phrase
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True)
class Spell:
    """Hours and days off that hold for a while: seconds after midnight per weekday."""

    week: tuple[Hours, ...]
    yearly: frozenset[tuple[int, int]]
    once: frozenset[int]  # days since 1970-01-01

    @property
    def is_never_open(self) -> bool:
        """No hours in any week, or every day of every year a holiday."""
        return not any(self.week) or len(self.yearly) == 366

    def days_off(self, first_year: int, last_year: int) -> frozenset[int]:
        """All holidays of these years, as days since 1970-01-01."""
        days = set(self.once)
        for year in range(max(first_year, 1), min(last_year, 9999) + 1):
            is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            for month, day in self.yearly:
                if is_leap or (month, day) != (2, 29):
                    days.add(date(year, month, day).toordinal() - _EPOCH_DAY)
        return frozenset(days)


Held = tuple[float, Spell, frozenset[int]]
"""Up to which day, which hours, and the days off among them."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Working hours as read: those that hold now, and those of days before some date.

    `earlier` holds pairs in order: up to which day (not included, since 1970-01-01), which hours.
    """

    zone: ZoneInfo
    now: Spell
    earlier: tuple[tuple[int, Spell], ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def week(self) -> tuple[Hours, ...]:
        """The hours that hold now."""
        return self.now.week

    @property
    def yearly(self) -> frozenset[tuple[int, int]]:
        """The days off of every year, as they are now."""
        return self.now.yearly

    @property
    def is_never_open(self) -> bool:
        """Not now, and never was."""
        return self.now.is_never_open and all(spell.is_never_open for _, spell in self.earlier)

    @property
    def closed_since(self) -> int | None:
        """The day since when it is closed for good; None while it is ever open."""
        if not self.now.is_never_open:
            return None
        return self.earlier[-1][0] if self.earlier else 0

    def spells(self, first_year: int, last_year: int) -> "list[Held]":
        """What holds up to which day, with the holidays of these years."""
        every = [*self.earlier, (float("inf"), self.now)]
        return [(until, one, one.days_off(first_year, last_year)) for until, one in every]


def read(source: object) -> Definition:
    """A calendar from its JSON form; BadCalendar says what to correct."""
    if not isinstance(source, Mapping):
        raise BadCalendar(_("A calendar is an object with timezone, week and holidays."))
    unknown = sorted(str(key) for key in source.keys() - KEYS)
    if unknown:
        raise BadCalendar(_("A calendar has no “{key}”."), key=unknown[0])
    zone = _zone(source.get("timezone"))
    now, notes = _spell(source)
    return Definition(zone, now, _earlier(source.get("earlier", [])), tuple(notes))


def _spell(source: Mapping[str, Any]) -> tuple[Spell, list[Note]]:
    week, notes = _week(source.get("week"))
    yearly, once = _holidays(source.get("holidays", []))
    return Spell(week, yearly, once), notes


def _earlier(source: object) -> tuple[tuple[int, Spell], ...]:
    """Hours of earlier days, in order of the days up to which they held."""
    if not isinstance(source, list | tuple) or not all(isinstance(one, Mapping) for one in source):
        raise BadCalendar(_("Earlier hours are a list of objects with until, week and holidays."))
    found: list[tuple[int, Spell]] = []
    for one in source:
        month_day, until = _holiday(one.get("until"))
        if month_day or (found and until <= found[-1][0]):
            raise BadCalendar(_("Earlier hours stand in order, each until a day as 2026-05-24."))
        found.append((until, _spell(one)[0]))
    return tuple(found)


def _zone(name: object) -> ZoneInfo:
    if not isinstance(name, str) or not name:
        raise BadCalendar(_("A calendar needs a timezone such as Europe/Berlin."))
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise BadCalendar(_("There is no timezone “{name}”."), name=name) from error


def _week(source: object) -> tuple[tuple[Hours, ...], list[Note]]:
    if not isinstance(source, Mapping):
        raise BadCalendar(_("A calendar needs a week: an object with mon, tue … sun."))
    unknown = sorted(str(day) for day in source.keys() - set(DAYS))
    if unknown:
        raise BadCalendar(_("There is no day “{day}”: write mon, tue … sun."), day=unknown[0])
    notes: list[Note] = []
    week = tuple(_hours(day, source.get(day, []), notes) for day in DAYS)
    return week, notes


def _hours(day: str, source: object, notes: list[Note]) -> Hours:
    """One day's hours, in order, joined where they touch or overlap."""
    if not isinstance(source, list | tuple):
        raise BadCalendar(_("{day}: hours are a list of pairs."), day=day)
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(_pair(day, pair) for pair in source):
        if not joined or opens > joined[-1][1]:
            joined.append((opens, closes))
            continue
        if opens < joined[-1][1]:
            twice = f"{_clock(opens)}–{_clock(min(closes, joined[-1][1]))}"
            sentence = _("{day}: {hours} is given twice and counts once.")
            notes.append(Note(sentence, {"day": day, "hours": twice}))
        joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
    return tuple(joined)


def _pair(day: str, pair: object) -> tuple[int, int]:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise BadCalendar(_("{day}: hours are pairs, from and to."), day=day)
    opens, closes = (_seconds(day, text) for text in pair)
    if opens == DAY_SECONDS:
        raise BadCalendar(
            _("{day}: 24:00 can only be an end; write 00:00 of the next day."), day=day
        )
    if opens >= closes:
        hours = f"{pair[0]}–{pair[1]}"
        sentence = _("{day}: {hours} ends before it begins; split hours that cross midnight.")
        raise BadCalendar(sentence, day=day, hours=hours)
    return opens, closes


def _seconds(day: str, text: object) -> int:
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise BadCalendar(_("{day}: “{word}” is not a time such as 08:00."), day=day, word=text)
    if match[1] is None:
        return DAY_SECONDS
    return int(match[1]) * 3600 + int(match[2]) * 60


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _holidays(source: object) -> tuple[frozenset[tuple[int, int]], frozenset[int]]:
    if not isinstance(source, list | tuple):
        raise BadCalendar(_("Holidays are a list of dates."))
    yearly: set[tuple[int, int]] = set()
    once: set[int] = set()
    for text in source:
        month_day, day = _holiday(text)
        if month_day:
            yearly.add(month_day)
        else:
            once.add(day)
    return frozenset(yearly), frozenset(once)


def _holiday(text: Any) -> tuple[tuple[int, int] | None, int]:
    """`MM-DD` every year (02-29 in leap years only), `YYYY-MM-DD` once."""
    try:
        if match := _YEARLY.fullmatch(text):
            month, day = int(match[1]), int(match[2])
            date(2000, month, day)
            return (month, day), 0
        if match := _ONCE.fullmatch(text):
            return None, date(*map(int, match.groups())).toordinal() - _EPOCH_DAY
    except (TypeError, ValueError):
        pass
    raise BadCalendar(_("“{word}” is not a holiday: write MM-DD or YYYY-MM-DD."), word=text)


def earlier_from(
    old: Mapping[str, Any], new: Mapping[str, Any], since: date
) -> list[Mapping[str, Any]]:
    """What held before this day when hours change on it, as `earlier` wants it.

    A day that is not over yet may be changed once more: hours that never held are not kept.
    """
    known = list(old.get("earlier", ()))
    before = {"week": old.get("week", {}), "holidays": sorted(old.get("holidays", ()))}
    if before == {"week": new.get("week", {}), "holidays": sorted(new.get("holidays", ()))}:
        return known
    spells = [*known, {"until": "9999-12-31", **before}]
    held = next(one for one in spells if one["until"] >= since.isoformat())
    return [
        *(one for one in known if one["until"] < since.isoformat()),
        {**held, "until": since.isoformat()},
    ]


def write(
    *, timezone: str, week: Mapping[str, Iterable[tuple[str, str]]], holidays: Iterable[str] = ()
) -> dict[str, object]:
    """The JSON form, in a fixed order, as it is stored and printed."""
    return {
        "timezone": timezone,
        "week": {day: [list(pair) for pair in week[day]] for day in DAYS if day in week},
        "holidays": sorted(holidays),
    }
