"""Rows of `radacct` that had no stop when they were last read: they are looked at again."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from unbroken.evidence.models import RadacctOpen


def chunks(size: int) -> Iterator[tuple[list[int], list[datetime]]]:
    """All of them, so many at a time: their numbers, and when each was last heard of."""
    after = 0
    while True:
        found = RadacctOpen.objects.filter(number__gt=after).order_by("number")
        some = list(found.values_list("number", "heard_at")[:size])
        if not some:
            return
        yield [number for number, _ in some], [at for _, at in some]
        after = some[-1][0]


def note(rows: Sequence[tuple[int, datetime]]) -> None:
    """These are open. Part of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO radacct_open (number, heard_at)"
            " SELECT * FROM unnest(%s::bigint[], %s::timestamptz[])"
            " ON CONFLICT (number) DO UPDATE SET heard_at = excluded.heard_at",
            [[number for number, _ in rows], [at for _, at in rows]],
        )


def forget(before: datetime) -> None:
    """Rows of which nothing was heard since: that table holds them no more."""
    RadacctOpen.objects.filter(heard_at__lt=before).delete()


def end(numbers: Sequence[int]) -> None:
    """These have a stop. Part of a transaction."""
    RadacctOpen.objects.filter(number__in=numbers).delete()
