"""`unbroken doors`: what listens for mail (a door of intake) and for the network (of evidence).

A door is a module `unbroken.<room>.doors.<name>` with `main(stop: Stop) -> None`, which listens
until `stop.is_asked`. Each has a thread here; when one fails the process ends, and whoever
started it begins it again.
"""

import importlib
import logging
import os
import pkgutil
import signal
import threading
import time
from collections.abc import Sequence

from unbroken.ground.loops import Stop
from unbroken.house import wire

PACKAGES = {"mail": "unbroken.intake.doors", "network": "unbroken.evidence.doors"}
"""A process for each: a flood from the network does not delay the mail."""

STOP_SECONDS_MAX = 4.0

log = logging.getLogger(__name__)


def all_doors(package: str | None = None) -> tuple[str, ...]:
    """The names of the doors there are, or of those of one package."""
    packages = PACKAGES.values() if package is None else [package]
    return tuple(name for one in packages for name in _doors_in(one))


def _doors_in(package: str) -> list[str]:
    found = pkgutil.iter_modules(importlib.import_module(package).__path__)
    return [
        one.name
        for one in found
        if callable(getattr(importlib.import_module(f"{package}.{one.name}"), "main", None))
    ]


def _module_of(name: str) -> str:
    return next(f"{one}.{name}" for one in PACKAGES.values() if name in _doors_in(one))


def named(words: Sequence[str]) -> tuple[str, ...]:
    """The doors that these words mean, which may be the name of a package; all for none."""
    found: list[str] = []
    for word in words:
        is_one = word in all_doors()
        found += [word] if is_one or word not in PACKAGES else all_doors(PACKAGES[word])
    return tuple(found) or all_doors()


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
            importlib.import_module(_module_of(name)).main(self.stop)
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
