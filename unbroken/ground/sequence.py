"""Ids before rows: an event may name what is saved together with it."""

import threading
import time
from collections import deque
from dataclasses import dataclass, field
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

AHEAD_SECONDS = 1.0


@dataclass
class _Ahead:
    """Ids in hand for what is surely about to be made, and since when."""

    at: float = 0.0
    ids: deque[int] = field(default_factory=deque)


_ahead: WeakKeyDictionary[object, dict[str, _Ahead]] = WeakKeyDictionary()
"""The same for ids that are to be given in order, so nearly at once."""


def draw(model: type[models.Model]) -> int:
    """The next id of a table, from its own sequence, or one drawn a moment ago."""
    table = model._meta.db_table
    ahead = _ahead.get(connection.connection, {}).get(table) if _ahead else None
    if ahead is not None and ahead.ids and time.monotonic() - ahead.at < AHEAD_SECONDS:
        return ahead.ids.popleft()
    with planned_once() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])


def draw_ahead(model: type[models.Model], count: int) -> None:
    """Have so many ids in hand for what this connection makes within `AHEAD_SECONDS`.

    What is left by then is never given: later on it would look older than it is.
    """
    connection.ensure_connection()
    with _lock:
        mine = _ahead.setdefault(connection.connection, {})
        ahead = mine.setdefault(model._meta.db_table, _Ahead())
    if time.monotonic() - ahead.at >= AHEAD_SECONDS:
        ahead.ids.clear()
    if len(ahead.ids) < count:
        ahead.ids.extend(_drawn_now(model._meta.db_table, count - len(ahead.ids)))
        ahead.at = time.monotonic()


def _drawn_now(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def draw_loosely(model: type[models.Model]) -> int:
    """The same from a block kept with this connection: cheaper, with gaps when it ends."""
    table = model._meta.db_table
    connection.ensure_connection()
    with _lock:
        block = _drawn.setdefault(connection.connection, {}).setdefault(table, deque())
    if not block:
        block.extend(_drawn_now(table, BLOCK))
    return block.popleft()


def forget_drawn() -> None:
    """Drop what is in hand, as another process would have it."""
    with _lock:
        _drawn.clear()
        _ahead.clear()
