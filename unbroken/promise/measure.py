"""What a measure is: which events start, stop, pause and resume its clock.

Pure. A file in `measures/` holds one `measure`; naming events by kind lets it listen to
rooms above without importing them. What the table cannot say, a fold of its own does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import Phrase

Owner = Literal["us", "customer", "partner", "force_majeure"]
Ending = Literal["", "kept", "void"]

# Whose time a wait is. What we wait for without saying why stays our own time.
WAITS_FOR: Mapping[str, Owner] = {
    "customer": "customer",
    "partner": "partner",
    "appointment": "customer",
    "date": "customer",
    "force_majeure": "force_majeure",
}


WAITS_AT_MOST: Mapping[str, timedelta] = {
    "customer": timedelta(days=30),
    "partner": timedelta(days=30),
    "appointment": timedelta(days=60),
    "date": timedelta(days=90),
    "force_majeure": timedelta(days=30),
}
"""No wait excuses us for ever: after so long without an end our own time runs again. Where whoever
began it said until when, that counts instead, and if it is sooner or later."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count: whose it is and why, until it ends.

    `ends_by`: when it is over at the latest, though nobody said that it is.
    """

    since: datetime
    until: datetime | None
    owner: Owner
    reason: str
    ends_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One promise from its start to its end. `cause` is the id of the event that began it."""

    started_at: datetime
    cause: int
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None
    ending: Ending = ""

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def pause(self) -> Pause | None:
        """The pause that goes on now."""
        last = self.pauses[-1] if self.pauses else None
        return last if last is not None and last.until is None and not self.is_over else None


Fold = Callable[[Sequence[LoggedEvent]], tuple[Run, ...]]


def everything(event: LoggedEvent) -> bool:
    """A measure heeds every event of the kinds it names, unless it says otherwise."""
    return True


@dataclass(frozen=True)
class Measure:
    """A characteristic that can be promised.

    `starts_on` names the data field that holds the time it starts at, or None for the
    event's own. `stops_on` keeps the promise, `ends_on` makes it void. `heeds` leaves out
    events that do not count although their kind does. With a `fold` the table may be
    empty; `listens_to` then names the kinds it needs.
    """

    key: str
    label: Phrase
    position: int = 100
    starts_on: Mapping[str, str | None] = field(default_factory=dict)
    stops_on: frozenset[str] | set[str] = frozenset()
    ends_on: frozenset[str] | set[str] = frozenset()
    pauses_on: frozenset[str] | set[str] = frozenset()
    resumes_on: frozenset[str] | set[str] = frozenset()
    heeds: Callable[[LoggedEvent], bool] = everything
    fold: Fold | None = None
    listens_to: frozenset[str] | set[str] = frozenset()

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of event that may move this clock."""
        return frozenset(self.starts_on).union(
            self.stops_on, self.ends_on, self.pauses_on, self.resumes_on, self.listens_to
        )
