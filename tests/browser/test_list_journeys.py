"""The list in a real browser: choosing many, undoing, dragging, single keys, a saved view."""

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
def three(town: "Town", told: list[TicketId]) -> list[TicketId]:
    """Three requests that nobody has yet."""
    at = now() - timedelta(hours=1)
    while len(told) < 3:
        told.append(town.pietro.reports(f"The till is slow ({len(told)})", at=at))
    return told


def box(page: Page, ticket: TicketId) -> str:
    """Where one chooses a line."""
    return f"#ticket-{ticket} input[name=ticket]"


def test_many_are_given_away_and_taken_back(sign_in: SignIn, three: list[TicketId]) -> None:
    page = sign_in(cast.SOFIE)
    page.goto("/console/?q=till")
    expect(page.locator("#many-bar")).to_be_hidden()

    page.check(box(page, three[0]))
    page.locator(box(page, three[2])).click(modifiers=["Shift"])
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 3")
    page.select_option("#many-deed", label="Me")
    page.get_by_role("button", name="Do it").click()

    expect(page.locator(".many-done")).to_contain_text("3 requests changed.")
    expect(page.locator(f"#ticket-{three[0]}")).to_contain_text(cast.SOFIE.name)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("3 requests are as they were.")
    page.get_by_role("link", name="To the list").click()
    page.goto("/console/?q=till")
    expect(page.locator(f"#ticket-{three[0]}")).not_to_contain_text(cast.SOFIE.name)


def test_a_line_is_dragged_to_a_person(sign_in: SignIn, three: list[TicketId]) -> None:
    page = sign_in(cast.SOFIE)
    page.goto("/console/?q=till")

    page.drag_and_drop(f"#ticket-{three[1]} .waiting-ticket__name", "[data-drop]:has-text('Mine')")

    expect(page.locator(".many-done")).to_contain_text("1 request changed.")
    expect(page.locator(f"#ticket-{three[1]}")).to_contain_text(cast.SOFIE.name)


def test_single_keys_walk_the_list_and_can_be_switched_off(
    sign_in: SignIn, three: list[TicketId]
) -> None:
    page = sign_in(cast.SOFIE)
    page.goto("/console/?q=till")
    names = page.locator(".waiting-ticket__name")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 1")
    page.keyboard.press("a")
    expect(page.locator("#many-deed")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#find").focus()
    page.keyboard.press("j")
    expect(page.locator("#find")).to_have_value("jtill")
    names.first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == []

    page.get_by_role("link", name="Switch off").click()
    page.uncheck("[name=shortcuts]")
    page.get_by_role("button", name="Save").click()
    page.goto("/console/?q=till")
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/console/habits")
    page.check("[name=shortcuts]")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()


def test_words_are_saved_as_a_view_and_taken_away_one_by_one(
    sign_in: SignIn, three: list[TicketId]
) -> None:
    page = sign_in(cast.SOFIE)
    page.goto("/console/?q=till+unassigned")

    page.locator("#save-view summary").click()
    page.fill("#view-name", "Slow tills")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#views [aria-current=page]")).to_contain_text("Slow tills")
    page.locator(".chip", has_text="unassigned").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.goto("/console/views")
    expect(page.locator("main")).to_contain_text("till unassigned")
