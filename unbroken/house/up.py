"""`unbroken up`: the whole desk on one machine, from an empty folder to answering pages.

Order: the folder's lock, PostgreSQL, the tables, the demo town on the first start; then web,
worker, watch and doors, each a process of its own. A process that dies is begun again with
growing pauses; PostgreSQL at once. None of them outlives this one, however it ends, so that
after any kill the desk simply starts again.
"""

import argparse
import contextlib
import functools
import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from unbroken.house import behind, environment, ports, rehearsal, secret
from unbroken.house.children import Child, Closeable, call, fork, import_everything, serve
from unbroken.house.environment import Environment
from unbroken.house.locks import Taken
from unbroken.house.notes import WANTED, Notes, release_fingerprint
from unbroken.house.postgres import Server
from unbroken.house.postgres_folder import CannotServe, open_data_folder

CHILD_STOP_SECONDS_MAX = 5.5
PAUSES_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0, 5.0)
HEALTHY_SECONDS = 30.0
READY_SECONDS_MAX = 180.0
PORT_FREE_SECONDS_MAX = 6.0
FIRST_AGENT = "Whoever works here: ./bin/unbroken agent add --name NAME --email ADDRESS --admin"


@dataclass
class Desk:
    """What is up, and what it needs to stay up."""

    read: Environment
    is_demo: bool
    reloads: bool = False
    children: list[Child] = field(default_factory=list)
    server: Server | None = None
    lock: IO[str] | None = None
    hello: IO[str] = sys.stdout
    is_over: bool = False

    def run(self) -> int:
        """Start everything, say so, keep it running until told to stop."""
        self._listen_to_signals()
        try:
            self._open()
            self._prepare()
            self._begin_all()
            self._wait_until_it_answers()
            self._say()
            self._keep_running()
        except _Over:
            pass
        finally:
            self._close()
        return 0

    def _listen_to_signals(self) -> None:
        def end(number: int, frame: FrameType | None) -> None:
            self.is_over = True

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, end)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._bell, bell = socket.socketpair()
        self._bell.setblocking(False)
        bell.setblocking(False)
        signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
        self._bell_end = bell

    def _sleep(self, seconds: float) -> None:
        """Until the time is over, a child has died or the end is asked."""
        if select.select([self._bell], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                self._bell.recv(4096)

    def _open(self) -> None:
        open_data_folder(self.read.data)
        self.lock = behind.take_desk_lock(self.read.data)
        secret.keep(self.read)
        rehearsal.join(self.read)
        self._wait_for_ports()
        if not self.read.has_outside_database:
            self.server = Server(self.read.data)
            self._start_server(self.server)

    def _prepare(self) -> None:
        """What the children find ready: the modules, the tables, the town."""
        if not self.reloads:
            import_everything()
        if not self.read.has_outside_database and self._is_prepared():
            return
        from unbroken.house import cli, wire
        from unbroken.house.commands import prepare

        def work() -> int:
            if self.reloads:
                cli.set_up_rooms()
            wire.without_pool()  # which tries for ten seconds where nobody answers
            return prepare.run(argparse.Namespace(empty=not self.is_demo))

        guarded = functools.partial(cli.guarded, work)
        process = fork("prepare", guarded, without=self._own_things())
        while process.poll() is None and not self.is_over:
            self._sleep(1.0)
        if self.is_over:
            process.send_signal(signal.SIGTERM)
            process.wait()
            raise _Over
        if process.returncode != 0:
            raise CannotServe("The tables could not be prepared; the lines above tell why.")

    def _own_things(self) -> list[Closeable]:
        """What a child must not hold: the folder's locks would outlive us in it."""
        own = [self._bell, self._bell_end, self.lock, self.hello]
        own += [self.server.lock] if self.server is not None else []
        return [thing for thing in own if thing is not None and thing is not sys.stdout]

    def _is_prepared(self) -> bool:
        """Whether an earlier start of this very release did it all: then this one is quick."""
        notes = Notes(self.read.data)
        is_sown = notes.read("town") != WANTED or not _has_town()
        return is_sown and notes.read("prepared") == release_fingerprint()

    def _start_server(self, server: Server) -> None:
        told = False
        while True:
            try:
                server.start(purpose="a desk")
                return
            except Taken as taken:
                if not told:
                    sys.stderr.write(f"Waiting: {taken}\n")
                told = True
                self._sleep(0.5)
                if self.is_over:
                    raise _Over from None

    def _wait_for_ports(self) -> None:
        """Free, or freed by what a killed desk left behind: that is ending right now."""
        wanted = {"UNBROKEN_HTTP": self.read.http}
        if _has_doors():
            wanted |= {"UNBROKEN_LMTP": self.read.lmtp, "UNBROKEN_SMTP": self.read.smtp}
        until = time.monotonic() + PORT_FREE_SECONDS_MAX
        for name, address in wanted.items():
            while not ports.is_free(name, address):
                if time.monotonic() > until:
                    raise CannotServe(
                        f"{address} is in use by another program; stop that, or set {name} to "
                        "another address and port."
                    )
                self._sleep(0.2)

    def _begin_all(self) -> None:
        names = ["web"] * self.read.web_processes + ["worker"]
        names += _watches(self.read.watch_processes)
        names += ["doors mail", "doors network"] if _has_doors() else []
        self.children = [Child(name) for name in names]
        for child in self.children:
            self._begin(child)

    def _begin(self, child: Child) -> None:
        if self.reloads:
            child.process = call(child.name)
        else:
            work = functools.partial(serve, child.name)
            child.process = fork(child.name, work, without=self._own_things())
        child.began_at = time.monotonic()

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + READY_SECONDS_MAX
        wanted = [self.read.http]
        if _has_doors():
            wanted += [self.read.lmtp, self.read.smtp]
        while wanted and not self.is_over:
            wanted = [address for address in wanted if not ports.accepts(address)]
            self._look_after_all()
            if time.monotonic() > until:
                raise CannotServe(f"{wanted[0]} does not answer; the lines above tell why.")
            self._sleep(0.05)
        if self.is_over:
            raise _Over

    def _say(self) -> None:
        lines = ["", f"Unbroken is up: {self.read.base_url}"]
        notes = Notes(self.read.data)
        whom = notes.read("sign-ins") or first_steps(self.read.base_url, notes) or FIRST_AGENT
        lines += [f"  {line}" for line in whom.splitlines()]
        if _has_doors():
            lines.append(f"  Mail comes in at {self.read.smtp} (SMTP), {self.read.lmtp} (LMTP).")
        lines += [f"  Everything lies in {self.read.data}.", f"  {behind.CTRL_C}", ""]
        self.hello.write("\n".join(lines))
        self.hello.flush()
        if self.hello is not sys.stdout:
            self.hello.close()  # whoever waits for it in front may go

    def _keep_running(self) -> None:
        seen = _newest_source() if self.reloads else 0.0
        while not self.is_over:
            self._look_after_all()
            self._sleep(1.0 if self.reloads else self._seconds_to_next())
            if self.reloads and (now := _newest_source()) > seen:
                seen = now
                self._stop_children()
                for child in self.children:
                    self._begin(child)

    def _seconds_to_next(self) -> float:
        dead = [child.again_at for child in self.children if not child.is_alive()]
        return max(0.02, min(dead) - time.monotonic()) if dead else 30.0

    def _look_after_all(self) -> None:
        if self.server is not None and not self.server.is_running() and not self.is_over:
            self._begin_server_again(self.server)
        for child in self.children:
            if not child.is_alive() and not self.is_over:
                self._look_after(child)

    def _begin_server_again(self, server: Server) -> None:
        """At once, and again when the first try comes too early after a hard death."""
        sys.stderr.write("unbroken: PostgreSQL died; starting it again.\n")
        for tries_left in (2, 1, 0):
            try:
                server.start_again()
                return
            except CannotServe:
                if not tries_left or self.is_over:
                    raise
                self._sleep(1.0)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            lived = now - child.began_at
            child.deaths = 1 if lived > HEALTHY_SECONDS else child.deaths + 1
            pause = PAUSES_SECONDS[min(child.deaths, len(PAUSES_SECONDS)) - 1]
            child.again_at = now + pause
            how = child.process.poll()
            sys.stderr.write(f"unbroken: {child.name} died ({how}); again in {pause:.1f} s.\n")
            child.process = None
        if now >= child.again_at:
            self._begin(child)

    def _stop_children(self) -> None:
        for number, seconds in ((signal.SIGTERM, CHILD_STOP_SECONDS_MAX), (signal.SIGKILL, 1.0)):
            until = time.monotonic() + seconds
            alive = [child.process for child in self.children if child.process is not None]
            for process in alive:
                if process.poll() is None:
                    process.send_signal(number)
            for process in alive:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.01, until - time.monotonic()))

    def _close(self) -> None:
        self.is_over = True
        self._stop_children()
        if self.server is not None:
            self.server.stop(within_seconds=2.0)
        if self.lock is not None:
            self.lock.close()


