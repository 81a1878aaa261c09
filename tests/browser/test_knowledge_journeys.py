"""What is known, in a real browser: taken into an answer with one key, found while writing."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage, House, findings
from town import cast
from town.articles import publish
from town.canned import keep_at_hand
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]


@pytest.fixture(autouse=True)
def _written_down(backstage: Backstage, house: House) -> None:
    """The town's articles and canned answers; a second time changes nothing."""
    backstage.do(publish, at=now())
    backstage.do(keep_at_hand, at=now())


def test_an_article_goes_into_the_answer_with_one_key(sign_in: SignIn, town: "Town") -> None:
    lamp = town.anneke.reports(
        "The DSL lamp goes out.", at=now() - timedelta(hours=1), topic="internet/drops"
    )
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{lamp}")
    expect(page.locator("#beside")).to_contain_text("The DSL lamp goes out: what it means")
    words = page.locator("#composer-words")

    words.fill("Dear Anneke,")
    words.press("Alt+1")

    inserted = page.locator("#beside [data-insert]").first.get_attribute("data-insert") or ""
    assert "The lamp shows whether your box hears our cabinet." in inserted
    expect(words).to_have_value(f"Dear Anneke,\n\n{inserted}")


def test_while_one_writes_an_answer_comes_beside_the_form_and_holds_up_nothing(
    sign_in: SignIn,
) -> None:
    page = sign_in(None, width=390, language="ru", locale="ru")
    page.goto("/ask?topic=other")

    page.locator("#field-words").press_sequentially("нужен постоянный адрес для сервера")
    expect(page.locator("#suggested")).to_contain_text("Постоянный адрес")
    page.fill("#field-email", "anneke@home.example")
    page.fill("#field-name", "Anneke")
    page.locator("form.ask [type=submit]").click()

    expect(page.locator(".receipt__number")).to_be_visible()
    expect(page.locator("#suggested")).to_contain_text("Постоянный адрес")


def test_an_article_is_read_and_judged_without_any_script(sign_in: SignIn) -> None:
    page = sign_in(None, width=320, java_script_enabled=False)
    page.goto("/help?q=the+lamp+is+dark")

    page.get_by_role("link", name="The DSL lamp goes out").click()
    page.get_by_role("link", name="IT", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("La spia DSL")
    page.get_by_role("button", name="Sì").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Grazie")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_what_is_known_is_usable_by_everybody(sign_in: SignIn, theme: str) -> None:
    page = sign_in(cast.SOFIE, color_scheme=theme)

    for place in (
        "/console/knowledge/", "/console/knowledge/articles/1", "/console/knowledge/gaps",
        "/console/knowledge/articles/1/versions", "/console/knowledge/answers",
        "/console/knowledge/answers/1", "/console/knowledge/topics", "/console/knowledge/topics/2",
        "/help", "/articles/1",
    ):  # fmt: skip
        page.goto(place)
        assert findings(page) == [], place
