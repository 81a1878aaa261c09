"""Every page of the house is looked at: light, dark, on a phone, in three languages.

The addresses are those that the security tests walk, so no page is left out. Each is shown to
somebody who may see it; axe must find nothing serious in either theme, and nothing may have to be
scrolled sideways, down to 320 pixels and with Russian and Italian words. Pictures are taken where
`UNBROKEN_SCREENS` names a folder for them: to take them is a third of the work.
"""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import COLOURS, Backstage, findings, new_database, opened
from tests.browser.customers_house import lived_in, long_ago
from tests.security.addresses import ADDRESSES, OF_ALL, OF_PORTAL, Address
from tests.security.crowd import ANNEKE, VERA, Crowd, gather
from tests.security.lines import line_of
from town.canned import keep_at_hand
from unbroken.console.many.deeds import Deed
from unbroken.console.many.doing import Result
from unbroken.console.many.state import keep
from unbroken.directory import actions as directory
from unbroken.directory.cards import Rights
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

WIDE, PHONE, NARROW, HUGE = 1440, 390, 320, 3840
HEIGHT = 900
PARTS = 4  # the pages of the desk are most of all: several test processes share them
NO_PAGE = re.compile(
    r"saml/metadata|saml/<|csv|download|export|/source$|/html$|/raw$|^live|^alive|\.xml$|\.txt$|files/|ask/details"
)
"""What is handed out at these addresses is no page, or a part of one."""

LANGUAGES = {PHONE: "ru", NARROW: "it"}
ELSEWHERE = {
    "UNBROKEN_OPENID": "https://id.isp.example", "UNBROKEN_OPENID_CLIENT": "desk",
    "UNBROKEN_LDAP_URL": "ldaps://directory.isp.example", "UNBROKEN_LDAP_BASE": "dc=isp,dc=example",
    "UNBROKEN_EMBED_ORIGINS": "https://www.isp.example",
}  # fmt: skip
"""With every door that can be set, so that its button is seen; nothing answers there."""

OUT_OF_ORDER = """() => {
  const seen = (one) => one.checkVisibility()
  const all = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen)
  const levels = all.map((one) => Number(one.tagName[1]))
  const top = levels.indexOf(1)
  if (levels.filter((one) => one === 1).length !== 1) return `headings: ${levels}`
  const leaps = levels.slice(top).filter((one, at, rest) => at && one > rest[at - 1] + 1)
  return leaps.length ? `headings: ${levels}` : ""
}"""


@dataclass(frozen=True)
class Screens:
    """Where the pages are, and who may see them."""

    address: str
    paths: dict[str, list[str]]
    cookies: dict[str, dict[str, str]]
    pictures: Path | None


@pytest.fixture(scope="module")
def screens(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Screens]:
    """A house in which everything has happened once, and the browsers of three people."""
    with ThreadPoolExecutor(1) as thread:  # the browser's driver keeps a loop in this one
        database = thread.submit(new_database, "screens", django_db_blocker).result()
    stage = Backstage(database, django_db_blocker)
    folder = tmp_path_factory.mktemp("screens")
    wanted = os.environ.get("UNBROKEN_SCREENS")
    pictures = Path(wanted) if wanted else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    try:
        paths, cookies = stage.do(_filled, folder)
        secret = {"UNBROKEN_SECRET_KEY": settings.SECRET_KEY}
        with opened(stage.database, folder, **secret, **ELSEWHERE) as address:
            yield Screens(address, paths, cookies, pictures)
    finally:
        stage.close()


def _filled(folder: Path) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    long_ago(at=now())
    crowd = _more(gather())
    lived_in(crowd, folder, at=now())
    people = {
        "somebody": crowd.stranger(),
        "a customer": crowd.reader(ANNEKE),
        "an administrator": crowd.agent(VERA),
    }
    paths: dict[str, list[str]] = {who: [] for who in people}
    for route, address in ADDRESSES.items():
        if not address.is_deed and not NO_PAGE.search(route):
            paths[_reader(address)].append(address.path(route, crowd))
    paths["a customer"] += ["/?mine", f"/ask?service={line_of(crowd)['service_id']}"]
    cookies = {
        who: {name: morsel.value for name, morsel in client.cookies.items()}
        for who, client in people.items()
    }
    return paths, cookies


def _more(crowd: Crowd) -> Crowd:
    """Anneke manages her company, canned answers are at hand, Vera did something to many."""
    at, anneke = now(), ContactId(crowd.contacts[ANNEKE])
    rights = Rights(manages=True, approves=True, sees="all")
    directory.set_rights(contact_id=anneke, rights=rights, by=HOUSE, at=at)
    keep_at_hand(at=at)
    deed = Deed("tag", "add", "seen")
    crowd.done = keep(crowd.agents[VERA], deed, [Result(crowd.ticket)], at=at).id
    return crowd


def _reader(address: Address) -> str:
    if address.whose == OF_ALL:
        return "somebody"
    return "a customer" if address.whose == OF_PORTAL else "an administrator"


@pytest.mark.parametrize(
    ("who", "share"),
    [("somebody", 0), ("a customer", 0), *(("an administrator", share) for share in range(PARTS))],
)
def test_every_page_looks_well(screens: Screens, chromium: Browser, who: str, share: int) -> None:
    parts = PARTS if who == "an administrator" else 1
    paths = screens.paths[who][share::parts]
    context = chromium.new_context(
        base_url=screens.address, locale="en-GB", timezone_id="Europe/Berlin",
        viewport={"width": WIDE, "height": HEIGHT}, reduced_motion="reduce",
    )  # fmt: skip
    for name, value in screens.cookies[who].items():
        context.add_cookies([{"name": name, "value": value, "url": screens.address}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    wrong = [said for path in paths for said in _looked_at(page, path, screens)]
    context.close()

    assert len(paths) > 5
    assert wrong == [], "; ".join(wrong)


def _looked_at(page: Page, path: str, screens: Screens) -> list[str]:
    """What is wrong with one page, by theme and width."""
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    answer = page.goto(path)
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return []
    wrong = [f"{path} {answer.status}"] if answer.status >= 500 else []
    wrong += [f"{path} {said}" for said in [page.evaluate(OUT_OF_ORDER)] if said]
    for theme, options in (("light", DEFAULT_OPTIONS), ("dark", COLOURS)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        _picture(page, screens, f"{path}-{theme}")
        wrong += [f"{path} {theme}: {one}" for one in findings(page, options)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": HUGE, "height": HEIGHT})
    wrong += _sideways(page, path, HUGE)
    for width, language in LANGUAGES.items():
        page.set_viewport_size({"width": width, "height": HEIGHT})
        cookie = {"name": "unbroken_language", "value": language, "url": screens.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(path)
        _picture(page, screens, f"{path}-{language}-{width}")
        wrong += _sideways(page, path, width)
    page.context.clear_cookies(name="unbroken_language")
    return wrong


def _picture(page: Page, screens: Screens, of: str) -> None:
    if screens.pictures:
        name = re.sub(r"\W+", "-", of).strip("-")
        page.screenshot(path=screens.pictures / f"{name}.png", full_page=True)


def _sideways(page: Page, path: str, width: int) -> list[str]:
    found = page.evaluate("document.documentElement.scrollWidth")
    return [f"{path} at {width}: {found} pixels wide"] if found > width else []
