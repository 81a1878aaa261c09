"""The database for the tests: a throw-away embedded PostgreSQL, unless an outside one is named.

The server lives as long as the test run and forgets everything. With several test processes
the first one starts it and the others are told where; each has a database of its own, a copy
of one that is migrated already (see `database`).
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection, connections
from django.test import TransactionTestCase
from django.test.client import ClientHandler
from psycopg._preparing import PrepareManager
from pytest_django import DjangoDbBlocker

from tests import database, scenery
from unbroken.console.tickets import choices
from unbroken.ground import kept
from unbroken.ground.kept import forget_everything
from unbroken.house.addresses import Database, database_from_url
from unbroken.house.postgres import NAME, Server

pytest_plugins = ["tests.town_fixture"]

PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
SERVER_DATA = "UNBROKEN_TEST_SERVER"  # where the first process keeps it, told to the others
_running: list[Server] = []
_outside: list[Database] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before the other test processes begin."""
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    # Tests ask many different things of few rows: planning took longer than answering.
    given = settings.DATABASES["default"]["OPTIONS"].get("options", "")
    settings.DATABASES["default"]["OPTIONS"]["options"] = f"{given} {PLANNED_ONCE}".strip()
    settings.STATIC_ROOT = Path(tempfile.mkdtemp(prefix="unbroken-static-"))
    settings.TEMPLATES[0]["OPTIONS"]["compiled_in"] = compiled_templates()
    # What pytest has collected stays until the end: looking through it again and again for
    # what can be thrown away took a tenth of the run.
    gc.set_threshold(100_000, 50, 100)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # 50 times faster
    if getattr(config.option, "numprocesses", None) and not is_helper(config):
        use_server(is_first=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and forget it; an outside one is left as it was."""
    for server in _running:
        server.stop()
        # Tens of thousands of files: nobody has to wait until the last is gone.
        os.spawnlp(os.P_NOWAIT, "rm", "rm", "-rf", str(server.data))
    for outside in _outside:
        database.drop(outside, database.MADE)
    _running.clear()
    _outside.clear()
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)


def compiled_templates() -> str:
    """Templates compiled by an earlier run, beside its databases; each is checked by its sum."""
    folder = database.corner() / "test-templates"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On an outside database only what asks it anything runs once more."""
    if not settings.UNBROKEN.has_outside_database:
        return
    asking = {"db", "transactional_db", "django_db_setup"}
    pure = [
        item
        for item in items
        if not (item.get_closest_marker("django_db") or item.get_closest_marker("outside"))
        and asking.isdisjoint(getattr(item, "fixturenames", ()))
    ]
    config.hook.pytest_deselected(items=pure)
    items[:] = [item for item in items if item not in set(pure)]


def is_helper(config: pytest.Config) -> bool:
    """Whether this is one of several test processes and not the one that leads them."""
    return hasattr(config, "workerinput")


def use_server(*, is_first: bool) -> Database:
    """Point Django at the test server; the first who asks starts it, with a migrated database."""
    if settings.UNBROKEN.has_outside_database:
        server = database_from_url(settings.UNBROKEN.database_url)
        if is_first and not _outside:
            database.make(server)
            _outside.append(server)
    elif told := os.environ.get(SERVER_DATA):
        server = database.door_of(Server(Path(told)))
    else:
        _running.append(database.start_server())
        server = database.door_of(_running[0])
        os.environ[SERVER_DATA] = str(_running[0].data)
    connections.settings["default"].update(
        HOST=server.host, PORT=server.port, USER=server.user, PASSWORD=server.password
    )
    return server


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A database of this process's own, gone with its last test or with the server."""
    server = use_server(is_first=not is_helper(request.config))
    with django_db_blocker.unblock():
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
        made = database.MADE if settings.UNBROKEN.has_outside_database else NAME
        scenery.stage.open(server, made, name)
    yield
    with django_db_blocker.unblock():
        left = scenery.stage.close()
    if settings.UNBROKEN.has_outside_database:
        for name in left:
            database.drop(server, name)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> None:
    """Before a test's transaction begins: the database in which its scene stands."""
    if fixturedef.argname == "_django_db_helper":
        scenery.enter(request.node, request.getfixturevalue("django_db_blocker"))


def empty_what_was_written(_test: TransactionTestCase) -> None:
    """After a test that commits."""
    with connection.cursor() as cursor:
        cursor.execute(database.EMPTIED)


TransactionTestCase._fixture_teardown = empty_what_was_written  # type: ignore[attr-defined]


_chains: dict[tuple[object, ...], Any] = {}


def one_chain_for_all(handler: ClientHandler, is_async: bool = False) -> None:
    """Clients share their middleware: to build it is to read every static file there is.

    Nothing in it looks at a setting that tests change but which middleware there is.
    """
    made_of = (*settings.MIDDLEWARE, settings.DEBUG, is_async)
    if made_of not in _chains:
        BaseHandler.load_middleware(handler, is_async)
        _chains[made_of] = handler._middleware_chain
    handler._middleware_chain = _chains[made_of]


ClientHandler.load_middleware = one_chain_for_all


def keep_plans(_plans: PrepareManager) -> bool:
    """What was planned once stays planned when a test is undone: psycopg forgets it with each
    ROLLBACK, since tables might have been made before it. Tests make none."""
    return False


PrepareManager.clear = keep_plans  # type: ignore[method-assign]


@pytest.fixture
def house_settings(settings: Any) -> Any:
    """Django's settings, put back after the test."""
    return settings


@pytest.fixture
def nothing_kept_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """For who counts questions: a slow machine takes longer for them than answers are kept."""
    monkeypatch.setattr(kept, "SECONDS", 3600.0)
    monkeypatch.setattr(choices, "KEPT_SECONDS", 3600.0)
    for one in kept.everything:
        if isinstance(one, kept.KeptMany):
            monkeypatch.setattr(one, "_seconds", 3600.0)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What a process keeps for some seconds belongs to the database of the test before."""
    forget_everything()
