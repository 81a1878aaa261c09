"""A link's weeks: how full it was in the busiest hour of each day. Pure.

A day's busy hour is the one in which most went through, as a share of what the link can carry; the
fuller direction counts. Days are of UTC, as everywhere in the records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FULL = 0.85
"""A mean of an hour. Queues build up above it: its five-minute peaks stand at 100 % by then."""

DAYS_MIN = 4
"""Of fewer known days of a week nothing is said about that week."""


@dataclass(frozen=True, slots=True)
class Week:
    """`shares`: of Monday to Sunday, None: not known. `kbit`: what the link could carry then."""

    monday: date
    kbit: int
    shares: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        """The days of which something is known."""
        return [one for one in self.shares if one is not None]

    @property
    def busy(self) -> float | None:
        """The second fullest day: what is reached on more than one evening. None: not known."""
        known = sorted(self.known)
        return known[-2] if len(known) >= DAYS_MIN else None

    @property
    def is_full(self) -> bool:
        """Whether it was full on two days of this week."""
        return self.busy is not None and self.busy >= FULL


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is judged: its weeks in order, those of which nothing is known left out."""

    key: str
    weeks: tuple[Week, ...]

    def until(self, monday: date) -> "Link":
        """The same as if that week had not come yet."""
        return Link(self.key, tuple(one for one in self.weeks if one.monday < monday))


@dataclass(frozen=True, slots=True)
class Added:
    """A link's week as it was added up. `service_id`: whose alone the link is."""

    link: str
    service_id: int | None
    week: Week


def in_present_size(weeks: Sequence[Week]) -> list[Week]:
    """All weeks as shares of what the link can carry now."""
    now = weeks[-1].kbit if weeks else 0
    return [
        Week(one.monday, now, tuple(s if s is None else s * one.kbit / now for s in one.shares))
        for one in weeks
        if now > 0
    ]


def days(weeks: Sequence[Week]) -> list[tuple[date, float]]:
    """Day by day where it is known."""
    return [
        (one.monday + timedelta(days=n), share)
        for one in weeks
        for n, share in enumerate(one.shares)
        if share is not None
    ]
