"""Was the next news of a problem given in time? A fold over what happened to it. Pure.

Each news given or the end of the problem keeps the promise that ran; news later than its time, or
none, misses it. A promise put off before its time is neither; put off after it, it was missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from unbroken.ground.events import LoggedEvent

WARN_BEFORE = timedelta(minutes=15)
NEWS = frozenset({"problem.news_given", "problem.ended"})
VOID = frozenset({"problem.cancelled", "problem.merged"})
KINDS = NEWS | VOID | {"problem.news_due", "problem.news_warned", "problem.news_missed"}


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise of news: by whom, for when, and what became of it (`is_kept` None: it runs)."""

    by: str
    promised_at: datetime
    due_at: datetime
    is_warned: bool = False
    is_missed: bool = False
    is_kept: bool | None = None

    @property
    def warn_at(self) -> datetime:
        """Early enough to write, but not at once after it was promised."""
        return self.due_at - min(WARN_BEFORE, (self.due_at - self.promised_at) / 2)


def promises(events: Sequence[LoggedEvent]) -> tuple[Promised, ...]:
    """All of them, the last one perhaps still running."""
    found: list[Promised] = []
    for event in events:
        if event.kind not in KINDS:
            continue
        running = found[-1] if found and found[-1].is_kept is None else None
        if running is not None:
            found[-1] = _after(running, event)
            if found[-1].is_kept is None and event.kind == "problem.news_due":
                found.pop()  # put off before its time
        next_at = event.data.get("next_at")
        if next_at:
            due_at = datetime.fromisoformat(str(next_at))
            found.append(Promised(event.by, event.at, due_at))
    return tuple(found)


def running(events: Sequence[LoggedEvent]) -> Promised | None:
    """The promise that runs now."""
    found = promises(events)
    return found[-1] if found and found[-1].is_kept is None else None


def usual_span(events: Sequence[LoggedEvent], otherwise: timedelta) -> timedelta:
    """How long the last promise was given for: the next one is offered for as long."""
    found = promises(events)
    return found[-1].due_at - found[-1].promised_at if found else otherwise


def _after(running: Promised, event: LoggedEvent) -> Promised:
    if event.kind == "problem.news_warned":
        return replace(running, is_warned=True)
    if event.kind == "problem.news_missed":
        return replace(running, is_missed=True)
    in_time = event.at <= running.due_at
    if event.kind in NEWS:
        return replace(running, is_kept=in_time)
    return running if in_time else replace(running, is_kept=False)
