"""The database of the tests: made once for each state of the migrations, then copied.

To migrate an empty database takes many seconds, to copy one takes none. So a migrated one, `MADE`,
lies stopped in a folder beside the environment, named by a sum over everything that made it; a
run copies the folder, and each of its processes copies the database. On an outside server it is
made once for each run and dropped with its end.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from unbroken.house.environment import CHECKOUT, Database
from unbroken.house.postgres import Server
from unbroken.house.postgres_binaries import find_binaries

MADE = "test_unbroken_made"
KEPT = Path(sys.prefix) / "test-databases"
KEPT_MAX = 4


def start_server() -> Server:
    """A throw-away server with a migrated database on it."""
    data = Path(tempfile.mkdtemp(prefix="unbroken-tests-"))
    kept = KEPT / _what_makes_it()
    server = Server(data, is_durable=False)
    if _copy(kept, data):
        server.start(purpose="tests")
        return server
    make(server.start(purpose="tests"))
    server.stop()
    _keep(data, kept)
    server.start(purpose="tests")
    return server


def make(server: Database) -> None:
    """The database that the others are copied from, with every migration."""
    drop(server, MADE)
    _tell(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(MADE)))
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "unbroken.house.settings",
        "PYTHONPATH": str(CHECKOUT),
        "UNBROKEN_DATABASE_URL": url_of(server, MADE),
    }
    migrate = [sys.executable, "-P", "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environ, cwd=CHECKOUT, check=True)


def copy(server: Database, name: str, *, of: str = MADE) -> None:
    """A database like another one; it may be emptied, since it carries the mark of the tests."""
    drop(server, name)
    new, old = sql.Identifier(name), sql.Identifier(of)
    _tell(server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, old))
    _tell(server, sql.SQL("ALTER DATABASE {} SET unbroken.test = 'on'").format(new))


def drop(server: Database, name: str) -> None:
    """Away with it, whoever still holds it."""
    _tell(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(server: Database, name: str) -> str:
    """The setting that points a process at one of the server's databases."""
    place = {"host": server.host, "port": server.port, "user": server.user}
    secret = {"password": server.password} if server.password else {}
    return f"postgresql:///{name}?{urlencode({**place, **secret, **dict(server.options)})}"


def _tell(server: Database, command: sql.Composed) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(command)


# ── what is kept from one run to the next ─────────────────────────────────────


def _what_makes_it() -> str:
    """A sum over the migrations, what they lean on, and the programs that run them."""
    parts = [
        *CHECKOUT.glob("unbroken/*/migrations/*"),
        CHECKOUT / "unbroken/ground/guard.py",
        CHECKOUT / "unbroken/house/postgres.py",
        CHECKOUT / "unbroken/house/settings.py",
        CHECKOUT / "requirements/run.txt",
    ]
    total = hashlib.sha256(f"{find_binaries()}{os.geteuid()}".encode())
    for path in sorted(part for part in parts if part.is_file()):
        total.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _copy(kept: Path, data: Path) -> bool:
    """Whether it was there; who the files belong to is kept."""
    if not kept.is_dir():
        return False
    with contextlib.suppress(OSError):
        os.utime(kept)  # used just now: not the one to be thrown away
    done = subprocess.run(["cp", "-a", f"{kept}/.", str(data)], check=False, capture_output=True)
    if done.returncode != 0:  # another run threw it away meanwhile
        shutil.rmtree(data)
        data.mkdir(mode=0o700)
    return done.returncode == 0


def _keep(data: Path, kept: Path) -> None:
    """For the next run; where nothing can be written each run makes its own."""
    scratch = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        scratch.mkdir(parents=True)
        subprocess.run(["cp", "-a", f"{data}/.", str(scratch)], check=True, capture_output=True)
        os.sync()
        scratch.rename(kept)
    except (OSError, subprocess.CalledProcessError):
        shutil.rmtree(scratch, ignore_errors=True)
    with contextlib.suppress(OSError):
        every = sorted(KEPT.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in every[KEPT_MAX:]:
            shutil.rmtree(old, ignore_errors=True)
