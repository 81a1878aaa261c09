"""What routing does by itself: it gives people work, pages them, learns how long requests take, and
foresees when each that is open will be over."""

import logging
import time

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.routing import eta
from unbroken.routing.actions import assign, escalate
from unbroken.routing.ahead.keeping import Keeper
from unbroken.routing.escalation.watching import watch

log = logging.getLogger(__name__)

GIVE_EVERY_SECONDS = 30.0
PAGE_EVERY_SECONDS = 20.0
ASK_AGAIN_SECONDS = 600.0
FORESEE_EVERY_SECONDS, FORESEE_REST_SECONDS = 60.0, 15.0
FIRST_SECONDS = 60.0
"""The desk begins its day before it looks at itself."""

CHANGES = frozenset(
    {
        "ticket.queued", "ticket.assigned", "ticket.resolved", "ticket.held", "ticket.resumed",
        "ticket.customer_asked", "ticket.customer_answered", "agent.shift_day_set",
        "agent.shifts_set",
    }
)  # fmt: skip

QUIET_FROM, QUIET_UNTIL = 1, 5
"""Hours, UTC, in which few people wait for a page."""


def learn_by_night(stop: Stop) -> None:
    """Every night, and at once on a desk that has a history and has learned nothing yet."""
    stop.pause(FIRST_SECONDS)
    while not stop.is_asked:
        learned_at, at = eta.learned_at(), now()
        is_night = QUIET_FROM <= at.hour < QUIET_UNTIL
        if learned_at is None or (is_night and at - learned_at > eta.STALE):
            began = time.process_time()
            if eta.learn_now(at=at) is not None:
                log.info("learned how long requests take in %.0f s", time.process_time() - began)
        stop.pause(ASK_AGAIN_SECONDS)


def give_work(stop: Stop) -> None:
    """Twice a minute: shifts that ended, work nobody touched, and what lies in queues that give."""
    while not stop.is_asked:
        at = now()
        assign.hand_over_ended(at=at)
        assign.take_back_untouched(at=at)
        assign.assign_waiting(at=at)
        stop.rest(GIVE_EVERY_SECONDS)


def foresee_open(stop: Stop) -> None:
    """Soon after something changed for a team, what lies there is reckoned anew."""
    keeper = Keeper()
    while not stop.is_asked:
        keeper.look(at=now())
        if stop.pause(FORESEE_REST_SECONDS):
            return
        stop.rest(FORESEE_EVERY_SECONDS)


def page_people(stop: Stop) -> None:
    """What nobody looks at climbs: begun by the hours, paged when it is time."""
    while not stop.is_asked:
        at = now()
        watch(at=at)
        escalate.page_due(at=at)
        stop.wait(PAGE_EVERY_SECONDS)


LOOPS = (
    Loop("routing.page", page_people, wakes_on=frozenset({"escalation.begun"})),
    Loop("routing.learn", learn_by_night, wakes_on=frozenset()),
    Loop("routing.foresee", foresee_open, wakes_on=CHANGES),
    Loop("routing.give", give_work, wakes_on=frozenset({"agent.status_set"})),
)
