"""Jobs that call outside. Each may run twice; none holds a lock in the queue."""

from collections.abc import Sequence

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from unbroken.ground.clock import now
from unbroken.intake.sending import send

# What fails here is the database or a bug: a failed hand-over is recorded, not raised.
AGAIN = RetryStrategy(max_attempts=20, linear_wait=2)


@app.task(queue="outgoing", name="intake.deliver", retry=AGAIN)
def deliver(delivery_ids: Sequence[int]) -> None:
    """Hand these deliveries over, one after the other; each records its own outcome."""
    for delivery_id in delivery_ids:
        send(delivery_id, at=now())
