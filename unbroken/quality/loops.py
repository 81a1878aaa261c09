"""Counting what was put aside, looking for what came without letters, comparing all by night."""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall

from django.db import connection, transaction

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.ground.sql import rows
from unbroken.quality import projections, state
from unbroken.quality.reactions import COUNTS

log = logging.getLogger(__name__)

BATCH = 100
EVERY_SECONDS = 3.0
REST_SHARE = 2.0
"""After a full batch it rests twice as long as that took: history leaves the desk its work."""

STRETCH = 50_000
"""Events of the log looked at in one go."""
LOOK_SECONDS = 30.0
SAFE_TURNS = 20
"""Turns after which no slow transaction is thought to come in behind our mark."""
MARK = "log"

CHECK_AT = wall(1, 30)
CHECK_REST_SHARE = 9.0
CHECK_REST_SECONDS_MIN = 0.2
ASK_AGAIN_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A ticket that is not counted, or not with all that happened."""

    id: int


class Look:
    """How far the log was looked through; what lies behind the kept mark is final."""

    def __init__(self) -> None:
        self.done = projections.progress_of(MARK)
        self.seen = [newest_event()]

    def turn(self) -> bool:
        """One stretch, older than the last look so that letters come first; True: there is more."""
        self.done = max(self.done, projections.progress_of(MARK))
        upto = min(self.done + STRETCH, self.seen[-1])
        if upto > self.done:
            found = rows(
                Overlooked,
                "quality/queries/overlooked.sql",
                after=self.done,
                upto=upto,
                kinds=sorted(COUNTS),
            )
            with transaction.atomic():
                projections.put_aside([one.id for one in found])
                projections.note_progress(MARK, min(upto, self.seen[0]))
            self.done = upto
        return upto < self.seen[-1]

    def again(self) -> None:
        """Where the log ends now."""
        self.seen = [*self.seen[-SAFE_TURNS:], newest_event()]


def newest_event() -> int:
    """Where the log ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ground_event")
        return int(cursor.fetchone()[0])


def count_on(stop: Stop) -> None:
    """Turn until told to stop: what was put aside first, then a look through the log."""
    look, looked_at = Look(), time.monotonic()
    while not stop.is_asked:
        began = time.monotonic()
        done = projections.count_aside(at=now(), limit=BATCH)
        if done == BATCH:
            stop.pause(REST_SHARE * (time.monotonic() - began))
            continue
        if look.turn():
            continue
        if time.monotonic() - looked_at > LOOK_SECONDS:
            look.again()
            looked_at = time.monotonic()
        stop.pause(EVERY_SECONDS)


def turn_of_the_checker(at: datetime) -> bool:
    """Look at one batch, if it is time; whether there is more to look at."""
    last = state.last_check()
    if last is None or last.ended_at is not None:
        if last is not None and last.began_at >= _last_night(at):
            return False
        check_id, after = state.begin_check(at=at), 0
    else:
        check_id, after = last.id, last.reached
    tickets = projections.next_tickets(after=after, limit=BATCH)
    if not tickets:
        days = projections.add_up_days()
        if days:
            log.error("the figures of %s were not what their tickets add up to", days[:5])
        state.end_check(check_id, days=days, at=at)
        return False
    wrong = [ticket for ticket, was_counted in _compared(tickets, at).items() if was_counted]
    if wrong:
        log.error("figures of tickets %s were not what their record gives", wrong[:5])
    state.note_batch(check_id, reached=tickets[-1], count=len(tickets), differing=wrong)
    return True


def _compared(tickets: list[int], at: datetime) -> dict[int, bool]:
    """Those that differ are counted anew by the comparison itself; what waits anyway does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ticket_id FROM uncounted_ticket WHERE ticket_id = ANY (%s)"
            " UNION SELECT split_part(stream, ':', 2)::bigint FROM ground_letter"
            " WHERE box IN ('promise', 'quality') AND stream = ANY (%s)",
            [tickets, [f"ticket:{ticket}" for ticket in tickets]],
        )
        waiting = {row[0] for row in cursor.fetchall()}
    return projections.count([one for one in tickets if one not in waiting], at=at)


def _last_night(at: datetime) -> datetime:
    tonight = datetime.combine(at.astimezone(UTC).date(), CHECK_AT, UTC)
    return tonight if tonight <= at else tonight - timedelta(days=1)


def check_by_night(stop: Stop) -> None:
    """Batch by batch until told to stop; after each it rests nine times as long as it took."""
    while not stop.is_asked:
        began = time.monotonic()
        has_more = turn_of_the_checker(now())
        took = time.monotonic() - began
        stop.pause(
            max(took * CHECK_REST_SHARE, CHECK_REST_SECONDS_MIN) if has_more else ASK_AGAIN_SECONDS
        )


LOOPS = (
    Loop("quality.count", count_on, wakes_on=frozenset()),
    Loop("quality.check", check_by_night, wakes_on=frozenset()),
)
