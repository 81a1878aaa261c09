"""What the desk would have told of each request when it came, and what became of it.

It is asked as a real desk is: what it knows was learned from its own record, by night.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.routing.ahead import foresee, people
from unbroken.routing.estimate.queues import medians

LEARNS_AT = 2
"""Every night at this hour; on the first day every hour until it knows enough."""

WARM_UP = timedelta(hours=24)
"""On the first day it learns; what it told then is not judged."""


@dataclass(slots=True)
class Told:
    """One estimate: as told, in seconds, and what the median of like requests would have said."""

    topic: str
    at: datetime
    told: tuple[float, float]
    median: float
    came: float | None = None


class Foresight:
    """Asks for an estimate of each request as it comes, and keeps what became of it."""

    def __init__(self) -> None:
        self.told: dict[int, Told] = {}
        self._ended: list[tuple[str, float]] = []
        self._first: datetime | None = None
        self._learned_from = 0

    def forget(self) -> None:
        """Shifts changed."""
        people.forget()

    def tell(self, number: int, topic: str, at: datetime) -> None:
        """An estimate for a request that has just come."""
        self._first = self._first or at
        found = foresee.foresee_and_keep([number], at=at)
        if not found:
            return
        known = medians(self._ended)
        median = known.get(topic, known.get("", 3600.0))
        half, most = ((one - at).total_seconds() for one in (found[0].p50_at, found[0].p80_at))
        self.told[number] = Told(topic, at, (half, most), median)

    def ended(self, number: int, topic: str, since: datetime, at: datetime) -> None:
        """What became of it."""
        came = (at - since).total_seconds()
        self._ended.append((topic, came))
        if number in self.told:
            self.told[number].came = came

    def look(self, at: datetime) -> None:
        """Every hour: what ended, and what is still open, teaches trust; by night the record is
        read anew."""
        foresee.foresee_and_keep(at=at)
        foresee.note_ended()
        if foresee.known_legs() is None or at.hour == LEARNS_AT:
            foresee.learn_legs(at=at)

    def judged(self) -> list[Told]:
        """Those told after the first day that ended."""
        if self._first is None:
            return []
        since = self._first + WARM_UP
        return [one for one in self.told.values() if one.came is not None and one.at >= since]
