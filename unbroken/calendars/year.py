"""A year of a calendar, day by day: open or closed, and why. Pure."""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from unbroken.calendars.definition import Definition

_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Day:
    """`state` is open, closed (by the week), or off (a holiday that would have been open)."""

    date: date
    state: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month; `lead` is how many weekdays stand before the first, from Monday."""

    number: int
    lead: int
    days: tuple[Day, ...]


def year_of(hours: Definition, year: int) -> tuple[Month, ...]:
    """The twelve months of a year, as the calendar has them."""
    spells = hours.spells(year, year)

    def days(number: int) -> Iterator[Day]:
        for day in range(1, months.monthrange(year, number)[1] + 1):
            when = date(year, number, day)
            place = when.toordinal() - _EPOCH_DAY
            _until, spell, days_off = next(one for one in spells if place < one[0])
            open_for = sum(closes - opens for opens, closes in spell.week[when.weekday()])
            is_off = place in days_off
            state = "closed" if not open_for else "off" if is_off else "open"
            yield Day(when, state, 0 if is_off else open_for)

    return tuple(
        Month(number, date(year, number, 1).weekday(), tuple(days(number)))
        for number in range(1, 13)
    )
