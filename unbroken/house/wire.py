"""A database connection of one's own, outside Django: to hear news and to hold locks.

A lock held on such a wire is free the moment its process dies, whatever killed it: the
database notices the closed socket. Nothing is written over it.
"""

from typing import Any

import psycopg
from django.db import connections
from procrastinate.contrib.django.utils import connector_params

Wire = psycopg.Connection[tuple[Any, ...]]

LOOPS, WORKERS = 0x756E6C70, 0x756E7772
"""Two families of advisory locks, apart from everybody else's."""

KEEPALIVE = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}


def open_wire() -> Wire:
    """Connect; each statement stands alone."""
    params = {**connector_params(), **KEEPALIVE, "autocommit": True}
    return psycopg.connect(**params)


def take(wire: Wire, family: int, key: str) -> bool:
    """Become the one owner of something, as long as the wire lives; False when another is."""
    row = wire.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [family, key]).fetchone()
    return row is not None and bool(row[0])


def give(wire: Wire, family: int, key: str) -> None:
    """Let somebody else own it."""
    wire.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [family, key])


def without_pool() -> None:
    """For a process of long-lived threads: each keeps one connection instead of borrowing."""
    connections.settings["default"]["OPTIONS"].pop("pool", None)
