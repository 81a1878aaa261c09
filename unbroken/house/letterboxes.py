"""One loop per letterbox: opens it as long as there are letters, then waits for the next."""

from django.db import connection

from unbroken.ground.clock import now
from unbroken.ground.giving_way import give_way
from unbroken.ground.letters import BOXES
from unbroken.ground.loops import EVERY_SECONDS, Loop, Stop
from unbroken.ground.postman import empty_box

_NEXT_DUE = """
-- When the next postponed letter of a box may be opened; those due already are not asked for.
SELECT min(not_before) FROM ground_letter
WHERE box = %s AND parked_at IS NULL AND not_before > %s
"""


def loops() -> tuple[Loop, ...]:
    """A loop for every box that some reaction listens to."""
    return tuple(_loop(box) for box in BOXES.names())


def _loop(box: str) -> Loop:
    is_urgent = box in BOXES.urgent
    kinds = {kind for listener in BOXES.listeners if listener.box == box for kind in listener.kinds}

    def run(stop: Stop) -> None:
        while not stop.is_asked:
            if not is_urgent:
                give_way(stop)
            if empty_box(box) == 0:
                _wait(box, stop)

    return Loop(f"letterbox {box}", run, frozenset(kinds), urgent=is_urgent)


def _wait(box: str, stop: Stop) -> None:
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_DUE, [box, at])
        (due,) = cursor.fetchone() or (None,)
    if due is None:
        stop.wait(EVERY_SECONDS)
    else:
        stop.wait_for(due - at)
