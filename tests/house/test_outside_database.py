"""The same desk on somebody else's PostgreSQL, by one address and nothing else changed."""

import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.house.desk import Desk, a_desk
from unbroken.house.addresses import database_from_url

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(
        not settings.UNBROKEN.has_outside_database, reason="UNBROKEN_DATABASE_URL names none"
    ),
]


@pytest.fixture
def url() -> Iterator[str]:
    """The address of an empty database on the outside server, this test's own."""
    name = f"desk_{secrets.token_hex(4)}"
    given = settings.UNBROKEN.database_url
    with psycopg.connect(database_from_url(given).dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield given.rpartition("/")[0] + "/" + name
        connection.execute(f"DROP DATABASE {name} (FORCE)")


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk on it."""
    with a_desk(tmp_path / "data", UNBROKEN_DATABASE_URL=url) as desk:
        yield desk


def test_it_starts_answers_dies_and_starts_again(desk: Desk) -> None:
    desk.start()
    assert desk.answers()
    assert not list(desk.data.glob("postgres*"))

    desk.kill()
    desk.start()

    assert desk.answers()
    found = json.loads(desk.unbroken("doctor", "--json").stdout)
    assert [problem for problem in found["problems"] if "fsync" not in problem] == []
    assert found["database"]["embedded"] is False


def test_its_backup_comes_back_on_the_embedded_one(desk: Desk, tmp_path: Path) -> None:
    """And the other way round is the same: nothing in the data knows where it lies."""
    desk.start()
    desk.stop()
    file = tmp_path / "desk.backup"
    made = desk.unbroken("backup", str(file))
    assert made.returncode == 0, made.stderr

    with a_desk(tmp_path / "embedded") as other:
        restored = other.unbroken("restore", str(file))
        assert restored.returncode == 0, restored.stderr
        other.start()
        assert other.answers()


def test_a_backup_comes_back_on_the_outside_one(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    with a_desk(tmp_path / "embedded") as embedded:
        assert embedded.unbroken("migrate").returncode == 0
        made = embedded.unbroken("backup", str(file))
        assert made.returncode == 0, made.stderr

    restored = desk.unbroken("restore", str(file))

    assert restored.returncode == 0, restored.stderr
    desk.start()
    assert desk.answers()
