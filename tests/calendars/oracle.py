"""A slow calendar to check the fast one by: it walks through time and looks at the wall clock.

It shares nothing with `working_time` but the rules: an instant counts when its wall
clock lies in an open interval. Steps are whole minutes, or seconds where asked.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Pauses = Sequence[tuple[datetime, datetime | None]]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Walker:
    """Looks at a calendar's JSON once per step."""

    def __init__(self, source: dict[str, Any], step_seconds: int = 60) -> None:
        self.source = source
        self.zone = ZoneInfo(source["timezone"])
        self.days_off: dict[date, bool] = {}
        self.step_seconds = step_seconds

    def counts(self, at: datetime, pauses: Pauses = ()) -> bool:
        """Is this instant open and not paused?"""
        if any(begins <= at and (ends is None or at < ends) for begins, ends in pauses):
            return False
        wall = at.astimezone(self.zone)
        if self.is_off(wall.date()):
            return False
        clock = f"{wall.hour:02}:{wall.minute:02}"
        hours = self.source["week"].get(DAYS[wall.weekday()], [])
        return any(opens <= clock < closes for opens, closes in hours)

    def is_off(self, day: date) -> bool:
        if day not in self.days_off:
            named = {f"{day:%m-%d}", day.isoformat()}
            self.days_off[day] = bool(named & set(self.source.get("holidays", [])))
        return self.days_off[day]

    def steps(self, start: datetime) -> Iterator[datetime]:
        at = start.astimezone(UTC)
        while True:
            yield at
            at += timedelta(seconds=self.step_seconds)

    def worked(self, since: datetime, until: datetime, pauses: Pauses = ()) -> int:
        """Seconds that count, for bounds that lie on whole steps."""
        total = 0
        for at in self.steps(since):
            if at >= until:
                return total
            total += self.step_seconds * self.counts(at, pauses)
        raise AssertionError

    def due(
        self, start: datetime, seconds: int, pauses: Pauses, *, give_up: timedelta
    ) -> datetime | None:
        """The earliest step with so much counted; None once the walker gives up."""
        for at in self.steps(start):
            if at > start + give_up:
                return None
            if seconds <= 0 and self.counts(at, pauses):
                return at
            if self.counts(at, pauses):
                seconds -= self.step_seconds
                if seconds <= 0:
                    return at + timedelta(seconds=self.step_seconds)
        raise AssertionError
