"""`unbroken doors`: what listens for mail and network messages, as the intake room knows them.

A door is a module `unbroken.intake.doors.<name>` with `main(stop: Stop) -> None`, which listens
until `stop.is_asked`. Each has a thread here; when one fails the process ends, and whoever
started it begins it again.
"""

import importlib
import importlib.util
import logging
import os
import pkgutil
import signal
import threading
import time
from collections.abc import Sequence

from unbroken.ground.loops import Stop
from unbroken.house import wire

PACKAGE = "unbroken.intake.doors"
STOP_SECONDS_MAX = 4.0

log = logging.getLogger(__name__)


def all_doors() -> tuple[str, ...]:
    """The names of the doors that the intake room has."""
    if importlib.util.find_spec(PACKAGE) is None:
        return ()
    package = importlib.import_module(PACKAGE)
    names = [found.name for found in pkgutil.iter_modules(package.__path__)]
    return tuple(
        name
        for name in names
        if not name.startswith("_")
        and callable(getattr(importlib.import_module(f"{PACKAGE}.{name}"), "main", None))
    )


class Doors:
    """The doors of this process."""

    def __init__(self, names: Sequence[str]) -> None:
        self.stop = Stop()
        self.has_failed = False
        self.threads = [
            threading.Thread(target=self._stand_open, args=(name,), name=name, daemon=True)
            for name in names
        ]

    def run(self) -> int:
        """Until told to stop; the status is 1 when a door fell shut by itself."""
        for thread in self.threads:
            thread.start()
        while not self.stop.wait(60.0):
            pass
        until = time.monotonic() + STOP_SECONDS_MAX
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
        if any(thread.is_alive() for thread in self.threads):
            os._exit(int(self.has_failed))
        return int(self.has_failed)

    def _stand_open(self, name: str) -> None:
        try:
            importlib.import_module(f"{PACKAGE}.{name}").main(self.stop)
        except Exception:
            log.exception("the door %s failed", name)
            self.has_failed = True
        finally:
            if not self.stop.is_asked:
                log.error("the door %s fell shut", name)
                self.has_failed = True
            self.stop.ask()


def main(names: Sequence[str]) -> int:
    """Keep these doors open until told to stop."""
    wire.without_pool()
    doors = Doors(names)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: doors.stop.ask())
    return doors.run()
