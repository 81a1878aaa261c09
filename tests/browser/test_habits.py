"""What agents know from other desks, done with their hands: see `docs/habits.md`."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from town import cast
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]
SELECT = """entry => {
  const words = entry.querySelector(".entry__words")
  getSelection().selectAllChildren(words)
}"""


@pytest.fixture
def bassoon(town: "Town") -> TicketId:
    """A request about a bassoon, the word that finds it alone."""
    at = now() - timedelta(hours=1)
    return town.pietro.reports("The bassoon of the hotline hums.", at=at, topic="internet/drops")


def test_who_looks_and_who_writes_is_seen_in_the_list_and_at_the_request(
    sign_in: SignIn, bassoon: TicketId
) -> None:
    sofie, timo = sign_in(cast.SOFIE), sign_in(cast.TIMO)
    with timo.expect_response(re.compile("/live"), timeout=15_000):
        timo.goto("/console/?q=bassoon")
    with sofie.expect_response(re.compile("/live"), timeout=15_000):
        sofie.goto(f"/console/tickets/{bassoon}")
    row = timo.locator(f"#ticket-{bassoon}")
    expect(row.get_by_role("img", name=f"{cast.SOFIE.name} looks at it")).to_be_visible()

    sofie.get_by_role("textbox", name="Your words").press_sequentially("We")

    expect(row.get_by_role("img", name=f"{cast.SOFIE.name} writes")).to_be_visible()


def test_the_key_of_the_answer_takes_along_what_is_selected(
    sign_in: SignIn, bassoon: TicketId
) -> None:
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{bassoon}")
    words = page.get_by_role("textbox", name="Your words")
    for times in (1, 2):
        page.locator(".entry").first.evaluate(SELECT)
        expect(page.get_by_role("button", name="Quote what is selected")).to_be_visible()
        words.blur()
        page.keyboard.press("r")
        expect(words).to_be_focused()
        assert words.input_value().count("> The bassoon of the hotline hums.") == times


def test_who_walks_through_the_facts_by_keys_stays_where_they_are_when_news_comes(
    sign_in: SignIn, town: "Town", bassoon: TicketId
) -> None:
    # The accident: each message threw whoever was on their way back to the heading.
    page = sign_in(cast.SOFIE)
    with page.expect_response(re.compile("/live"), timeout=15_000):
        page.goto(f"/console/tickets/{bassoon}")
    link = page.locator("#facts").get_by_role("link", name="What the customer gets")
    link.evaluate("one => (one.dataset.old = 1, one.focus())")

    town.pietro.answers(bassoon, "It hums louder.", at=now())

    expect(page.locator(".entry").last).to_contain_text("It hums louder.")
    expect(link).not_to_have_attribute("data-old", "1")  # the facts came anew
    expect(link).to_be_focused()


def cut(route: Route) -> None:
    """A proxy that answers in the desk's place, and deeds that never arrive."""
    if "/live?" in route.request.url:
        route.fulfill(status=502)
    elif route.request.method == "POST":
        route.abort("connectionfailed")
    else:
        route.fallback()


def test_what_one_writes_while_the_line_is_cut_is_kept_and_its_sending_is_said_to_have_failed(
    sign_in: SignIn, bassoon: TicketId
) -> None:
    # The accident: a cable is pulled, or the desk starts anew, while somebody writes.
    page = sign_in(cast.SOFIE)
    page.route("**/*", cut)
    page.goto(f"/console/tickets/{bassoon}")
    words = page.get_by_role("textbox", name="Your words")
    failed = page.get_by_text("The desk could not be reached: this was not done.")
    line = page.locator("live-news")
    expect(line).to_be_visible()

    words.fill("It hums no longer.")
    words.press("Control+Enter")

    expect(failed).to_be_visible()
    expect(words).to_have_value("It hums no longer.")
    words.press("End")
    with page.expect_request_finished(lambda asked: asked.url.endswith("/draft")) as kept:
        words.press_sequentially(" We looked.")
        page.wait_for_event("requestfailed", lambda asked: asked.url.endswith("/draft"))
        page.unroute("**/*", cut)
    assert "We looked." in (kept.value.post_data or "")
    expect(line).to_be_hidden()

    page.get_by_role("button", name="Close", exact=True).click()
    words.press("Control+Enter")
    expect(page.locator(".entry[data-look=out]")).to_contain_text("It hums no longer.")
    expect(failed).to_be_hidden()
