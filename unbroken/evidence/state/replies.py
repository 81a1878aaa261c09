"""Answers to logins, each once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from unbroken.evidence.radius.detail import Reply


def note(replies: Sequence[Reply], *, arrived_at: datetime | None) -> int:
    """Keep those that are new; how many. Without an arrival they arrived when they were given."""
    if not replies:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO radius_reply ("user", at, kind, nas, message, timeout, arrived_at)'
            " SELECT * FROM unnest(%s::text[], %s::timestamptz[], %s::text[], %s::text[],"
            " %s::text[], %s::bigint[], %s::timestamptz[]) ON CONFLICT DO NOTHING",
            [
                [one.user for one in replies],
                [one.at for one in replies],
                [one.kind for one in replies],
                [one.nas for one in replies],
                [one.message for one in replies],
                [one.timeout for one in replies],
                [arrived_at or one.at for one in replies],
            ],
        )
        return int(cursor.rowcount)
