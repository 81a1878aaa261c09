"""What came to each door, what became of it, and when. Operators read it, nothing builds on it."""

import os
from collections.abc import Mapping

from django.db import connection

from unbroken.ground.clock import now

SLOTS = 8
"""Processes of one door count in different rows, so that none waits for another's commit."""

PAUSE_KEEPS = 0.98
"""Of the longest pause this is left after each time something came: what is lately."""


def add(door: str, what: Mapping[str, int]) -> None:
    """Count so many more; part of the transaction it stands in."""
    counted = {name: count for name, count in what.items() if count}
    if not counted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO door_count (door, what, slot, count, latest_at)"
            " SELECT %(door)s, name, %(slot)s, count, %(at)s"
            " FROM unnest(%(names)s::text[], %(counts)s::bigint[]) one (name, count)"
            " ORDER BY name"
            " ON CONFLICT (door, what, slot)"
            " DO UPDATE SET count = door_count.count + excluded.count,"
            " latest_at = greatest(door_count.latest_at, excluded.latest_at), pause_seconds ="
            " greatest(extract(epoch FROM excluded.latest_at - door_count.latest_at)::float8,"
            " door_count.pause_seconds * %(keeps)s)",
            {
                "door": door,
                "slot": os.getpid() % SLOTS,
                "names": list(counted),
                "at": now(),
                "counts": list(counted.values()),
                "keeps": PAUSE_KEEPS,
            },
        )
