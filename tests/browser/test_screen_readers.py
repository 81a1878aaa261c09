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
from town.canned import keep_at_hand
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
        'navigation "Places"', 'heading "What to do next" [level=1]',
        'searchbox "Find in this list"', 'searchbox "Search"', 'list "What to do next"',
        f'checkbox "Choose {lamp}"', 'link "New request"',
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


def test_what_changes_by_itself_is_said_aloud(
    sign_in: SignIn, town: "Town", lamp: TicketId, backstage: Backstage
) -> None:
    """It tells what changes in a place that was there before, and nothing else."""
    backstage.do(keep_at_hand, at=now())
    page = sign_in(cast.SOFIE)
    with page.expect_response(re.compile("/live"), timeout=15_000):
        page.goto(f"/console/tickets/{lamp}")
    heard, toasts = page.locator("#heard"), page.locator("#toasts")
    for place in (heard, toasts):
        expect(place).to_have_attribute("role", "status")
    page.evaluate("document.getElementById('toasts').wasHere = true")

    words = page.get_by_role("textbox", name="Your words")
    expect(words).to_have_accessible_description(re.compile("To .*Anneke de Wit"))
    words.press_sequentially("/")
    expect(heard).to_have_text(re.compile(r"^.+, 1 / \d+$"))
    words.press("ArrowDown")
    expect(heard).to_have_text(re.compile(r"^.+, 2 / \d+$"))
    words.press("Escape")
    words.fill("The one called DSL.")
    words.press("Control+Enter")
    expect(toasts).to_contain_text("Your answer leaves in a moment")
    assert page.evaluate("document.getElementById('toasts').wasHere")
    aloud = toasts.aria_snapshot()
    assert re.search(r'- button "Undo"$', aloud, re.MULTILINE)  # no second is counted aloud

    page.get_by_role("radio", name="Internal note").check()
    note = page.get_by_role("textbox", name="Your note")
    expect(note).to_be_focused()
    expect(note).to_have_accessible_description(re.compile("Only colleagues will read it"))
    expect(words).to_be_hidden()

    town.anneke.answers(lamp, "It is the second one.", at=now())
    expect(heard).to_have_text("There is something new on this request.")


def test_a_dialog_keeps_the_focus_and_gives_it_back(sign_in: SignIn, lamp: TicketId) -> None:
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{lamp}")
    words = page.get_by_role("textbox", name="Your words")
    for opened_by, name in (("Control+k", "Find or do anything"), ("?", "Shortcuts")):
        dialog = page.get_by_role("dialog", name=name)
        where = words if opened_by != "?" else page.locator("#own-menu summary")
        where.focus()
        page.keyboard.press(opened_by)
        expect(dialog).to_be_visible()
        assert dialog.evaluate("it => it.contains(document.activeElement)")
        for _ in range(4):  # past the end one comes to the browser's own bar, never to the page
            page.keyboard.press("Tab")
            assert not page.evaluate("document.activeElement.closest('main, .bar, #toasts')")
        page.keyboard.press("Escape")
        expect(where).to_be_focused()


def test_the_palette_says_what_is_chosen_and_how_much_was_found(
    sign_in: SignIn, lamp: TicketId
) -> None:
    page = sign_in(cast.SOFIE)
    page.goto("/console/contacts")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Find or do anything")
    page.keyboard.type(str(lamp))
    expect(page.get_by_role("option", name=re.compile("The lamp goes out"))).to_be_visible()

    expect(page.locator("command-palette [role=status]")).to_have_text(re.compile(r"Found: \d+"))
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_have_accessible_name(re.compile("The lamp goes out"))
    tree = page.get_by_role("dialog").aria_snapshot()
    assert NAMELESS.findall(tree) == []
    assert '- group "Requests"' in tree


def test_the_bell_is_heard_when_it_rings(sign_in: SignIn, town: "Town", lamp: TicketId) -> None:
    town.sofie.takes(lamp, at=now() - timedelta(minutes=5))
    page = sign_in(cast.SOFIE)
    with page.expect_response(re.compile("/live"), timeout=15_000):
        page.goto("/console/contacts")
    rings = int(page.locator("#bell").get_attribute("aria-label").split()[0])  # type: ignore[union-attr]

    town.anneke.answers(lamp, "And again.", at=now())

    expect(page.locator("#heard")).to_have_text(re.compile(rf"^{rings + 1} things? waits? for you"))


def test_what_is_wrong_with_a_field_is_said_with_the_field(sign_in: SignIn) -> None:
    page = sign_in(None)
    page.goto("/ask?topic=internet/drops")
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send").click()

    words = page.get_by_label("Tell us in your words")
    expect(words).to_be_focused()  # the first that is wrong
    expect(words).to_have_attribute("aria-invalid", "true")
    expect(words).to_have_accessible_description(re.compile("Write what it is about first"))
    expect(page.get_by_label("Your e-mail address")).to_have_attribute("aria-invalid", "true")
