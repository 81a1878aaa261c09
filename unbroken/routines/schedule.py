"""When something recurs: every so many days, weeks or months, at a time of day in a place. Pure.

A month that is too short gives its last day. A time of day that clocks put forward skip is as much
later; one that exists twice is the earlier. With a calendar, a day on which nobody works is moved
to the next working day, or skipped.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final, Literal, get_args
from zoneinfo import ZoneInfo

from unbroken.ground.words import Phrase, _
from unbroken.ground.zones import available_timezones

Unit = Literal["day", "week", "month"]
Closed = Literal["anyway", "next", "skip"]
UNITS: Final[dict[Unit, Phrase]] = {"day": _("days"), "week": _("weeks"), "month": _("months")}
CLOSED: Final[dict[Closed, Phrase]] = {
    "anyway": _("on that day all the same"),
    "next": _("on the next working day"),
    "skip": _("not at all"),
}
WEEKDAYS: Final[tuple[Phrase, ...]] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
EVERY_MAX, MOVED_DAYS_MAX, TRIES_MAX = 366, 31, 4000
LAST_YEAR: Final = 9000

WorksOn = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every so many units from `first` on. `weekdays` (0 is Monday) only for weeks."""

    first: date
    at: time = time(8)
    zone: str = "UTC"
    every: int = 1
    unit: Unit = "month"
    weekdays: tuple[int, ...] = ()
    closed: Closed = "anyway"

    @staticmethod
    def read(source: Mapping[str, Any]) -> "Schedule | None":
        """From its stored or sent form; None when it makes no sense."""
        try:
            first = date.fromisoformat(str(source.get("first", ""))[:10])
            at = time.fromisoformat(str(source.get("at", "08:00"))[:5])
            every = int(str(source.get("every", 1))[:4])
            days = tuple(sorted({int(one) for one in source.get("weekdays") or ()}))
        except ValueError:
            return None
        unit, closed = source.get("unit", "month"), source.get("closed", "anyway")
        zone = str(source.get("zone", "UTC"))
        is_known = unit in get_args(Unit) and closed in get_args(Closed)
        if not is_known or not 0 < every <= EVERY_MAX or zone not in available_timezones():
            return None
        if not set(days) <= set(range(7)) or not 1970 <= first.year < LAST_YEAR:
            return None
        return Schedule(first, at, zone, every, unit, days if unit == "week" else (), closed)

    def write(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "first": self.first.isoformat(),
            "at": self.at.isoformat("minutes"),
            "zone": self.zone,
            "every": self.every,
            "unit": self.unit,
            "weekdays": list(self.weekdays),
            "closed": self.closed,
        }


def coming(
    schedule: Schedule, after: datetime, works_on: WorksOn | None = None
) -> Iterator[datetime]:
    """Every instant after this one, in order; each once, though two days may move to one."""
    last = after
    local = after.astimezone(ZoneInfo(schedule.zone)).date()
    for day in islice(_days(schedule, local - timedelta(days=MOVED_DAYS_MAX)), TRIES_MAX):
        moved = _moved(day, schedule.closed, works_on)
        if moved is None:
            continue
        instant = instant_of(moved, schedule.at, schedule.zone)
        if instant > last:
            last = instant
            yield instant


def following(
    schedule: Schedule, after: datetime, works_on: WorksOn | None = None
) -> datetime | None:
    """The next instant after this one."""
    return next(coming(schedule, after, works_on), None)


def instant_of(day: date, at: time, zone: str) -> datetime:
    """A time of day there; where clocks were put forward over it, as much later as they were."""
    wall = datetime.combine(day, at, ZoneInfo(zone))
    return wall.astimezone(UTC)


def _days(schedule: Schedule, since: date) -> Iterator[date]:
    """The days of the plan, from about this one on."""
    if schedule.unit == "month":
        yield from _months(schedule, since)
        return
    step = schedule.every * (7 if schedule.unit == "week" else 1)
    monday = schedule.first - timedelta(days=schedule.first.weekday())
    begins = monday if schedule.weekdays else schedule.first
    if since > begins:
        begins += timedelta(days=(since - begins).days // step * step)
    offsets = schedule.weekdays or (0,)
    while begins.year < LAST_YEAR:
        for offset in offsets:
            day = begins + timedelta(days=offset)
            if day >= schedule.first:
                yield day
        begins += timedelta(days=step)


def _months(schedule: Schedule, since: date) -> Iterator[date]:
    first = schedule.first.year * 12 + schedule.first.month - 1
    wanted = since.year * 12 + since.month - 2
    number = first + max(0, wanted - first) // schedule.every * schedule.every
    while number // 12 < LAST_YEAR:
        year, month = number // 12, number % 12 + 1
        yield date(year, month, min(schedule.first.day, monthrange(year, month)[1]))
        number += schedule.every


def _moved(day: date, closed: Closed, works_on: WorksOn | None) -> date | None:
    """The day on which it really happens; None when it falls out."""
    if works_on is None or closed == "anyway" or works_on(day):
        return day
    if closed == "skip":
        return None
    for ahead in range(1, MOVED_DAYS_MAX):
        if works_on(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    return None
