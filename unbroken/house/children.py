"""The desk's processes: forked from one parent that has imported everything already.

A forked child shares the parent's memory until it writes, and is at work in milliseconds,
also when it has to be started again. It is on a leash: when the parent dies, however, the
kernel tells the child to end.
"""

import contextlib
import ctypes
import gc
import importlib
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from unbroken.house.leash import PR_SET_PDEATHSIG
from unbroken.house.postgres_user import LEASH

GIVES_WAY = frozenset({"worker", "watch rest"})
"""What merely follows: it lets reading, the doors and the pages go first on a busy machine."""

NICENESS = 10

M_ARENA_MAX = -8
ARENAS = 2
"""Heaps of a process, whatever the number of its threads: glibc would give a process of thirty
loops as many as eight for each processor, and each keeps what it once needed."""


class Process(Protocol):
    """What a parent may ask of a child, forked or called."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, sig: int) -> None: ...


class Closeable(Protocol):
    """Something of the parent that a child must not hold."""

    def close(self) -> None: ...


class Forked:
    """A forked child, asked like a called one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its status once it has ended."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its status, waited for."""
        until = time.monotonic() + (timeout if timeout is not None else 1e9)
        while (status := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired([str(self.pid)], timeout or 0.0)
            time.sleep(0.01)
        return status

    def send_signal(self, sig: int) -> None:
        """Send it a signal while it lives."""
        if self.poll() is None:
            os.kill(self.pid, sig)


@dataclass
class Child:
    """One of the desk's processes by name, and how often it has died lately."""

    name: str
    process: Process | None = None
    began_at: float = 0.0
    deaths: int = 0
    again_at: float = 0.0

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None


def import_everything() -> None:
    """What the children need, once, before they are forked; opens no connection, no thread."""
    from unbroken.ground import words
    from unbroken.house import cli

    cli.set_up_rooms()
    for module in ("urls", "web", "worker", "watch", "doors"):
        importlib.import_module(f"unbroken.house.{module}")
    importlib.import_module("unbroken.house.watch").all_loops()
    importlib.import_module("unbroken.house.doors").all_doors()
    for language in words.LANGUAGES:
        words.catalogue(language)
    gc.collect()
    gc.freeze()  # what is never collected is never written to, and stays shared


def fork(name: str, work: Callable[[], int], *, without: Iterable[Closeable] = ()) -> Forked:
    """A child that does this work and ends with its status."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return Forked(pid)
    status = 1
    try:
        _settle(name, parent, without)
        status = work()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def call(name: str) -> Process:
    """The same by its command, with the code as it lies on the disk now."""
    leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(signal.SIGTERM))]
    command = [sys.executable, "-P", "-m", "unbroken.house.cli", *name.split()]
    return subprocess.Popen([*leash, "same", *command], stdin=subprocess.DEVNULL, stdout=sys.stderr)


def serve(name: str) -> int:
    """The work of a child by name, which may have a word for it to know (`watch urgent`)."""
    command, *words = name.split()
    if name in GIVES_WAY:
        os.nice(NICENESS)
    module = importlib.import_module(f"unbroken.house.{command}")
    if command == "doors":
        return int(module.main(module.named(words)))
    module.main(*words)
    return 0


def _settle(name: str, parent: int, without: Iterable[Closeable]) -> None:
    """Nothing of the parent is left but its memory: no lock, no socket, no handler."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        with contextlib.suppress(AttributeError):  # musl has no such thing and needs none
            libc.mallopt(M_ARENA_MAX, ARENAS)
    if os.getppid() != parent:
        os._exit(1)
    for thing in without:
        thing.close()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    from setproctitle import setproctitle

    setproctitle(f"unbroken {name}")
