"""The database of the tests: made once for each state of the migrations, then copied.

To migrate an empty database takes many seconds, to copy one takes none. So the folder of a desk
that was migrated and never used lies beside the environment, named by a sum over everything that
made it. A run copies the folder, and each of its processes copies the database; whole desks begin
with such a folder too (`settle`). On an outside server it is made once for each run and dropped
with its end.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from unbroken.house.addresses import Database
from unbroken.house.environment import CHECKOUT
from unbroken.house.postgres import NAME, Server
from unbroken.house.postgres_binaries import find_binaries

MADE = "test_unbroken_made"
"""On an outside server; on one of ours it is the desk's own."""

KEPT_MAX = 4

EMPTIED = """
-- Only tables in which something was written are emptied, with those that point at them: to
-- empty all of them takes a third of a second, after every test that commits.
DO $$
DECLARE
    known regclass;
    holds_something boolean;
    written oid[] := '{}';
    names text;
BEGIN
    FOR known IN
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
          AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', known) INTO holds_something;
        IF holds_something THEN written := written || known::oid; END IF;
    END LOOP;
    WITH RECURSIVE emptied (id) AS (
        SELECT unnest(written)
        UNION SELECT conrelid FROM pg_constraint JOIN emptied ON confrelid = id WHERE contype = 'f'
    )
    SELECT string_agg(id::regclass::text, ', ') INTO names FROM emptied;
    IF names IS NOT NULL THEN EXECUTE 'TRUNCATE ' || names; END IF;
END $$
"""


def start_server() -> Server:
    """A throw-away server with a migrated database on it."""
    data = Path(tempfile.mkdtemp(prefix="unbroken-tests-"))
    settle(data)
    server = Server(data, is_durable=False)
    server.start(purpose="tests")
    return server


def door_of(server: Server) -> Database:
    """Where to say what databases there are; nobody works in this one."""
    return replace(server.database, name="postgres")


def make(server: Database) -> None:
    """On an outside server: the database that the others are copied from."""
    drop(server, MADE)
    _tell(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(MADE)))
    _migrate(url_of(server, MADE))


def copy(server: Database, name: str, *, of: str) -> None:
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


def _migrate(url: str) -> None:
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "unbroken.house.settings",
        "PYTHONPATH": str(CHECKOUT),
        "UNBROKEN_DATABASE_URL": url,
    }
    migrate = [sys.executable, "-P", "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environ, cwd=CHECKOUT, check=True)


# ── what is kept from one run to the next ─────────────────────────────────────


def settle(data: Path) -> None:
    """A desk's folder as after its first migration, with nothing in it yet."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    while not _copied(kept := _kept(), data):
        _make(kept)


def corner() -> Path:
    """Where things are kept from one run to the next: the environment's folder, or one of ours
    in the folder for throw-away files for those who may not write there."""
    beside = Path(sys.prefix)
    ours = Path(tempfile.gettempdir()) / f"unbroken-{os.geteuid()}"
    return beside if os.access(beside, os.W_OK) else ours


def _kept() -> Path:
    return corner() / "test-databases" / _what_makes_it()


def _what_makes_it() -> str:
    """A sum over the migrations, what they lean on, and the programs that run them."""
    parts = [
        *CHECKOUT.glob("unbroken/*/migrations/*"),
        CHECKOUT / "unbroken/ground/guard.py",
        CHECKOUT / "unbroken/house/postgres.py",
        CHECKOUT / "requirements/run.txt",
        Path(__file__),
    ]
    total = hashlib.sha256(f"{find_binaries()}{os.geteuid()}".encode())
    for path in sorted(part for part in parts if part.is_file()):
        total.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _copied(kept: Path, data: Path) -> bool:
    """Whether it was there; whom the files belong to is copied too."""
    if not kept.is_dir():
        return False
    with contextlib.suppress(OSError):
        os.utime(kept)  # used just now: not the one to be thrown away
    done = subprocess.run(["cp", "-a", f"{kept}/.", str(data)], check=False, capture_output=True)
    if done.returncode != 0:  # another run threw it away meanwhile
        shutil.rmtree(data)
        data.mkdir(mode=0o700)
    return done.returncode == 0


def _make(kept: Path) -> None:
    """A server that never served is migrated; whoever is first with it keeps it."""
    making = kept.with_name(f"{kept.name}.{os.getpid()}")
    making.mkdir(mode=0o700, parents=True)
    server = Server(making, is_durable=False)
    try:
        _migrate(url_of(server.start(purpose="making it"), NAME))
        server.stop()
        os.sync()
        with contextlib.suppress(OSError):
            making.rename(kept)
    finally:
        server.stop()
        shutil.rmtree(making, ignore_errors=True)
    with contextlib.suppress(OSError):
        every = sorted(kept.parent.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in every[KEPT_MAX:]:
            shutil.rmtree(old, ignore_errors=True)
