"""The one box in a real browser: the slash, words marked in their sentence, a phone in Russian."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage, findings
from town import cast
from unbroken.ground.clock import now
from unbroken.search.projections import index_stale

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def told() -> dict[str, int]:
    """What was told once, for every test of this page."""
    return {}


@pytest.fixture
def dslam(town: "Town", backstage: Backstage, told: dict[str, int]) -> int:
    """A request with rare words in it, and its index."""
    if not told:
        told["dslam"] = town.irina.reports(
            "Не работает интернет второй день. Сосед говорит, что в подвале искрит мультиплексор.",
            at=now() - timedelta(minutes=70), topic="internet/down",
        )  # fmt: skip
        town.sofie.notes(
            told["dslam"],
            "Multiplexer CIR-7781 in the basement, call +49 30 901820",
            at=now() - timedelta(minutes=60),
        )
        backstage.do(index_stale)
    return told["dslam"]


def test_the_slash_the_words_the_request(sign_in: SignIn, dslam: int) -> None:
    page = sign_in(cast.SOFIE)

    page.keyboard.press("/")
    expect(page.locator("[data-search-box] input")).to_be_focused()
    page.keyboard.type("мультиплексоры искрят")
    page.keyboard.press("Enter")

    hit = page.locator(f"#hit-{dslam}")
    expect(hit.locator("mark").first).to_have_text("искрит")
    assert findings(page) == []
    hit.get_by_role("link").click()
    expect(page).to_have_url(f"{page.url.partition('/console')[0]}/console/tickets/{dslam}")


def test_in_the_light_in_the_dark_and_on_a_phone(sign_in: SignIn, dslam: int) -> None:
    for language, look in (("ru", "dark"), ("it", "light")):
        page = sign_in(cast.SOFIE, width=320, language=language, color_scheme=look)
        for words in ("030 901820", "cir-7781", "colour:red", ""):
            page.goto(f"/console/search?q={words}")
            _picture(page, f"{language}-{words or 'help'}")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 320, f"{words} is {width} px wide"
        assert findings(page) == []
    page = sign_in(cast.SOFIE)
    page.goto("/console/search?q=basement OR интернет")
    expect(page.locator(f"#hit-{dslam}")).to_be_visible()
    _picture(page, "wide")


def _picture(page: Page, name: str) -> None:
    """For whoever wants to look: UNBROKEN_LOOK names a folder."""
    if folder := os.environ.get("UNBROKEN_LOOK"):
        page.screenshot(path=f"{folder}/search-{name.replace(' ', '-')}.png", full_page=True)
