"""What follows when a promise is missed: a credit, or something for a person to do.

Pure. A file in `consequences/` holds one `consequence`; its settings are plain JSON, its sums are
asked as often as anybody likes and say the same each time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from unbroken.calendars.working_time import Calendar
from unbroken.ground.words import Phrase

CENT = Decimal("0.01")
AMOUNT_MAX = Decimal("1000000")
DAYS_MAX = 366
"""A promise missed for longer than a year is a case for people."""

Settings = Mapping[str, Any]


class BadSettings(ValueError):
    """A field of a consequence that cannot be: its name."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A miss as far as money depends on it. `until` is when it ended, or now.

    `monthly_price` is what the service costs, None where it is not known.
    """

    due_at: datetime
    until: datetime
    calendar: Calendar
    monthly_price: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One amount that is owed: `step` numbers those of one miss, so that each is booked once."""

    step: int
    amount: Decimal


@dataclass(frozen=True)
class Consequence:
    """Something that follows from a miss.

    `fields` are the settings it knows. `owed` gives amounts; `task` is what a person is to do.
    """

    key: str
    label: Phrase
    fields: tuple[str, ...] = ()
    owed: Callable[[Missed, Settings], Sequence[Owed]] | None = None
    task: Phrase | None = None

    @property
    def grows(self) -> bool:
        """Whether more may be owed the longer it takes."""
        return "days" in self.fields


def money(settings: Settings, name: str) -> Decimal:
    """A setting as an amount from 0 upward; 0 when it is not set."""
    text = settings.get(name)
    if text in (None, ""):
        return Decimal(0)
    try:
        found = Decimal(str(text))
    except InvalidOperation as error:
        raise BadSettings(name) from error
    if not found.is_finite() or not 0 <= found <= AMOUNT_MAX:
        raise BadSettings(name)
    return found


def higher_of(missed: Missed, amount: Decimal, percent: Decimal) -> Decimal:
    """An amount or a share of the monthly price, whichever is higher; of an unknown price none."""
    share = (missed.monthly_price or Decimal(0)) * percent / 100
    return max(amount, share).quantize(CENT, ROUND_HALF_UP)


def days_missed(missed: Missed, *, working_only: bool) -> int:
    """How many days have begun since the due instant with the promise still owed.

    A due instant at midnight belongs to the day before, as everywhere.
    """
    zone = missed.calendar.zone
    day = missed.due_at.astimezone(zone).date()
    if missed.due_at > _midnight(day, zone):
        day += timedelta(days=1)
    count = 0
    for _number in range(DAYS_MAX):
        begins, ends = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
        if begins >= missed.until:
            break
        if not working_only or missed.calendar.worked(begins, ends) > 0:
            count += 1
        day += timedelta(days=1)
    return count


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """As an instant: a midnight that does not exist is the first instant of the day."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
