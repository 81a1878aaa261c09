"""What a screen reader is told: landmarks, headings in order, names of controls, news aloud.

Asked of the browser's own tree of accessibility, not of the markup: a name that is hidden or
drawn by a style sheet counts as it would be spoken.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage
from tests.browser.test_portal_journeys import WEB_SECRET
from town import cast
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import link_token
from unbroken.directory import queries as directory
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]

CONTROLS = (
    "button|link|textbox|searchbox|combobox|checkbox|radio|spinbutton|switch|tab|menuitem|option"
)
NAMELESS = re.compile(rf"^\s*- (?:{CONTROLS})(?: \[[^\]]*\])*:?$", re.MULTILINE)
"""A line of the tree with a control and no words: `- button` but not `- button "Send"`."""
HEADING = re.compile(r'^\s*- heading "(.*)" \[level=(\d)\]', re.MULTILINE)
LANDMARK = re.compile(r"^\s*- (banner|main|navigation|complementary|contentinfo)\b", re.MULTILINE)


def told(page: Page) -> str:
    """The page as it is told, with the rules that hold for every page."""
    tree = page.locator("body").aria_snapshot()
    assert NAMELESS.findall(tree) == [], "controls without a name"
    landmarks = LANDMARK.findall(tree)
    assert landmarks.count("main") == 1
    assert landmarks.count("banner") == 1
    levels = [int(level) for _words, level in HEADING.findall(tree)]
    assert levels.count(1) == 1, HEADING.findall(tree)
    top = levels.index(1)
    steps = list(zip(levels[top:], levels[top + 1 :], strict=False))
    assert [step for step in steps if step[1] > step[0] + 1] == [], HEADING.findall(tree)
    return tree


@pytest.fixture
def lamp(town: "Town") -> TicketId:
    """Anneke's request, answered by Sofie, with a note."""
    at = now()
    ticket = town.anneke.reports(
        "The DSL lamp goes out.", at=at - timedelta(hours=2), subject="The lamp goes out"
    )
    town.sofie.replies(ticket, "Which lamp is it?", at=at - timedelta(hours=1))
    town.sofie.notes(ticket, "Four drops since 06:10.", at=at - timedelta(minutes=50))
    return ticket


def test_the_desk_is_told_as_it_is_seen(sign_in: SignIn, lamp: TicketId) -> None:
    page = sign_in(cast.SOFIE)

    listing = told(page)
    for line in (
        'navigation "Places"', 'heading "What to do next" [level=1]', 'searchbox "Find"',
        'searchbox "Search"', 'list "What to do next"', f'checkbox "Choose {lamp}"',
        'link "New request"',
    ):  # fmt: skip
        assert f"- {line}" in listing, line
    assert re.search(r'- link "(Unread )?The lamp goes out"', listing)
    assert re.search(r'- link "\d+ things? waits? for you"', listing)

    page.goto(f"/console/tickets/{lamp}")
    ticket = told(page)
    for line in (
        'heading "The lamp goes out" [level=1]', 'complementary "Facts"', 'list "Story"',
        'heading "Promised" [level=2]', 'heading "In hand" [level=2]', 'heading "State" [level=2]',
        'textbox "Add a tag"',
    ):  # fmt: skip
        assert f"- {line}" in ticket, line
    assert len(re.findall(r'- article "(Anneke de Wit|Sofie Brandt), ', ticket)) == 3

    composer = page.locator("#composer").aria_snapshot()
    for line in (
        'group "Who will read it"', 'radio "Answer" [checked]', 'radio "Internal note"',
        'textbox "Your words"', 'combobox "And then"', 'button "Send"',
    ):  # fmt: skip
        assert f"- {line}" in composer, line
    assert "Your note" not in composer  # one field at a time


@pytest.fixture
def way(backstage: Backstage, settings: Any, lamp: TicketId) -> str:
    """The link to it in Anneke's mail."""
    settings.SECRET_KEY = WEB_SECRET
    (card, *_others) = backstage.do(directory.contacts_at, "email", cast.ANNEKE.email)
    return f"/r/{link_token(lamp, card.id)}"


def test_the_portal_is_told_as_it_is_seen(
    sign_in: SignIn, town: "Town", lamp: TicketId, way: str
) -> None:
    page = sign_in(None)

    page.goto("/")
    home = told(page)
    for line in (
        'navigation "Places"', 'heading "How things stand" [level=1]', "contentinfo",
        'link "Ask or report something"', 'heading "You have asked already?" [level=2]',
    ):  # fmt: skip
        assert f"- {line}" in home, line

    page.goto(way)
    request = told(page)
    for line in (
        'heading "The lamp goes out" [level=1]', 'complementary "Where it stands"',
        'region "How far it has come"', 'region "Conversation"', 'textbox "Your words"',
        'heading "Something to add?" [level=2]',
    ):  # fmt: skip
        assert f"- {line}" in request, line
    assert "Four drops" not in request

    expect(page.locator("#news")).to_have_attribute("role", "status")
    expect(page.locator("#news")).to_be_empty()
    town.sofie.replies(lamp, "Good news.", at=now() - timedelta(minutes=1))
    expect(page.locator("#news")).to_contain_text("something new", timeout=120_000)
