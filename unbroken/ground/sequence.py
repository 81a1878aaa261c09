"""Ids before rows: an event may name what is saved together with it."""

import threading
from collections import deque

from django.db import connection, models

from unbroken.ground.sql import planned_once

BLOCK = 32
"""Ids drawn at once for tables whose gaps nobody sees."""

_drawn: dict[str, deque[int]] = {}
_lock = threading.Lock()


def draw(model: type[models.Model]) -> int:
    """The next id of a table, from its own sequence."""
    table = model._meta.db_table
    with planned_once() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])


def draw_loosely(model: type[models.Model]) -> int:
    """The same from a block kept in this process: cheaper, with gaps after a restart."""
    table = model._meta.db_table
    with _lock:
        block = _drawn.setdefault(table, deque())
        if not block:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [table, BLOCK],
                )
                block.extend(int(row[0]) for row in cursor.fetchall())
        return block.popleft()


def forget_drawn() -> None:
    """Drop what is in hand: after a fork, or when a test database starts anew."""
    with _lock:
        _drawn.clear()
