"""The embedded server: made once, never overwritten, never twice, gone with its parent."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from unbroken.house.environment import CHECKOUT
from unbroken.house.locks import Taken
from unbroken.house.postgres import Server, answers, reads_cyrillic, serving
from unbroken.house.postgres_binaries import find_binaries
from unbroken.house.postgres_folder import (
    CannotServe,
    database_folder,
    server_processes,
    socket_folder,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database in it and no server on it."""
    data = tmp_path_factory.mktemp("made") / "data"
    server = Server(data, is_durable=False)
    server.start(purpose="a test")
    server.stop()
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    """A server on that copy, not started."""
    server = Server(data, is_durable=False)
    yield server
    server.stop()


def folder_of(data: Path) -> Path:
    return database_folder(data, find_binaries().major)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_reads_cyrillic_whatever_the_environment_says(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.KOI8-R")
    database = server.start(purpose="a test")

    with psycopg.connect(database.dsn()) as connection:
        assert reads_cyrillic(connection)


def test_a_name_with_blanks_quotes_and_cyrillic_is_a_fine_folder(tmp_path: Path) -> None:
    server = Server(tmp_path / "Мой 'desk' \"1\", да", is_durable=False)
    database = server.start(purpose="a test")

    assert answers(database)
    server.stop()


def test_a_folder_whose_name_is_too_long_for_a_socket_is_fine_too(tmp_path: Path) -> None:
    server = Server(tmp_path / ("д" * 60) / ("x" * 60), is_durable=False)
    database = server.start(purpose="a test")

    assert answers(database)
    server.stop()
    assert not socket_folder(server.data).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lay a folder for somebody else")
def test_a_socket_folder_that_somebody_else_laid_out_is_not_used(tmp_path: Path) -> None:
    """Under /tmp anybody can: who owns the folder could put a server of his own into it."""
    server = Server(tmp_path / ("x" * 100), is_durable=False)
    server.sockets.mkdir(mode=0o777)
    os.chown(server.sockets, 65534, 65534)

    with pytest.raises(CannotServe, match="belongs to somebody else"):
        server.start(purpose="a test")

    server.sockets.rmdir()


@pytest.mark.parametrize("lost", ["PG_VERSION", "global/pg_control", "pg_wal", "base", "global"])
def test_a_database_folder_that_is_not_whole_is_told_and_left_alone(
    server: Server, data: Path, lost: str
) -> None:
    place = folder_of(data) / lost
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    before = everything_in(folder_of(data))

    with pytest.raises(CannotServe, match="broken or only half made"):
        server.start(purpose="a test")

    assert everything_in(folder_of(data)) == before


def test_a_database_folder_with_nothing_in_it_is_told(server: Server, data: Path) -> None:
    shutil.rmtree(folder_of(data))
    folder_of(data).mkdir()

    with pytest.raises(CannotServe, match="broken or only half made"):
        server.start(purpose="a test")

    assert list(folder_of(data).iterdir()) == []


def test_files_that_postgresql_cannot_read_are_told_in_its_own_words(
    server: Server, data: Path
) -> None:
    control = folder_of(data) / "global" / "pg_control"
    control.write_bytes(b"\0" * control.stat().st_size)

    with pytest.raises(CannotServe, match="does not start on"):
        server.start(purpose="a test")

    assert set(control.read_bytes()) == {0}


def test_a_database_folder_that_vanished_is_missed_and_not_made_anew(
    server: Server, data: Path
) -> None:
    shutil.rmtree(folder_of(data))

    with pytest.raises(CannotServe, match="is gone"):
        server.start(purpose="a test")

    assert not folder_of(data).exists()


def test_the_folder_of_another_version_is_told(server: Server, data: Path) -> None:
    folder_of(data).rename(data / "postgres-14")

    with pytest.raises(CannotServe, match="postgres-14, made by another PostgreSQL version"):
        server.start(purpose="a test")


def test_a_folder_of_some_other_postgresql_is_not_touched(data: Path) -> None:
    server = Server(folder_of(data), is_durable=False)

    with pytest.raises(CannotServe, match="itself the folder of some PostgreSQL"):
        server.start(purpose="a test")


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")

    with pytest.raises(CannotServe, match="is a file"):
        Server(tmp_path / "data").start(purpose="a test")

    assert (tmp_path / "data").read_text() == "mine"


def test_what_an_interrupted_first_start_left_is_thrown_away(tmp_path: Path) -> None:
    making = tmp_path / f"postgres-{find_binaries().major}.making"
    making.mkdir()
    (making / "PG_VERSION").write_text("18\n")
    server = Server(tmp_path, is_durable=False)

    assert answers(server.start(purpose="a test"))

    assert not making.exists()
    server.stop()


def test_a_second_server_on_the_same_folder_is_refused(server: Server, data: Path) -> None:
    server.start(purpose="the first")

    with pytest.raises(Taken, match="in use by the first"):
        Server(data).start(purpose="the second")

    assert answers(server.database)


def test_commands_share_one_server_and_the_last_one_stops_it(data: Path) -> None:
    with serving(data, purpose="the first") as first, serving(data, purpose="the second") as second:
        assert first == second
        assert answers(second)

    assert server_processes(folder_of(data)) == []


def test_a_killed_server_serves_again_with_everything_committed(server: Server) -> None:
    """kill -9 of the postmaster, while a transaction is open."""
    server.is_durable = True
    database = server.start(purpose="a test")
    with contextlib.closing(psycopg.connect(database.dsn(), autocommit=True)) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        connection.execute("BEGIN")
        connection.execute("DELETE FROM kept")
        assert server.process is not None
        server.process.kill()
        server.process.wait()
    assert not server.is_running()

    server.start_again()

    with psycopg.connect(database.dsn()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


STARTER = """
import sys, time
from pathlib import Path
from unbroken.house.postgres import Server
Server(Path(sys.argv[1]), is_durable=False).start(purpose="a starter")
print("up", flush=True)
time.sleep(600)
"""


def test_killing_the_parent_ends_its_server_and_the_next_one_takes_over(
    server: Server, data: Path
) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(data)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        text=True,
    )
    with parent, parent.stdout or open(os.devnull) as said:
        assert said.readline() == "up\n"
        parent.kill()

    began = time.monotonic()
    assert answers(server.start(purpose="a test"))

    assert time.monotonic() - began < 120


def test_an_old_server_that_nobody_leads_any_more_is_stopped_first(
    server: Server, data: Path
) -> None:
    """Its leash was cut, as where the kernel has none: it runs on after its parent."""
    options = ["--listen_addresses=", f"--unix_socket_directories={socket_folder(data)}"]
    program = find_binaries().program("postgres")
    stray = subprocess.Popen(
        [*as_ordinary_user(), program, "-D", str(folder_of(data)), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (folder_of(data) / "postmaster.pid").exists():
        time.sleep(0.01)

    assert answers(server.start(purpose="a test"))

    assert stray.wait(120) is not None


def test_a_stale_pid_file_with_a_living_pid_in_it_is_no_hindrance(
    server: Server, data: Path
) -> None:
    """In a container the same small numbers come back: the pid may be anybody's by now."""
    stale = folder_of(data) / "postmaster.pid"
    stale.write_text(f"{os.getppid()}\n{folder_of(data)}\n0\n5432\n\n\n\nready\n")
    socket_folder(data).mkdir(exist_ok=True)
    (socket_folder(data) / ".s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")

    assert answers(server.start(purpose="a test"))


def test_stop_ends_a_server_with_open_transactions(server: Server) -> None:
    database = server.start(purpose="a test")
    with contextlib.closing(psycopg.connect(database.dsn())) as connection:
        connection.execute("SELECT 1")
        began = time.monotonic()

        server.stop()

        assert time.monotonic() - began < 60


def as_ordinary_user() -> list[str]:
    """How this test runs a program that refuses to be root."""
    return ["unshare", "--user", "--map-user=1000"] if os.geteuid() == 0 else []
