"""What every page carries, in a real browser: keys, the palette, the bell, one's status."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings
from town import cast
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def told() -> list[TicketId]:
    """What was told once, for every test of this page."""
    return []


@pytest.fixture
def two(town: "Town", told: list[TicketId]) -> list[TicketId]:
    """Two requests about a gramophone, the word that finds them alone."""
    at = now() - timedelta(hours=1)
    while len(told) < 2:
        told.append(town.pietro.reports(f"The gramophone crackles ({len(told)})", at=at))
    return told


def test_a_request_is_worked_by_single_keys(sign_in: SignIn, two: list[TicketId]) -> None:
    page = sign_in(cast.SOFIE, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/console/?q=gramophone")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("list-place [data-at]")).to_have_text("1 of 2")
    first = page.locator(".ticket-head .number").inner_text()

    page.keyboard.press("j")
    expect(page.locator("list-place [data-at]")).to_have_text("2 of 2")
    page.keyboard.press("k")
    expect(page.locator("list-place [data-at]")).to_have_text("1 of 2")
    page.keyboard.press("a")
    expect(page.locator("#facts .in-hand")).to_contain_text(cast.SOFIE.name)
    page.keyboard.press(".")
    page.keyboard.press(".")
    expect(page.locator("#said")).to_contain_text(f"{first} The gramophone crackles")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{first} The gramophone crackles")

    page.keyboard.press("x")
    expect(page.locator("#composer-note")).to_be_focused()
    expect(page.locator("[name=mode][value=note]")).to_be_checked()
    page.keyboard.press("j")
    expect(page.locator("#composer-note")).to_have_value("j")
    page.locator("#composer-note").fill("")
    page.locator("#composer-note").evaluate("field => field.blur()")
    page.keyboard.down("Insert")
    page.keyboard.press("r")
    page.keyboard.up("Insert")
    expect(page.locator("[name=mode][value=note]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Copy the number and the subject")
    assert findings(page) == []
    page.keyboard.press("?")
    page.keyboard.press("u")
    expect(page).to_have_url(page.url.partition("/console")[0] + "/console/?q=gramophone")
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/console/knowledge/")


def test_the_palette_finds_and_does_and_teaches(sign_in: SignIn, two: list[TicketId]) -> None:
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{two[0]}")
    expect(page.locator("#composer-words")).to_be_visible()
    page.locator("#composer-words").focus()

    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Find or do anything")
    expect(box).to_be_focused()
    page.keyboard.type("note")
    option = page.get_by_role("option", name="Note")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(option.locator("kbd")).to_have_text("x")
    assert findings(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#composer-note")).to_be_focused()

    page.keyboard.press("Control+k")
    box.fill(str(two[1]))
    expect(page.get_by_role("option", name="The gramophone crackles (1)")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/console/tickets/{two[1]}")
