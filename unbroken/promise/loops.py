"""The timer: looks at clocks when they ask for it, warns, and notes what was missed."""

from datetime import timedelta

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.promise import actions, projections
from unbroken.promise.queries.terms import present_book

NEW_TERMS = frozenset(
    {"agreement.set", "agreement.made_default", "calendar.set", "holidays.set", "service.changed"}
)
LOOK_AROUND_EVERY = timedelta(seconds=30)


def keep_time(stop: Stop) -> None:
    """Ring what is due; after a change of terms, count again what stands under them.

    New clocks are not announced: none is so short that the few seconds of a wait matter.
    """
    stamp, look_around_at = "", now()
    while not stop.is_asked:
        at = now()
        done = actions.ring(at=at)
        present = present_book().stamp
        if present != stamp or at >= look_around_at:
            recounted = actions.recount_stale(at=at)
            done += recounted
            if not recounted:
                stamp, look_around_at = present, at + LOOK_AROUND_EVERY
        if not done:
            next_at = projections.next_ring() or look_around_at
            stop.wait_for(min(next_at, look_around_at) - now())


LOOPS = (Loop("promise.timer", keep_time, wakes_on=NEW_TERMS),)
