"""The whole index anew, fast: from the newest ticket down, in batches, going on where it stopped.

While many are indexed the index of words is away and built at the end, once; until then only
numbers and names are found. Few tickets are done beside the work of the desk, unnoticed.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from unbroken.ground.sql import rows
from unbroken.search import loops, projections
from unbroken.search.loops import Overlooked

BATCH = 500
FEW = 20_000
LEARN_EVERY = 10
MARK = projections.REBUILD
LOG_THEN = "log when the rebuild began"
EVERYTHING = 2**60
INDEX = "search_ticket_words"

_LAY_INDEX = f"CREATE INDEX {INDEX} ON search_ticket USING gin (marks, words)" + (
    " WITH (fastupdate = off)"
)


def rebuild(
    *, again: bool, processes: int, told: Callable[[int, int, float], None]
) -> tuple[int, float]:
    """Everything anew; returns how many tickets and seconds. `told` hears how far it is."""
    began = time.monotonic()
    with transaction.atomic():
        projections.index_all_names()
        if again:
            projections.note_progress(MARK, 0)
        below = projections.progress_of(MARK) or _begin()
        projections.clear_aside(below=below)
    total = _count(below)
    if total > FEW:
        _run(f"DROP INDEX IF EXISTS {INDEX}")
    done = 0
    for many, lowest in _indexed(enumerate(_batches(below)), processes):
        done += many
        projections.note_progress(MARK, lowest)
        told(done, total, time.monotonic() - began)
    lay_index()
    with transaction.atomic():
        projections.note_progress(loops.MARK, projections.progress_of(LOG_THEN))
        projections.note_progress(MARK, 0)
    return done, time.monotonic() - began


def _begin() -> int:
    """From the top; what the log says until now will be indexed when it is over."""
    projections.note_progress(LOG_THEN, loops.newest_event())
    projections.note_progress(MARK, EVERYTHING)
    return EVERYTHING


def lay_index() -> None:
    """The index of words, if it is away or was left unfinished."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [INDEX]
        )
        row = cursor.fetchone()
    if row and row[0]:
        return
    if row:
        _run(f"DROP INDEX {INDEX}")
    _run("SET maintenance_work_mem = '512MB'")
    _run(_LAY_INDEX)
    _run("VACUUM (ANALYZE) search_ticket")


def _indexed(batches: Iterable[tuple[int, list[int]]], processes: int) -> Iterator[tuple[int, int]]:
    """Batch by batch, in their order; several at a time, each on a connection of its own."""
    if processes == 1:
        yield from map(_index, batches)
        return
    with ThreadPoolExecutor(processes) as workers:
        yield from workers.map(_index_apart, batches)


def _index_apart(numbered: tuple[int, list[int]]) -> tuple[int, int]:
    try:
        return _index(numbered)
    finally:
        connection.close()


def _index(numbered: tuple[int, list[int]]) -> tuple[int, int]:
    place, tickets = numbered
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        projections.index_whole(tickets, learn=False)
    if place % LEARN_EVERY == 0:
        with transaction.atomic():
            projections.learn_words(tickets, latest=3)
    return len(tickets), tickets[-1]


def _batches(below: int) -> Iterator[list[int]]:
    while tickets := [one.id for one in _tickets(below)]:
        yield tickets
        below = tickets[-1]


def _tickets(below: int) -> list[Overlooked]:
    return rows(Overlooked, "search/queries/tickets_below.sql", below=below, limit=BATCH)


def _count(below: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trouble_ticket WHERE id < %s", [below])
        return int(cursor.fetchone()[0])


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
