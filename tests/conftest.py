"""The database for the tests: a throw-away embedded PostgreSQL, unless an outside one is named.

The server lives as long as the test run and forgets everything. With several test processes
the first one starts it and the others are told where; each has a database of its own, and
each database carries the mark `unbroken.test`, which allows it to be emptied.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from unbroken.ground.kept import forget_everything
from unbroken.house.environment import database_from_url
from unbroken.house.postgres import Server

pytest_plugins = ["tests.town_fixture"]

SERVER_DATA = "UNBROKEN_TEST_SERVER"  # where the first process keeps it, told to the others
_running: list[Server] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before the other test processes begin."""
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    settings.STATIC_ROOT = Path(tempfile.mkdtemp(prefix="unbroken-static-"))
    if getattr(config.option, "numprocesses", None) and not is_helper(config):
        use_throw_away_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and forget it."""
    for server in _running:
        server.stop()
        shutil.rmtree(server.data, ignore_errors=True)
    _running.clear()
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)


def is_helper(config: pytest.Config) -> bool:
    """Whether this is one of several test processes and not the one that leads them."""
    return hasattr(config, "workerinput")


def use_throw_away_server() -> None:
    """Point Django at the test server; the first who asks starts it."""
    if settings.UNBROKEN.has_outside_database:
        database = database_from_url(settings.UNBROKEN.database_url)
    elif told := os.environ.get(SERVER_DATA):
        database = Server(Path(told)).database
    else:
        server = Server(Path(tempfile.mkdtemp(prefix="unbroken-tests-")), is_durable=False)
        database = server.start(purpose="tests")
        _running.append(server)
        os.environ[SERVER_DATA] = str(server.data)
    connections.settings["default"].update(
        HOST=database.host, PORT=database.port, USER=database.user, PASSWORD=database.password
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Before the test database is made: see that a server is there."""
    use_throw_away_server()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Mark the test database as one, so that its guards let a test empty it."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET unbroken.test = 'on'")
        connection.close()


@pytest.fixture
def house_settings(settings: Any) -> Any:
    """Django's settings, put back after the test."""
    return settings


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What a process keeps for some seconds belongs to the database of the test before."""
    forget_everything()
