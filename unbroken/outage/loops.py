"""What goes on by itself: requests of big problems are settled, plans that overrun are told of."""

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop, every
from unbroken.outage import settling
from unbroken.outage.plans.loops import EVERY_SECONDS as PLANS_SECONDS
from unbroken.outage.plans.loops import look_at_plans

EVERY_SECONDS = 20.0


def settle_on(stop: Stop) -> None:
    """Until told to stop; at once again while there is more."""
    while not stop.is_asked:
        if not settling.settle_all(at=now()):
            stop.wait(EVERY_SECONDS)


LOOPS: tuple[Loop, ...] = (
    Loop("outage.settle", settle_on, frozenset({"problem.ended", "problem.cancelled"})),
    every("outage.plans", PLANS_SECONDS, look_at_plans),
)
