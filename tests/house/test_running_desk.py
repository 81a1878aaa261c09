"""The whole desk on one machine: started, killed, started again, stopped."""

import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.house.desk import Desk, a_desk, copy_checkout
from unbroken.house.postgres import Server, answers
from unbroken.house.postgres_binaries import find_binaries
from unbroken.house.postgres_folder import database_folder, socket_folder

pytestmark = pytest.mark.crash

NOBODY = 65534


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a desk that was started and stopped once."""
    data = tmp_path_factory.mktemp("made") / "data"
    with a_desk(data, is_made=True) as desk:
        desk.start()
        desk.stop()
    return data


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk that was started before; its folder has a blank and Cyrillic letters in its name."""
    data = tmp_path / "Мои данные" / "desk 1"
    shutil.copytree(made, data)
    with a_desk(data) as desk:
        yield desk


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is up, and must be again after each test."""
    with a_desk(tmp_path_factory.mktemp("running") / "data", is_made=True) as desk:
        desk.start()
        yield desk


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that was never started."""
    with a_desk(tmp_path / "Новая папка") as desk:
        yield desk


def test_it_starts_from_nothing_answers_and_stops_soon(new_desk: Desk) -> None:
    """And everything it writes lies under its data folder and is private."""
    new_desk.start()
    assert new_desk.answers()
    assert stat.S_IMODE(new_desk.data.stat().st_mode) & 0o066 == 0
    assert stat.S_IMODE((new_desk.data / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(socket_folder(new_desk.data).stat().st_mode) == 0o700

    began = time.monotonic()
    status = new_desk.stop()

    assert status == 0
    assert time.monotonic() - began < 60  # two at most where the machine is ours alone
    assert new_desk.processes() == {}


def test_ctrl_c_stops_it_too(desk: Desk) -> None:
    desk.start()
    assert desk.process is not None

    os.killpg(desk.process.pid, signal.SIGINT)

    assert desk.process.wait(60) == 0
    assert "died" not in desk.said()
    desk.process = None


def test_a_second_desk_on_the_same_folder_is_refused_plainly(running: Desk) -> None:
    second = running.unbroken("up", "--empty")

    assert second.returncode == 3
    assert "is in use by a desk" in second.stderr
    assert "Traceback" not in second.stderr
    assert running.answers()


def test_a_port_that_is_taken_is_named(running: Desk, tmp_path: Path) -> None:
    with a_desk(tmp_path / "other", is_made=True) as other:
        other.environment["UNBROKEN_HTTP"] = running.environment["UNBROKEN_HTTP"]

        refused = other.unbroken("up", "--empty")

        assert refused.returncode == 3
        assert "UNBROKEN_HTTP" in refused.stderr


@pytest.mark.parametrize(
    "name", ["web", "worker", "watch urgent", "watch rest", "doors mail", "postgres"]
)
def test_a_killed_process_is_started_again(running: Desk, name: str) -> None:
    before = new_processes(running, name, ())

    running.kill(name)

    assert new_processes(running, name, before)
    running.wait_until_it_answers()


def new_processes(desk: Desk, name: str, before: Iterable[int]) -> set[int]:
    """The processes of this name as soon as there are others than before."""
    until = time.monotonic() + 180
    while not (found := set(desk.processes().get(name, ())) - set(before)):
        assert time.monotonic() < until, desk.said()
        time.sleep(0.1)
    return found


def test_after_a_kill_it_starts_again_soon(desk: Desk) -> None:
    """Killed: the parent alone (the rest ends by itself), everything, the parent and some."""
    desk.start()
    for names in (("up",), (), ("up", "postgres"), ("up", "web", "watch rest")):
        desk.kill(*names)

        began = time.monotonic()
        desk.start()

        assert time.monotonic() - began < 120, names
        assert desk.answers(), names


def test_killed_during_its_first_start_it_starts_again(new_desk: Desk) -> None:
    for seconds in (0.3, 0.8, 1.5, 3.0):
        new_desk.start_and_kill_after(seconds)

    new_desk.start()

    assert new_desk.answers()


def test_a_command_starts_the_database_for_itself_and_shares_it_with_a_running_desk(
    desk: Desk, running: Desk
) -> None:
    alone = desk.unbroken("migrate")
    assert alone.returncode == 0, alone.stderr
    assert desk.processes() == {}

    beside = running.unbroken("migrate", "--check")
    assert beside.returncode == 0, beside.stderr
    assert running.answers()


def test_detached_it_runs_on_and_down_stops_it(desk: Desk) -> None:
    up = desk.unbroken("up", "--empty", "--detach")
    assert up.returncode == 0, up.stderr
    assert "down stops it" in up.stdout
    assert desk.answers()

    down = desk.unbroken("down")

    assert down.returncode == 0, down.stderr
    assert desk.processes() == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_runs_it_from_a_checkout_of_his_own(
    made: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With his own environment; the data was made by root before, and given to him."""
    home = Path(tempfile.mkdtemp(prefix="unbroken-user-"))
    checkout = copy_checkout(home / "checkout")
    shutil.copytree(made, home / "data")
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    with a_desk(home / "data", user=NOBODY, checkout=checkout, HOME=str(home)) as desk:
        desk.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
        if not desk.has_python():
            pytest.skip("there is no Python 3.11 here that an ordinary user may run")
        desk.start()

        assert desk.answers()
        assert desk.stop() == 0
    shutil.rmtree(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_where_root_may_make_no_user_namespace_the_server_runs_as_nobody() -> None:
    """Containers often forbid user namespaces; the binaries lie where nobody may not read."""
    data = Path(tempfile.mkdtemp(prefix="unbroken-nobody-")) / "data"
    data.parent.chmod(0o711)
    server = Server(data, is_durable=False, may_map=False)

    database = server.start(purpose="a test")

    assert answers(database)
    assert database_folder(data, find_binaries().major).stat().st_uid == NOBODY
    server.stop()
    shutil.rmtree(data.parent)
