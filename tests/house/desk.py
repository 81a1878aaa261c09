"""A whole desk for a test: started as an operator would, on ports of its own, killed at will."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.database import settle
from unbroken.house.behind import running_pid
from unbroken.house.environment import CHECKOUT


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses just now."""
    with contextlib.ExitStack() as open_sockets:
        found = []
        for _ in range(count):
            trial = open_sockets.enter_context(socket.socket())
            trial.bind(("127.0.0.1", 0))
            found.append(trial.getsockname()[1])
        return found


def title_of(pid: str) -> str:
    """What a process is called: `web` for `unbroken web`, else its command line."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
    return words.strip().removeprefix("unbroken ")


def copy_checkout(to: Path) -> Path:
    """The tree as somebody else would have it after a clone, without an environment."""
    for part in ("bin", "requirements", "unbroken", "town"):
        shutil.copytree(CHECKOUT / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
    return to


class Desk:
    """One desk on one data folder."""

    def __init__(
        self,
        data: Path,
        *,
        user: int | None = None,
        checkout: Path = CHECKOUT,
        **settings: str,
    ) -> None:
        self.data = data
        self.checkout = checkout
        http, lmtp, smtp, radius = free_ports(4)
        kept = {name: text for name, text in os.environ.items() if "UNBROKEN_" not in name}
        self.environment = kept | {
            "UNBROKEN_HTTP": f"127.0.0.1:{http}",
            "UNBROKEN_LMTP": f"127.0.0.1:{lmtp}",
            "UNBROKEN_SMTP": f"127.0.0.1:{smtp}",
            "UNBROKEN_RADIUS": f"127.0.0.1:{radius}",
            "UNBROKEN_DATA": str(data),
            **settings,
        }
        self.http, self.lmtp, self.smtp, self.radius = http, lmtp, smtp, radius
        self.user = user
        self.process: subprocess.Popen[str] | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        """How a program of the checkout is called, as another user when one is named."""
        return [*self._as_user(), str(self.checkout / "bin" / program), *arguments]

    def _as_user(self) -> list[str]:
        if self.user is None:
            return []
        become = [f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"]
        return ["setpriv", *become, "--"]

    def has_python(self) -> bool:
        """Whether the user finds a Python that he may run and that makes environments."""
        trial = "import sys, ensurepip; assert sys.version_info >= (3, 11)"
        path = {"PATH": self.environment["PATH"]}
        call = [*self._as_user(), "python3", "-c", trial]
        return subprocess.run(call, env=path, check=False, capture_output=True).returncode == 0

    def unbroken(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the command line, waited for."""
        return subprocess.run(
            self.command("unbroken", *arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def start(self, *arguments: str) -> None:
        """Start it and wait until it says that it is up."""
        self.begin(*arguments)
        assert self.process is not None
        assert self.process.stdout is not None
        with self.process.stdout as said:
            if any("Ctrl-C stops it" in line for line in said):
                return
        self.process.wait()
        raise AssertionError(f"the desk did not start:\n{self.said()}")

    def begin(self, *arguments: str) -> None:
        """Start it and do not wait."""
        log = self._log()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a") as stderr:
            self.process = subprocess.Popen(
                self.command("run", "--empty", *arguments),
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                start_new_session=True,
            )

    def start_and_kill_after(self, seconds: float) -> None:
        """Begin, and kill -9 everything in the middle of it."""
        self.begin()
        time.sleep(seconds)
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.kill()
        self.process.stdout.close()
        self.kill()

    def _log(self) -> Path:
        return self.data.parent / f"{self.data.name}.err"

    def said(self) -> str:
        """What it said on standard error, over all its starts."""
        return self._log().read_text()

    def answers(self) -> bool:
        """Whether a page comes back."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/alive", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def wait_until_it_answers(self, *, seconds: float = 180.0) -> None:
        """For a process that is being started again."""
        until = time.monotonic() + seconds
        while not self.answers():
            assert time.monotonic() < until, f"no answer for {seconds} s:\n{self.said()}"
            time.sleep(0.05)

    def stop(self, *, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop and wait."""
        assert self.process is not None
        self.process.send_signal(with_signal)
        status = self.process.wait(120)
        self.process = None
        return status

    def processes(self) -> dict[str, list[int]]:
        """Every process of this desk by name: up, web, worker, watch, doors mail, postgres."""
        found: dict[str, list[int]] = {}
        if parent := running_pid(self.data):
            found["up"] = [parent]
            with contextlib.suppress(OSError):
                for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
                    found.setdefault(title_of(child), []).append(int(child))
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and f"{self.data}/postgres-" in title_of(entry.name):
                found.setdefault("postgres", []).append(int(entry.name))
        return found

    def kill(self, *names: str) -> None:
        """kill -9 these processes, or all of them."""
        for name, pids in self.processes().items():
            if not names or name in names:
                for pid in pids:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
        if self.process is not None and (not names or "up" in names):
            self.process.wait(120)
            self.process = None


@contextlib.contextmanager
def a_desk(
    data: Path,
    *,
    user: int | None = None,
    checkout: Path = CHECKOUT,
    is_made: bool = False,
    **settings: str,
) -> Iterator[Desk]:
    """A desk that is surely gone afterwards; one that `is_made` has its empty tables already."""
    if is_made:
        settle(data)
    desk = Desk(data, user=user, checkout=checkout, **settings)
    try:
        yield desk
    finally:
        if desk.process is not None:
            desk.stop()
        desk.kill()
