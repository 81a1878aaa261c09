"""Ready-made agreements, to begin with and to be changed: Classic, Pop, Rock, 24×7 Business.

Seconds are working seconds on the agreement's calendar. What matters most is promised the
shortest time that people on shift can keep: unkept promises for the highest priority
are the commonest fault in real logs. A service works again sooner than all about it is settled, and
news is owed on the way there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.promise.book import ANY_TYPE, Aim

HOUR = 3600
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WEEKDAYS, "sat", "sun")
PRIORITIES = ("critical", "high", "moderate", "low")
WARNING_SHARE = 0.75
DEFAULT = "classic"


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar to begin with: the same hours on each of its days."""

    key: str
    name: str
    days: tuple[str, ...]
    opens: str
    closes: str

    def definition(self, timezone: str) -> dict[str, object]:
        """The calendar's JSON form in this zone."""
        week = {day: [[self.opens, self.closes]] for day in self.days}
        return {"timezone": timezone, "week": week, "holidays": []}


@dataclass(frozen=True, slots=True)
class Preset:
    """An agreement to begin with."""

    key: str
    name: str
    calendar: str
    objectives: tuple[Aim, ...]


def _aim(measure: str, *by_priority: float, ticket_type: str = ANY_TYPE) -> Aim:
    """Hours by priority, the most urgent first."""
    seconds: Mapping[str, int] = {
        priority: int(hours * HOUR) for priority, hours in zip(PRIORITIES, by_priority, strict=True)
    }
    return Aim(measure, ticket_type, seconds, WARNING_SHARE)


CALENDARS = (
    Hours("weekdays", "Monday to Friday, 8 to 18", WEEKDAYS, "08:00", "18:00"),
    Hours("every-day", "Every day, 8 to 22", EVERY_DAY, "08:00", "22:00"),
    Hours("round-the-clock", "Round the clock", EVERY_DAY, "00:00", "24:00"),
)

AGREEMENTS = (
    Preset(
        "classic",
        "Classic",
        "weekdays",
        (
            _aim("first_answer", 2, 4, 8, 10),
            _aim("next_answer", 4, 8, 10, 20),
            _aim("next_news", 10, 20, 30, 50),
            _aim("time_to_restore", 8, 16, 24, 40, ticket_type="incident"),
            _aim("time_to_resolve", 10, 20, 30, 50),
            _aim("first_answer", 2, 4, 4, 4, ticket_type="complaint"),
            _aim("complaint_answered", 50, 50, 50, 50, ticket_type="complaint"),
            _aim("appointment_kept", 0.5, 0.5, 0.5, 0.5),
        ),
    ),
    Preset(
        "pop",
        "Pop",
        "every-day",
        (
            _aim("first_answer", 1, 2, 4, 8),
            _aim("next_answer", 2, 4, 6, 12),
            _aim("next_news", 4, 8, 14, 28),
            _aim("time_to_restore", 6, 12, 24, 36, ticket_type="incident"),
            _aim("time_to_resolve", 8, 14, 28, 42),
            _aim("appointment_kept", 0.5, 0.5, 0.5, 0.5),
        ),
    ),
    Preset(
        "rock",
        "Rock",
        "round-the-clock",
        (
            _aim("first_answer", 0.5, 0.5, 1, 2),
            _aim("next_answer", 1, 1, 2, 4),
            _aim("next_news", 2, 4, 8, 24),
            _aim("time_to_restore", 5, 10, 20, 40, ticket_type="incident"),
            _aim("time_to_resolve", 6, 12, 24, 48),
            _aim("request_delivered", 0.25, 1, 4, 8, ticket_type="request"),
            _aim("appointment_kept", 0.25, 0.25, 0.25, 0.25),
        ),
    ),
    Preset(
        "24x7-business",
        "24×7 Business",
        "round-the-clock",
        (
            _aim("first_answer", 0.25, 0.25, 0.5, 1),
            _aim("next_answer", 0.5, 0.5, 1, 2),
            _aim("next_news", 1, 2, 4, 12),
            _aim("time_to_restore", 4, 4, 8, 16, ticket_type="incident"),
            _aim("time_to_resolve", 4, 4, 8, 24),
            _aim("request_delivered", 0.25, 0.5, 2, 8, ticket_type="request"),
            _aim("appointment_kept", 0.25, 0.25, 0.25, 0.25),
        ),
    ),
)
