"""What agents did that changed nothing is forgotten when its time is over."""

from datetime import timedelta

from django.conf import settings

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every
from unbroken.staffing.state import traces

EVERY_SECONDS = 3600.0


def forget_traces() -> None:
    """Batch by batch, each in a transaction of its own."""
    at = now()
    before = at - timedelta(days=settings.UNBROKEN.trace_days)
    while traces.forget(before=before, at=at):
        pass


LOOPS: tuple[Loop, ...] = (every("traces whose time is over", EVERY_SECONDS, forget_traces),)
