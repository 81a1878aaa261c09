"""Who works on a data folder: locks that are free the moment their holder is dead."""

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from unbroken.house.postgres_folder import CannotServe


class Taken(CannotServe):
    """Somebody else works on this data folder."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path.parent} is in use by {holder or 'another process'}.")
        self.holder = holder


def take_lock(path: Path, *, purpose: str, patience_seconds: float = 0.0) -> IO[str]:
    """The lock that lies at this path, until the file is closed or we die; Taken says by whom."""
    until = time.monotonic() + patience_seconds
    lock = path.open("a+")
    while not _holds(lock, fcntl.LOCK_EX):
        if time.monotonic() >= until:
            lock.seek(0)
            holder = lock.read().strip()
            lock.close()
            raise Taken(path, holder)
        time.sleep(0.05)
    lock.seek(0)
    lock.truncate()
    lock.write(f"{purpose} (process {os.getpid()})\n")
    lock.flush()
    return lock


def holder_of(path: Path) -> str:
    """Who holds it, as written at the time; empty when nobody does."""
    if not path.exists():
        return ""
    with path.open() as lock:
        return "" if _holds(lock, fcntl.LOCK_SH) else lock.read().strip()


def _holds(lock: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
