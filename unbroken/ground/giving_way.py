"""Giving way: what merely follows waits a little while requests wait for their number.

Processes that follow are nice to the processor already, but the database's servers that work
for them are not. In a storm of mail everything is taken in and numbered first; each loop of
what follows still gets its turn, once in `SECONDS_MAX`.
"""

import threading
import time

from django.db import connection

from unbroken.ground.letters import BOXES
from unbroken.ground.loops import Stop

WAITING_MAX = 5
"""So many urgent letters are the daily round; with more of them, what follows waits."""

SECONDS_MAX = 1.0
LOOK_SECONDS = 0.1
"""How often the urgent boxes are looked at, by all loops of a process together."""

_WAITING = """
SELECT count(*) FROM (
    SELECT FROM ground_letter
    WHERE box = ANY (%s) AND parked_at IS NULL AND attempts = 0 AND not_before IS NULL
    LIMIT %s) AS waiting
"""

_looking = threading.Lock()
_seen: tuple[float, bool] = (-LOOK_SECONDS, False)


def give_way(stop: Stop) -> None:
    """Sleep while urgent letters wait, `SECONDS_MAX` at most."""
    until = time.monotonic() + SECONDS_MAX
    while is_urgent_work_waiting() and time.monotonic() < until:
        if stop.pause(LOOK_SECONDS):
            return


def is_urgent_work_waiting() -> bool:
    """Whether more urgent letters wait than a short moment brings, as seen just now.

    One loop looks for all; while it does the others go by what was seen before, so that a
    database that does not answer holds up nobody else.
    """
    global _seen
    if time.monotonic() - _seen[0] >= LOOK_SECONDS and _looking.acquire(blocking=False):
        try:
            with connection.cursor() as cursor:
                cursor.execute(_WAITING, [list(BOXES.urgent), WAITING_MAX + 1])
                _seen = (time.monotonic(), cursor.fetchone()[0] > WAITING_MAX)
        finally:
            _looking.release()
    return _seen[1]
