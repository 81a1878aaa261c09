"""What came to each door and what became of it. Only the doctor reads it."""

import os
from collections.abc import Mapping

from django.db import connection

SLOTS = 8
"""Processes of one door count in different rows, so that none waits for another's commit."""


def add(door: str, what: Mapping[str, int]) -> None:
    """Count so many more; part of the transaction it stands in."""
    counted = {name: count for name, count in what.items() if count}
    if not counted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO door_count (door, what, slot, count)"
            " SELECT %s, name, %s, count FROM unnest(%s::text[], %s::bigint[]) one (name, count)"
            " ORDER BY name"
            " ON CONFLICT (door, what, slot)"
            " DO UPDATE SET count = door_count.count + excluded.count",
            [door, os.getpid() % SLOTS, list(counted), list(counted.values())],
        )
