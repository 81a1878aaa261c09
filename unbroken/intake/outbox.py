"""The one outbox: what has to leave, when, and with how much patience.

A row stands here from the moment a message was said until it left or was given up.
Several messages of one ticket leave in their order. Handing over is a job; noting that a
job was queued and queueing it is one transaction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from unbroken.ground.clock import now
from unbroken.ground.giving_way import give_way
from unbroken.ground.loops import Stop
from unbroken.ground.sql import planned_once
from unbroken.intake import state
from unbroken.intake.models import Outbox

PATIENCE = timedelta(days=4)
"""How long temporary failures are borne (RFC 5321, section 4.5.4.1: four to five days)."""

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240))
LOST_AFTER = timedelta(minutes=2)
"""A job that has not settled its deliveries by then is queued anew; doing it twice is safe."""

JOB_SIZE = 20


def put_in(*, delivery_id: int, ticket_id: int, due_at: datetime) -> None:
    """It has to leave, not before `due_at`."""
    state.put_in(delivery_id=delivery_id, ticket_id=ticket_id, due_at=due_at)


def take_out(delivery_ids: Sequence[int]) -> None:
    """It left, was given up, or was taken back."""
    state.take_out(delivery_ids)


def postpone(delivery_id: int, *, attempts: int, error: str, at: datetime) -> None:
    """It could not leave now; the pause grows with every attempt."""
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    state.postpone(delivery_id, attempts=attempts, error=error, tried_at=at, due_at=at + pause)
    wake()


def is_patience_over(delivery_id: int, *, at: datetime) -> bool:
    """Whether it has been tried for as long as is decent."""
    first = Outbox.objects.filter(pk=delivery_id).values_list("first_tried_at", flat=True).first()
    return first is not None and at - first > PATIENCE


def attempts_of(delivery_id: int) -> int:
    """How often it was tried."""
    with planned_once() as cursor:
        cursor.execute("SELECT attempts FROM intake_outbox WHERE delivery_id = %s", [delivery_id])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def wake() -> None:
    """The outbox loop looks at once instead of in a while."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('unbroken', 'outbox outbox.filled')")


_DUE = """
-- What may leave now: due, not in a job's hands, nothing of its ticket before it.
SELECT delivery_id FROM intake_outbox outgoing
WHERE due_at <= %(now)s AND (queued_at IS NULL OR queued_at < %(lost)s)
  AND NOT EXISTS (SELECT 1 FROM intake_outbox earlier
                  WHERE earlier.ticket_id = outgoing.ticket_id
                    AND earlier.delivery_id < outgoing.delivery_id)
ORDER BY due_at, delivery_id
LIMIT 200
FOR UPDATE SKIP LOCKED
"""


def queue_due(*, at: datetime) -> int:
    """Queue a job for everything that may leave now; returns how many deliveries."""
    from unbroken.intake.tasks import deliver

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DUE, {"now": at, "lost": at - LOST_AFTER})
        due = [row[0] for row in cursor.fetchall()]
        for start in range(0, len(due), JOB_SIZE):
            deliver.defer(delivery_ids=due[start : start + JOB_SIZE])
        state.note_queued(due, at=at)
    return len(due)


def next_due(*, at: datetime) -> timedelta:
    """How long until the next one is due; at most a minute."""
    first = (
        Outbox.objects.filter(queued_at__isnull=True)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    longest = timedelta(minutes=1)
    return longest if first is None else max(timedelta(0), min(longest, first - at))


def run(stop: Stop) -> None:
    """The loop: queue what is due, sleep until the next."""
    while not stop.is_asked:
        give_way(stop)
        at = now()
        if queue_due(at=at):
            continue
        stop.wait_for(max(next_due(at=at), timedelta(milliseconds=50)))
