"""Loops: the work that goes on by itself, whether anybody looks or not.

A room offers its loops in `loops.py` as `LOOPS: tuple[Loop, ...]`; `unbroken watch` runs each
in a thread with a database connection of its own, one owner each however many machines
watch. A loop does what is to be done, then waits: it is woken by the events it named, and
every few seconds anyway. When it fails it is begun again after a pause.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from unbroken.ground.clock import real_seconds

EVERY_SECONDS = 5.0
"""How long a loop with nothing to do sleeps when no event wakes it."""

REHEARSED_SECONDS = 1.0
"""The least that lies between two looks where the desk's clock runs faster than the real one."""

QUIET_SECONDS = 0.2
"""A loop that nothing woke for so long lends its database connection to the others."""


def _lend_the_line() -> None:
    if not connection.in_atomic_block:
        connection.close()


class Stop:
    """What a loop is handed: it says when to end, and sleeps on the loop's behalf."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._is_asked = False
        self._is_woken = False

    @property
    def is_asked(self) -> bool:
        """Whether the loop is to end now."""
        return self._is_asked

    def wait(self, seconds: float = EVERY_SECONDS) -> bool:
        """Sleep until there is news, the time is over or the end is asked; True to end.

        News that came while the loop was working counts: the wait then returns at once.
        """
        until = time.monotonic() + seconds
        if seconds > QUIET_SECONDS and not self._is_over(time.monotonic() + QUIET_SECONDS):
            _lend_the_line()
        self._is_over(until)
        with self._news:
            self._is_woken = False
            return self._is_asked

    def _is_over(self, until: float) -> bool:
        """Whether news or the end came before this time."""
        with self._news:
            while not (self._is_asked or self._is_woken):
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._news.wait(left)
            return True

    def wait_for(self, span: timedelta, *, seconds_max: float = EVERY_SECONDS) -> bool:
        """The same for a span of the desk's clock, which may run faster than the real one."""
        return self.wait(min(max(real_seconds(span), 0.0), seconds_max))

    def rest(self, seconds: float) -> bool:
        """Sleep between two looks at what is due by the desk's clock, so many seconds of it.

        In a rehearsal a second of real time at least: its clock is quick, its machine is not.
        """
        real = real_seconds(timedelta(seconds=seconds))
        return self.wait(min(seconds, max(real, REHEARSED_SECONDS)))

    def pause(self, seconds: float) -> bool:
        """Sleep although there may be news (after a failure, between calls out); True to end."""
        until = time.monotonic() + seconds
        with self._news:
            while not self._is_asked and (left := until - time.monotonic()) > 0:
                self._news.wait(left)
            return self._is_asked

    def wake(self) -> None:
        """There is news."""
        with self._news:
            self._is_woken = True
            self._news.notify_all()

    def ask(self) -> None:
        """The loop is to end."""
        with self._news:
            self._is_asked = True
            self._news.notify_all()


@dataclass(frozen=True, slots=True)
class Loop:
    """One loop: its name over the whole installation, what it does, what wakes it.

    `run` works until `stop.is_asked`. `wakes_on` are kinds of event; None stands for every
    event, an empty set for none. An `urgent` loop brings things into the house: where several
    processes watch, one keeps free for it, and what merely follows gives way.
    """

    name: str
    run: Callable[[Stop], None]
    wakes_on: frozenset[str] | None = None
    urgent: bool = False

    def hears(self, kind: str) -> bool:
        """Whether an event of this kind is news to the loop."""
        return self.wakes_on is None or kind in self.wakes_on


def every(
    name: str, seconds: float, do: Callable[[], object], *, wakes_on: frozenset[str] = frozenset()
) -> Loop:
    """A loop that does one thing again and again."""

    def run(stop: Stop) -> None:
        while not stop.is_asked:
            do()
            stop.rest(seconds)

    return Loop(name, run, wakes_on)
