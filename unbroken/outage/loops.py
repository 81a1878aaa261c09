"""What goes on by itself: requests of big problems are settled, plans that overrun are told of,
alarms from outside are heard, news that is promised is watched."""

from datetime import timedelta

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop, every
from unbroken.outage import settling
from unbroken.outage.alarming import Alarming
from unbroken.outage.news.actions import look_at_news
from unbroken.outage.plans.loops import EVERY_SECONDS as PLANS_SECONDS
from unbroken.outage.plans.loops import look_at_plans

SETTLE_SECONDS = 20.0
ALARMS_SECONDS = 10.0
NEWS_SECONDS = 20.0


def settle_on(stop: Stop) -> None:
    """Until told to stop; at once again while there is more. Who is late is asked for each time."""
    while not stop.is_asked:
        if not settling.settle_all(at=now()):
            stop.rest(SETTLE_SECONDS)


def hear_alarms(stop: Stop) -> None:
    """Until told to stop; what was said before is read again when it begins."""
    alarming = Alarming(at=now())
    while not stop.is_asked:
        alarming.look(at=now())
        stop.wait_for(timedelta(seconds=ALARMS_SECONDS), seconds_max=ALARMS_SECONDS)


LOOPS: tuple[Loop, ...] = (
    Loop("outage.settle", settle_on, frozenset({"problem.ended", "problem.cancelled"})),
    Loop("outage.alarms", hear_alarms, wakes_on=frozenset()),
    every("outage.news", NEWS_SECONDS, lambda: look_at_news(at=now())),
    every("outage.plans", PLANS_SECONDS, look_at_plans),
)