class _Over(Exception):
    """Asked to stop before everything was up."""


def first_steps(base_url: str, notes: Notes) -> str:
    """Where the first administrator comes in; nothing once somebody works here."""
    code = notes.read("first-code")
    if not code:
        return ""
    return f"First steps, for whoever reads this: {base_url}/first-steps?code={code}"


def up(*, is_demo: bool, reloads: bool, hello_to: int | None) -> int:
    """Run the desk until told to stop; the hello goes to a file number when one is given."""
    read = environment.read()
    os.environ["PYTHONUNBUFFERED"] = "1"
    hello = sys.stdout if hello_to is None else os.fdopen(hello_to, "w")
    return Desk(read, is_demo=is_demo, reloads=reloads, hello=hello).run()


def _watches(count: int) -> list[str]:
    """One keeps free for what comes in, where there are several."""
    return ["watch"] if count == 1 else ["watch urgent", *["watch rest"] * (count - 1)]


def _has_doors() -> bool:
    return (environment.CHECKOUT / "unbroken" / "intake" / "doors" / "mail.py").exists()


def _has_town() -> bool:
    return (environment.CHECKOUT / "town" / "plant.py").exists()


def _newest_source() -> float:
    root = environment.CHECKOUT / "unbroken"
    return max(path.stat().st_mtime for path in root.rglob("*.py"))
