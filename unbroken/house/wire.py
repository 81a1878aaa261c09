"""A database connection of one's own, outside Django: to hear news and to hold locks.

A lock held on such a wire is free the moment its process dies, whatever killed it: the
database notices the closed socket. Nothing is written over it.
"""

import contextlib
import os
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created
from procrastinate.contrib.django.utils import connector_params

Wire = psycopg.Connection[tuple[Any, ...]]

LOOPS, WORKERS = 0x756E6C70, 0x756E7772
"""Two families of advisory locks, apart from everybody else's."""

IDLE_SECONDS = 5
"""Of the connections that nobody needed meanwhile, one is closed every so often."""

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


def with_pool(size: int) -> None:
    """For a process of loops: who sleeps lends its connection; after a while few are open."""
    wanted = {"min_size": 1, "max_size": size, "timeout": 30, "max_idle": IDLE_SECONDS}
    connections.settings["default"]["OPTIONS"]["pool"] = wanted


def give_way() -> None:
    """The database's servers that work for this process are as patient as it is itself.

    Otherwise what follows competes with the pages there, however nice it is here. Only the
    embedded database is on this machine for certain, under somebody we may hold back.
    """
    if not settings.UNBROKEN.has_outside_database:
        connection_created.connect(_hold_back, dispatch_uid="give way")


def _hold_back(connection: Any, **_: object) -> None:
    with contextlib.suppress(OSError):  # it died, or is somebody else's
        hold_back(connection.connection.info.backend_pid, os.getpriority(os.PRIO_PROCESS, 0))


def hold_back(process: int, niceness: int) -> None:
    """Let a process be at least so nice. OSError when it is not ours."""
    if os.getpriority(os.PRIO_PROCESS, process) < niceness:
        os.setpriority(os.PRIO_PROCESS, process, niceness)


def without_pool() -> None:
    """For a process of long-lived threads: each keeps one connection instead of borrowing."""
    connections.settings["default"]["OPTIONS"].pop("pool", None)
