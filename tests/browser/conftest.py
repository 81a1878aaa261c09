"""A real browser before the real web process, on a database of its own in which the town lives.

The web process runs beside the tests; a test lets things happen through the rooms' own verbs in
the same database, committed, and looks at the page. Those verbs run in a thread of their own,
since the browser's driver keeps a loop running in the main one, where Django must not work.

Where no browser is found these tests are skipped, loudly; with UNBROKEN_NEEDS_BROWSER=1 (as in
CI) they fail instead.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from typing import cast as cast_to
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.database import copy
from tests.scenery import stage
from town import cast
from unbroken.console.tickets.choices import forget_choices
from unbroken.ground.clock import now
from unbroken.ground.kept import forget_everything
from unbroken.ground.sequence import forget_drawn
from unbroken.staffing import queries as staff
from unbroken.staffing import state as staff_state

if TYPE_CHECKING:
    from town.town import Town

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS_MAX = 180.0
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HASHER = "django.contrib.auth.hashers.Argon2PasswordHasher"
PICTURES = ROOT / "docs" / "images"
Look = Literal["light", "dark", "phone"]

expect.set_options(timeout=30_000)  # what is awaited comes at once, where the machine is ours alone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class House:
    """The running web process: where it answers, who lives there, where its mail goes."""

    address: str
    town: Any
    sent: Path


class Backstage:
    """The thread in which the town's people act; what they do is committed."""

    def __init__(self, database: str, blocker: DjangoDbBlocker) -> None:
        self.database, self.blocker = database, blocker
        self.thread = ThreadPoolExecutor(max_workers=1)

    def do(self, deed: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Have it done there, and wait for it."""
        return self.thread.submit(self._do, deed, args, values).result()

    def close(self) -> None:
        """Nobody acts any more."""
        self.do(lambda: connection.close())  # that thread's own connection
        self.thread.shutdown()

    def _do(self, deed: Callable[..., Any], args: Any, values: Any) -> Any:
        if connection.settings_dict["NAME"] != self.database:  # another's stage was in use
            connection.close()
            connection.settings_dict["NAME"] = self.database
            forget_everything()
            forget_drawn()
            forget_choices()
        with self.blocker.unblock():
            return deed(*args, **values)


class Staged:
    """Somebody or something whose verbs run backstage: `town.anneke.answers(…)`."""

    def __init__(self, backstage: Backstage, it: Any) -> None:
        self._backstage, self._it = backstage, it

    def __getattr__(self, name: str) -> Any:
        return Staged(self._backstage, getattr(self._it, name))

    def __call__(self, *args: Any, **values: Any) -> Any:
        return self._backstage.do(self._it, *args, **values)


@pytest.fixture(scope="package")
def backstage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Backstage]:
    """A database of its own, and the thread that works in it."""
    stage = Backstage(new_database("browser", django_db_blocker), django_db_blocker)
    yield stage
    stage.close()


@pytest.fixture(scope="package")
def house(backstage: Backstage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The town moves in, and the web process opens."""
    people = backstage.do(_move_in)
    folder = tmp_path_factory.mktemp("house")
    with opened(backstage.database, folder) as address:
        yield House(address, Staged(backstage, people), folder / "sent")


@contextmanager
def opened(database: str, folder: Path, **settings: str) -> Iterator[str]:
    """A web process before this database; yields where it answers."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environ = _environ(database, folder, port) | settings
    with (folder / "web.log").open("wb") as log:
        web = subprocess.Popen(
            [sys.executable, "-P", "-m", "unbroken.house.cli", "web"],
            env=environ, cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait_until_it_answers(f"{address}/alive", web, folder / "web.log")
        yield address
    finally:
        web.terminate()
        web.wait(60)


@pytest.fixture
def town(house: House) -> "Town":
    """The people of the town; what they do is seen by the web process."""
    return cast_to("Town", house.town)


@pytest.fixture(scope="package")
def chromium(house: House) -> Iterator[Browser]:
    """One browser for all tests; each test has a profile of its own.

    Its driver ends with this folder: other tests must not run beside its loop.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Exception as trouble:
            if os.environ.get("UNBROKEN_NEEDS_BROWSER"):
                raise
            pytest.skip(f"NO BROWSER, nothing is looked at: {str(trouble).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def sign_in(chromium: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Opens a page in which somebody is signed in: `sign_in(cast.SOFIE, width=390, …)`."""
    contexts = []

    def opened(
        who: cast.Colleague | None, *, width: int = 1440, language: str = "", **options: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=house.address,
            viewport={"width": width, "height": 900 if width > 600 else 844},
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",  # a colour on its way to another is no colour to judge
            **{"locale": "en-GB", **options},
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        if language:
            cookie = {"name": "unbroken_language", "value": language, "url": house.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.trouble = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.trouble.append(str(error)))  # type: ignore[attr-defined]
        if who is not None:
            page.goto("/sign-in")
            page.fill("[name=email]", who.email)
            page.fill("[name=password]", cast.PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/console/**")
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.trouble == [], page.trouble  # type: ignore[attr-defined]
            # A page that is just on its way elsewhere may keep `close` waiting for ever.
            page.wait_for_load_state()
        context.close()


COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
"""What may differ between the themes of a page that was looked at as a whole."""


def findings(page: Page, options: Any = DEFAULT_OPTIONS) -> list[str]:
    """What axe holds against a page, serious and critical."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']} ({node['html'][:120]})"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def pictures(page: Page, name: str, *looks: Look) -> None:
    """Pictures for the README: made when one is missing, or with UNBROKEN_PICTURES=1."""
    paths = {look: PICTURES / f"{name}-{look}.png" for look in looks}
    if all(path.exists() for path in paths.values()) and not os.environ.get("UNBROKEN_PICTURES"):
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    for look, path in paths.items():
        page.emulate_media(
            color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce"
        )
        page.set_viewport_size(
            {"width": 390, "height": 844} if look == "phone" else {"width": 1440, "height": 900}
        )
        page.reload()
        page.wait_for_timeout(300)
        page.screenshot(path=path)


# ── how the house is put up ───────────────────────────────────────────────────


def new_database(purpose: str, blocker: DjangoDbBlocker) -> str:
    """An empty database beside those of the other tests."""
    name = f"{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with blocker.unblock():
        connection.close()
        assert stage.server is not None
        copy(stage.server, name, of=stage.made)
    return name


def _move_in() -> "Town":
    from town.town import Town

    town = Town(settled_at=now())
    for one in (cast.SOFIE, cast.TIMO, cast.OLEG):
        card = staff.agent_by_email(one.email)
        assert card is not None
        with override_settings(PASSWORD_HASHERS=[HASHER]):  # as the web process has it
            staff_state.set_password(card.id, cast.PASSWORD)
    return town


def _environ(database: str, folder: Path, port: int) -> dict[str, str]:
    server = connection.settings_dict
    query = f"host={quote(str(server['HOST']), safe='')}&port={server['PORT']}"
    secret = f"&password={quote(server['PASSWORD'], safe='')}" if server["PASSWORD"] else ""
    url = f"postgresql:///{database}?{query}&user={quote(str(server['USER']))}{secret}"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("UNBROKEN_")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "UNBROKEN_DATABASE_URL": url,
        "UNBROKEN_DATA": str(folder),
        "UNBROKEN_HTTP": f"127.0.0.1:{port}",
        "UNBROKEN_SMTP_URL": (folder / "sent").as_uri(),
        "UNBROKEN_SECRET_KEY": "browser" * 8,
    }


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_until_it_answers(address: str, web: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until:
        assert web.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the web process does not answer:\n{log.read_text()}")
