"""Catching up: tickets that wait to be indexed anew, and history that came without letters."""

import time
from dataclasses import dataclass

from django.db import connection, transaction

from unbroken.ground.giving_way import give_way
from unbroken.ground.loops import Loop, Stop
from unbroken.ground.sql import rows
from unbroken.search import projections
from unbroken.search.files import read_next_file
from unbroken.search.reactions import ANEW, MOVED, SAID

BATCH = 100
STRETCH = 50_000
"""Events of the log looked at in one go."""
LOOK_SECONDS = 30.0
GATHER_SECONDS = 0.8
"""What happens to a ticket within this time is indexed together."""
REST = 2.0
"""After a full batch it rests so many times as long: a large history leaves the desk its work."""
SAFE_TURNS = 20
"""Turns after which no slow transaction is thought to come in behind our mark."""
MARK = "log"


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A ticket that the index does not hold, or not whole."""

    id: int


class Watch:
    """How far the log was looked through; what lies behind the kept mark is final."""

    def __init__(self) -> None:
        self.done = projections.progress_of(MARK)
        self.seen = [newest_event()]

    def turn(self) -> bool:
        """One stretch, older than the last look so that letters come first; True: there is more."""
        self.done = max(self.done, projections.progress_of(MARK))  # a rebuild may be further
        upto = min(self.done + STRETCH, self.seen[-1])
        if upto > self.done:
            found = rows(Overlooked, "search/queries/overlooked.sql", after=self.done, upto=upto)
            with transaction.atomic():
                projections.put_aside([one.id for one in found], whole=True)
                projections.note_progress(
                    MARK, max(min(upto, self.seen[0]), projections.progress_of(MARK))
                )
            self.done = upto
        return upto < self.seen[-1]

    def look(self) -> None:
        """Where the log ends now."""
        self.seen = [*self.seen[-SAFE_TURNS:], newest_event()]


def catch_up(stop: Stop) -> None:
    """Turn until told to stop: what was put aside first, then a look through the log."""
    watch, looked_at = Watch(), time.monotonic()
    while not stop.is_asked:
        give_way(stop)
        began = time.monotonic()
        with transaction.atomic():
            done = projections.index_stale(limit=BATCH)
        if done == BATCH:
            stop.pause(REST * (time.monotonic() - began))
            continue
        if (not projections.is_rebuilding() and watch.turn()) or done:
            continue
        if time.monotonic() - looked_at > LOOK_SECONDS:
            watch.look()
            looked_at = time.monotonic()
        if not stop.wait():
            stop.pause(GATHER_SECONDS)


def newest_event() -> int:
    """Where the log ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ground_event")
        return int(cursor.fetchone()[0])


def read_files(stop: Stop) -> None:
    """Read what waits, one file after the other."""
    projections.take_up_files()
    while not stop.is_asked:
        if not read_next_file():
            stop.wait()


LOOPS = (
    Loop("search.catch_up", catch_up, wakes_on=SAID | MOVED | ANEW | {"house.erased"}),
    Loop("search.files", read_files, wakes_on=frozenset()),
)
