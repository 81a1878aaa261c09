"""Folding what waits: by the loop, and by whoever wants to read right now."""

import logging
import time

from django.db import DatabaseError, connection

from unbroken.evidence.reading import Reading
from unbroken.evidence.state import radius

log = logging.getLogger(__name__)

RECORDS = 5_000
"""About so many in one transaction."""

WAIT_SECONDS_MAX = 60.0


def fold_some() -> int:
    """One batch of what waits; 0 when nothing does. What cannot be folded is set aside."""
    try:
        return radius.fold_batches(Reading(), records_max=RECORDS)
    except DatabaseError:
        raise
    except Exception:
        log.exception("records cannot be folded together; one batch at a time")
    try:
        return radius.fold_batches(Reading(), records_max=1)
    except DatabaseError:
        raise
    except Exception:
        log.exception("this batch cannot be folded; it is kept raw and set aside")
        return int(radius.set_aside_next() > 0)


def fold_all(*, seconds_max: float = WAIT_SECONDS_MAX) -> None:
    """Until nothing waits that waited when this began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(batch_id) FROM radius_waiting")
        newest = cursor.fetchone()[0]
    until = time.monotonic() + seconds_max
    while newest is not None and time.monotonic() < until:
        fold_some()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM radius_waiting WHERE batch_id <= %s)", [newest]
            )
            if cursor.fetchone() == (False,):
                return
