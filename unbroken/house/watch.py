"""`unbroken watch`: every loop of every room, each in a thread, one owner each.

One wire hears the news (each event notifies with its stream and kind) and holds an advisory
lock per loop; a loop that another machine owns is asked for again every two seconds. A watch
may favour the urgent loops, or the rest: it takes the others only when nobody else does, and
gives them back to whoever favours them. When the wire is lost, so are the locks: all loops
end, and begin again with a new wire. A loop that fails is logged and begun again after a
growing pause; it never takes the others with it.
"""

import importlib
import importlib.util
import logging
import os
import signal
import threading
import time
from collections import Counter
from types import FrameType

import psycopg
from django.conf import settings
from django.db import connection

from unbroken.ground.loops import Loop, Stop
from unbroken.house import letterboxes, wire
from unbroken.house.wire import Wire

CHANNEL = "unbroken"
HEAR_SECONDS = 0.5
ASK_AGAIN_SECONDS = 2.0
SHARE_SECONDS = 0.03
"""Between one loop taken and the next: time for another watch to take its share."""

OTHERS_AFTER_SECONDS = 3.0
"""How long a watch leaves the loops it does not favour to those who do."""

URGENT = "urgent"
COMING = "watch."
STOP_SECONDS_MAX = 4.0
PAUSE_SECONDS_MAX = 60.0
HEALTHY_SECONDS = 60.0

log = logging.getLogger(__name__)


class Running:
    """A loop that we own, in its thread."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.stop = Stop()
        self.failures = 0
        self.thread = threading.Thread(target=self._run, name=loop.name, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while not self.stop.is_asked:
            began = time.monotonic()
            try:
                self.loop.run(self.stop)
            except Exception:
                healthy = time.monotonic() - began > HEALTHY_SECONDS
                self.failures = 1 if healthy else self.failures + 1
                pause = min(2.0 ** (self.failures - 1), PAUSE_SECONDS_MAX)
                log.exception("loop %s failed; it begins again in %.0f s", self.loop.name, pause)
                connection.close()
                self.stop.pause(pause)
            else:
                if not self.stop.is_asked:
                    self.stop.pause(1.0)
        connection.close()


class Watch:
    """All loops of this process; `favours` is "urgent", "rest" or nothing."""

    def __init__(self, loops: tuple[Loop, ...], favours: str = "") -> None:
        self.favours = favours
        self.favoured = tuple(loop for loop in loops if self._is_favoured(loop))
        self.others = tuple(loop for loop in loops if not self._is_favoured(loop))
        self.running: dict[str, Running] = {}
        self.is_over = False

    def end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Asked to stop: by a signal, or by a test."""
        self.is_over = True
        for running in list(self.running.values()):
            running.stop.ask()

    def run(self) -> None:
        """Until asked to stop; a lost database is waited for."""
        while not self.is_over:
            try:
                with wire.open_wire() as ears:
                    self._hear(ears)
            except psycopg.OperationalError as error:
                log.warning("watch: the database is gone (%s); trying again", str(error).strip())
            self._end_loops()
            if not self.is_over:
                time.sleep(1.0)

    def _hear(self, ears: Wire) -> None:
        ears.execute(f"LISTEN {CHANNEL}")
        asked_at = -ASK_AGAIN_SECONDS
        self.alone_from = time.monotonic() + OTHERS_AFTER_SECONDS
        while not self.is_over:
            took = False
            if time.monotonic() - asked_at >= ASK_AGAIN_SECONDS:
                took = self._take_a_loop(ears)
                asked_at = asked_at if took else time.monotonic()
                self._ask_for_ours(ears)
            # All of them first: the wire can say nothing itself until the last was heard.
            wait = SHARE_SECONDS if took else HEAR_SECONDS
            for notice in list(ears.notifies(timeout=wait, stop_after=1)):
                self._pass_on(notice.payload, ears)

    def _take_a_loop(self, ears: Wire) -> bool:
        """One at a time, so that several watches that begin together share the loops."""
        ears.execute("SELECT 1")  # a wire that died silently is noticed here
        is_alone = time.monotonic() >= self.alone_from
        for loop in (*self.favoured, *self.others) if is_alone else self.favoured:
            if loop.name not in self.running and wire.take(ears, wire.LOOPS, loop.name):
                self.running[loop.name] = Running(loop)
                return True
        return False

    def _ask_for_ours(self, ears: Wire) -> None:
        """Others leave to us what we favour, however slow we are to take it, or give it back."""
        if self.favours and any(loop.name not in self.running for loop in self.favoured):
            ears.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"watch {self._coming}"])

    def _pass_on(self, payload: str, ears: Wire) -> None:
        kind = payload.partition(" ")[2]
        if kind.startswith(COMING):
            if kind != self._coming:
                self._give_back(ears)
            return
        for running in self.running.values():
            if running.loop.hears(kind):
                running.stop.wake()

    def _is_favoured(self, loop: Loop) -> bool:
        return not self.favours or loop.urgent == (self.favours == URGENT)

    @property
    def _coming(self) -> str:
        return f"{COMING}{self.favours}"

    def _give_back(self, ears: Wire) -> None:
        """Somebody came who favours what we only stood in for."""
        ours = [loop.name for loop in self.others if loop.name in self.running]
        self._end([self.running.pop(name) for name in ours])
        for name in ours:
            wire.give(ears, wire.LOOPS, name)
        self.alone_from = time.monotonic() + OTHERS_AFTER_SECONDS

    def _end_loops(self) -> None:
        running = list(self.running.values())
        self.running.clear()
        self._end(running)

    def _end(self, ending: list[Running]) -> None:
        for running in ending:
            running.stop.ask()
        until = time.monotonic() + STOP_SECONDS_MAX
        for running in ending:
            running.thread.join(max(0.0, until - time.monotonic()))
        late = [running.loop.name for running in ending if running.thread.is_alive()]
        if late:
            # Somebody else may own them by now: two of the same must never work at once.
            log.warning("watch: %s did not end in time; leaving", ", ".join(late))
            os._exit(0 if self.is_over else 1)


def all_loops() -> tuple[Loop, ...]:
    """The letterboxes and whatever the rooms offer."""
    loops = list(letterboxes.loops())
    for room in settings.ROOMS:
        if room != "unbroken.ground" and importlib.util.find_spec(f"{room}.loops"):
            loops += importlib.import_module(f"{room}.loops").LOOPS
    twice = [name for name, count in Counter(loop.name for loop in loops).items() if count > 1]
    if twice:
        raise RuntimeError(f"two loops have the same name: {', '.join(twice)}")
    return tuple(loops)


def main(favours: str = "") -> None:
    """Watch until told to stop."""
    loops = all_loops()
    wire.with_pool(len(loops))
    wire.give_way()
    watch = Watch(loops, favours)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, watch.end)
    watch.run()
