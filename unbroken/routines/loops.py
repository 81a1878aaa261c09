"""Rules that wait for time, and what recurs: each loop sleeps until the next is due."""

from datetime import timedelta

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.routines import firing
from unbroken.routines.queries.recurrences import due, next_due
from unbroken.routines.queries.rules import next_look
from unbroken.routines.recurring import make

RECURRENCES = frozenset({"recurrence.set", "recurrence.skipped", "recurrence.switched"})
NAP_SECONDS_MAX = 30.0
"""An alarm set meanwhile is heard after this time at the latest."""


def time_rules(stop: Stop) -> None:
    """Look where it is time, go through open tickets for new rules, sleep until the next."""
    while not stop.is_asked:
        if firing.ring(at=now()) or firing.seed(at=now()):
            continue
        coming = next_look()
        rest = max(coming - now(), timedelta(0)) if coming else timedelta(days=1)
        stop.wait_for(rest, seconds_max=NAP_SECONDS_MAX)


def recurring(stop: Stop) -> None:
    """Make what is due, then sleep until the next; many that were missed become one."""
    while not stop.is_asked:
        at = now()
        for recurrence_id in due(at=at):
            make(recurrence_id=recurrence_id, at=at)
        coming = next_due()
        rest = max(coming - now(), timedelta(0)) if coming else timedelta(days=1)
        stop.wait_for(rest, seconds_max=NAP_SECONDS_MAX)


LOOPS: tuple[Loop, ...] = (
    Loop("rules by time", time_rules, frozenset({"rule.set", "rule.switched"})),
    Loop("recurring requests", recurring, RECURRENCES),
)
