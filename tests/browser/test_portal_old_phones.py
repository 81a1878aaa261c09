"""An old phone: 320 pixels, no JavaScript, letters twice as large: everything can be done."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage
from unbroken.directory import actions as directory
from unbroken.directory.cards import Rights
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.portal.state import make_link_key

SignIn = Callable[..., Page]
GRETA = "greta@bakery.example"
TOO_WIDE = """() => [...document.querySelectorAll("main *, header *")]
    .filter(one => one.getClientRects().length && !one.closest(".only-heard, .trap, .menu__sheet"))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def key(backstage: Backstage) -> str:
    """Greta manages a bakery with two sites; the key of her mailed link."""
    return backstage.do(_bakery)


def _bakery() -> str:
    at = now()
    shop = directory.register_customer(
        name="Lindenhof Bakeries", kind="company", timezone="Europe/Berlin", by=HOUSE, at=at
    )
    for name in ("Headquarters", "Shop at the station"):
        site = directory.register_place(name=name, kind="site", customer_id=shop, by=HOUSE, at=at)
        directory.register_service(
            customer_id=shop, technology="Fibre 500", place_id=site, by=HOUSE, at=at
        )
    greta = directory.register_contact(
        name="Greta Baumann", email=GRETA, customer_id=shop, by=HOUSE, at=at
    )
    rights = Rights(manages=True, approves=True, order_limit=Decimal(50))
    directory.set_rights(contact_id=ContactId(greta), rights=rights, by=HOUSE, at=at)
    return make_link_key(address=GRETA, at=at)


def fits(page: Page, path: str) -> None:
    """Nothing is cut off at 320 pixels, nor with letters twice as large."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    assert page.evaluate(TOO_WIDE) == [], path
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"), path


def test_an_old_phone_without_scripts_reaches_and_does_everything(
    sign_in: SignIn, key: str
) -> None:
    page = sign_in(None, width=320, language="ru", java_script_enabled=False)
    page.goto(f"/sign-in-link/{key}")
    page.click("main button[type=submit]")

    page.goto("/ask?topic=other")
    page.fill("[name=words]", "Касса не работает с утра.")
    page.click("main button[type=submit]")
    number = page.url.rpartition("/")[2]
    expect(page.locator("h1")).to_have_text(number)
    page.goto("/company/people")
    page.click(".request-row__name")
    page.check("[name=sees][value=all]")
    page.click("main form button[type=submit] >> nth=0")
    page.goto(f"/requests/{number}")
    page.fill("[name=words]", "И принтер тоже.")
    page.click("#add button[type=submit]")
    expect(page.locator("#said")).to_contain_text("И принтер тоже.")

    for path in (
        "/", "/ask", "/ask?topic=other", f"/requests/{number}", "/requests", "/company",
        "/company/people", page.locator("nav a").first.get_attribute("href") or "/help",
        "/settings", "/approvals", "/help", "/embed/ask", "/sign-in-link", "/sign-in-code",
    ):  # fmt: skip
        fits(page, path)
