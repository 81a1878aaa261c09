"""When somebody is on: a week that repeats from a date, and days that are different. Pure.

Hours are of the wall in the person's own time zone. They are counted by the same calendar as
promises are, so a night in which the clocks change is as long as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from unbroken.calendars.definition import DAYS
from unbroken.calendars.working_time import Calendar

Week = Mapping[str, Sequence[Sequence[str]]]
"""Pairs of times by weekday, as `calendars.hours_text` reads them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A week that repeats from this day on."""

    since: date
    week: Week


@dataclass(frozen=True, slots=True)
class OtherDay:
    """One day that is different: its hours (none: away) and why."""

    day: date
    hours: Sequence[Sequence[str]]
    reason: str


@dataclass(frozen=True)
class Plan:
    """All that is known of one person's hours; `calendar` is made of it once."""

    timezone: str
    patterns: tuple[Pattern, ...] = ()
    days: tuple[OtherDay, ...] = ()
    calendar: Calendar = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "calendar", Calendar.read(definition_of(self)))

    @property
    def is_known(self) -> bool:
        """Whether anybody ever planned them."""
        return bool(self.patterns or self.days)

    def is_on(self, at: datetime) -> bool:
        """Do they work at this instant?"""
        return self.calendar.is_open(at)

    def on_until(self, at: datetime) -> datetime | None:
        """When the shift that runs now ends; None when none runs."""
        if not self.patterns and not self.days:
            return None
        return self.calendar.closes_at(at) if self.is_on(at) else None

    def next_on(self, at: datetime) -> datetime | None:
        """When they are on next, this instant if they are on."""
        return self.calendar.next_opening(at)

    def week_on(self, day: date) -> Week:
        """The week that holds on a day."""
        known = [one for one in self.patterns if one.since <= day]
        return max(known, key=lambda one: one.since).week if known else {}

    def hours_on(self, day: date) -> Sequence[Sequence[str]]:
        """The hours of one day, the different ones before those of the week."""
        other = next((one for one in self.days if one.day == day), None)
        if other is not None:
            return other.hours
        return self.week_on(day).get(DAYS[day.weekday()], ())


def definition_of(plan: Plan) -> dict[str, Any]:
    """The plan as a calendar whose hours change wherever the plan does."""
    cuts = {one.since for one in plan.patterns}
    cuts |= {day for one in plan.days for day in (one.day, one.day + timedelta(days=1))}
    others = {one.day: one.hours for one in plan.days}
    spells: list[dict[str, Any]] = [{"week": {}}]
    untils: list[date] = []
    for cut in sorted(cuts):
        untils.append(cut)
        if cut in others:
            spells.append({"week": {DAYS[cut.weekday()]: _pairs(others[cut])}})
        else:
            week = plan.week_on(cut)
            spells.append({"week": {day: _pairs(week[day]) for day in week}})
    earlier = [
        {"until": until.isoformat(), **spell} for until, spell in zip(untils, spells, strict=False)
    ]
    return {"timezone": plan.timezone, **spells[-1], "earlier": earlier}


def _pairs(hours: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(pair) for pair in hours]


def shifts_between(
    plan: Plan, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Every shift that begins or runs between two instants, in order."""
    at = first
    while (begins := plan.next_on(at)) is not None and begins < last:
        ends = plan.calendar.closes_at(begins)
        yield begins, ends
        at = ends
