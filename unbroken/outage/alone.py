"""One element is one problem, whoever opens it first: they open one after the other.

The loop that hears alarms, the letterbox that follows silences and a colleague's click may all know
of the same thing within a second. Whoever comes second reads what the first has committed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Look whether there is a problem, and open one, within this; held until the commit."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unbroken.problem.opens'))")
        yield
