"""The timer: looks at clocks when they ask for it, warns, and notes what was missed."""

from datetime import datetime, timedelta

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.promise import actions, projections
from unbroken.promise.queries.terms import present_book

NEW_TERMS = frozenset(
    {"agreement.set", "agreement.made_default", "calendar.set", "holidays.set", "service.changed"}
)
LOOK_AROUND_EVERY = timedelta(seconds=30)
AT_ONCE = timedelta(0)


class Timer:
    """What the loop knows from one turn to the next: which terms it has seen through."""

    def __init__(self) -> None:
        self.stamp = ""
        self.looked_around_at: datetime | None = None

    def turn(self, at: datetime) -> timedelta:
        """Ring what is due, count again what stands under other terms; how long to sleep then."""
        done = actions.ring(at=at) + self._look_around(at)
        if done:
            return AT_ONCE
        next_at = projections.next_ring()
        wait = LOOK_AROUND_EVERY if next_at is None else min(next_at - at, LOOK_AROUND_EVERY)
        return max(wait, AT_ONCE)

    def _look_around(self, at: datetime) -> int:
        present = present_book().stamp
        last = self.looked_around_at
        if present == self.stamp and last is not None and at - last < LOOK_AROUND_EVERY:
            return 0
        recounted = actions.recount_stale(at=at)
        if not recounted:
            self.stamp, self.looked_around_at = present, at
        return recounted


def keep_time(stop: Stop) -> None:
    """Turn until told to stop. New clocks wake nobody: none is so short that seconds matter."""
    timer = Timer()
    while not stop.is_asked:
        wait = timer.turn(now())
        if wait:
            stop.wait_for(wait)


LOOPS = (Loop("promise.timer", keep_time, wakes_on=NEW_TERMS),)
