"""What goes on by itself: the requests of big problems are settled, a few hundred at a time."""

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.outage import settling

EVERY_SECONDS = 20.0


def settle_on(stop: Stop) -> None:
    """Until told to stop; at once again while there is more."""
    while not stop.is_asked:
        if not settling.settle_all(at=now()):
            stop.wait(EVERY_SECONDS)


LOOPS: tuple[Loop, ...] = (
    Loop("outage.settle", settle_on, frozenset({"problem.ended", "problem.cancelled"})),
)
