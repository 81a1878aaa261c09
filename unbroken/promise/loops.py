"""The timer looks at clocks when they ask for it; the checker compares all of them, by night."""

import time
from datetime import UTC, datetime, timedelta
from datetime import time as wall

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop, every
from unbroken.promise import actions, credits, projections, state
from unbroken.promise.queries.checks import last_check
from unbroken.promise.queries.terms import present_book

NEW_TERMS = frozenset(
    {"agreement.set", "agreement.made_default", "calendar.set", "holidays.set", "service.changed"}
    | {"topic.set", "internal_target.set"}
)
LOOK_AROUND_EVERY = timedelta(seconds=30)
AT_ONCE = timedelta(0)

CHECK_AT = wall(1)
"""In UTC: a desk has no time zone of its own, and at this pace nobody notices the check."""

REST_SHARE = 9.0
REST_SECONDS_MIN = 0.2
ASK_AGAIN_SECONDS = 300.0


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


def turn_of_the_checker(at: datetime) -> bool:
    """Look at one batch, if it is time; whether there is more to look at."""
    last = last_check()
    if last is None or last.ended_at is not None:
        if last is not None and last.began_at >= last_night(at):
            return False
        check_id, after = state.begin_check(at=at), 0
    else:
        check_id, after = last.id, last.reached
    looked = actions.check_clocks(after=after, at=at)
    if looked is None:
        state.end_check(check_id, at=at)
        return False
    state.note_batch(
        check_id, reached=looked.reached, count=looked.count, differing=list(looked.differing)
    )
    return True


def last_night(at: datetime) -> datetime:
    """When the latest check was to begin."""
    tonight = datetime.combine(at.astimezone(UTC).date(), CHECK_AT, UTC)
    return tonight if tonight <= at else tonight - timedelta(days=1)


def check_by_night(stop: Stop) -> None:
    """Batch by batch until told to stop; after each it rests nine times as long as it took."""
    while not stop.is_asked:
        began = time.monotonic()
        has_more = turn_of_the_checker(now())
        took = time.monotonic() - began
        stop.pause(max(took * REST_SHARE, REST_SECONDS_MIN) if has_more else ASK_AGAIN_SECONDS)


GROWS_EVERY_SECONDS = 1800.0
"""Credits by the day grow at midnight: nobody waits for theirs longer than half an hour."""


def grow() -> None:
    """Credits for which another day has begun."""
    credits.follow_growing(at=now())


LOOPS = (
    Loop("promise.timer", keep_time, wakes_on=NEW_TERMS),
    Loop("promise.check", check_by_night, wakes_on=frozenset()),
    every("promise.credits", GROWS_EVERY_SECONDS, grow),
)
