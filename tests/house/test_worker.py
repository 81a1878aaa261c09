"""Calls to the outside: done once, and begun again when their worker was killed."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.house.desk import free_ports
from unbroken.house.environment import CHECKOUT

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

TASKS = '''
"""Calls that a test can watch."""
import time
from pathlib import Path
from procrastinate.contrib.django import app


@app.task(name="test.call")
def call(place: str, seconds: float) -> None:
    with Path(place).open("a") as file:
        file.write("begun\\n")
    time.sleep(seconds)
    with Path(place).open("a") as file:
        file.write("done\\n")


@app.task(name="test.fail")
def fail() -> None:
    raise RuntimeError("the other side is gone")
'''

Work = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """Start worker processes on the test database, with the tasks above beside their own."""
    (tmp_path / "calls.py").write_text(TASKS)
    (tmp_path / "with_calls.py").write_text(
        "from unbroken.house.settings import *\nPROCRASTINATE_IMPORT_PATHS = ['calls']\n"
    )
    config = connection.settings_dict
    port = free_ports(1)[0]
    environment = os.environ | {
        "PYTHONPATH": f"{CHECKOUT}:{tmp_path}",
        "DJANGO_SETTINGS_MODULE": "with_calls",
        "UNBROKEN_DATA": str(tmp_path / "data"),
        "UNBROKEN_HTTP": f"127.0.0.1:{port}",
        "UNBROKEN_DATABASE_URL": f"postgresql:///{config['NAME']}?host={config['HOST']}"
        f"&port={config['PORT']}&user={config['USER']}&password={config['PASSWORD']}",
    }
    started: list[subprocess.Popen[bytes]] = []

    def work() -> subprocess.Popen[bytes]:
        command = [str(CHECKOUT / ".venv/bin/python"), "-m", "unbroken.house.cli", "worker"]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield work
    for process in started:
        process.kill()
        process.wait()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def defer(task: str, arguments: str = "{}") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', %s, %s)",
            [task, arguments],
        )


def jobs() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs")
        return list(cursor.fetchall())


def wait_until(is_so: Callable[[], bool], *, seconds: float = 180.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)


def test_a_call_is_made_once_and_its_job_is_gone(work: Work, tmp_path: Path) -> None:
    place = tmp_path / "place"
    work()

    defer("test.call", f'{{"place": "{place}", "seconds": 0}}')

    wait_until(lambda: place.exists() and jobs() == [])
    assert place.read_text() == "begun\ndone\n"


def test_a_call_that_failed_for_good_stays_to_be_seen(work: Work) -> None:
    work()

    defer("test.fail")

    wait_until(lambda: jobs() == [("failed", 1)])


def test_the_job_of_a_killed_worker_is_taken_by_another_within_seconds(
    work: Work, tmp_path: Path
) -> None:
    """kill -9 in the middle of a call: the database knows at once that the worker is dead."""
    place = tmp_path / "place"
    killed = work()
    defer("test.call", f'{{"place": "{place}", "seconds": 4}}')
    wait_until(lambda: place.exists())
    killed.send_signal(signal.SIGKILL)
    killed.wait()

    work()

    wait_until(lambda: jobs() == [])
    assert place.read_text() == "begun\nbegun\ndone\n"


def test_the_job_of_a_living_worker_is_left_alone(work: Work, tmp_path: Path) -> None:
    place = tmp_path / "place"
    work()
    defer("test.call", f'{{"place": "{place}", "seconds": 8}}')
    wait_until(lambda: place.exists())

    work()

    wait_until(lambda: jobs() == [])
    assert place.read_text() == "begun\ndone\n"


def test_asked_to_stop_a_worker_leaves_within_seconds(work: Work, tmp_path: Path) -> None:
    place = tmp_path / "place"
    asked = work()
    defer("test.call", f'{{"place": "{place}", "seconds": 0}}')
    wait_until(lambda: place.exists() and jobs() == [])

    asked.send_signal(signal.SIGTERM)

    assert asked.wait(120) == 0
