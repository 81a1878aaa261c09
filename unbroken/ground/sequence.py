"""Ids before rows: an event may name what is saved together with it."""

import threading
from collections import deque
from weakref import WeakKeyDictionary

from django.db import connection, models

from unbroken.ground.sql import planned_once

BLOCK = 32
"""Ids drawn at once for tables whose gaps nobody sees."""

_drawn: WeakKeyDictionary[object, dict[str, deque[int]]] = WeakKeyDictionary()
"""What is in hand, for each connection to the server by itself, and gone with it.

A server that dies may forget that it gave ids away, as long as nothing that was saved bears one;
then it gives them away again. Whoever kept them longer than their connection would use them twice.
"""
_lock = threading.Lock()


def draw(model: type[models.Model]) -> int:
    """The next id of a table, from its own sequence."""
    table = model._meta.db_table
    with planned_once() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])


def draw_loosely(model: type[models.Model]) -> int:
    """The same from a block kept with this connection: cheaper, with gaps when it ends."""
    table = model._meta.db_table
    connection.ensure_connection()
    with _lock:
        block = _drawn.setdefault(connection.connection, {}).setdefault(table, deque())
    if not block:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, BLOCK],
            )
            block.extend(int(row[0]) for row in cursor.fetchall())
    return block.popleft()


def forget_drawn() -> None:
    """Drop what is in hand, as another process would have it."""
    with _lock:
        _drawn.clear()
