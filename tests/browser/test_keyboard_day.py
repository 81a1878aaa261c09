"""A whole day's work by keys alone, in each language: no pointer is used once it has begun.

After every deed something has the focus, and one sees what: whoever cannot point would otherwise
begin at the top of the page again. What is wanted is found by its role and by the catalogue's own
words, so a sentence that stayed English stops the day; in Russian the keyboard is a Russian one.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Backstage
from town import cast
from town.canned import keep_at_hand
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, in_language
from unbroken.search.projections import index_stale

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]
Role = Literal["button", "checkbox", "combobox", "heading", "link", "radio", "searchbox", "textbox"]

TABS_MAX = 60
"""How far anything may be from where one is: the bar, the composer and the facts."""

TRIES_MAX = 60
UNSEEN = """() => {
  const here = document.activeElement
  if (!here || here === document.body) return "nothing has the focus"
  for (let one = here; one && one !== document.body; one = one.parentElement) {
    const look = getComputedStyle(one)
    if (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) return ""
  }
  return `not seen: ${here.outerHTML.slice(0, 160)}`
}"""


RUSSIAN = dict(zip("abcdefghijklmnopqrstuvwxyz", "фисвуапршолдьтщзйкыегмцчня", strict=True))
"""What stands on a Russian keyboard where a Latin one has these."""


class Keys:
    """Somebody's two hands on a keyboard, and the language they read."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        self.wire = page.context.new_cdp_session(page)

    def word(self, english: str, **values: object) -> str:
        """What the desk says for it in their language."""
        return in_language(english, self.language, **values)

    def named(self, role: Role, english: str, **values: object) -> Locator:
        """What has this role and this name, in their language."""
        return self.page.get_by_role(role, name=self.word(english, **values), exact=True)

    def press(self, *keys: str) -> None:
        """One after the other; a letter is what stands at its place on their keyboard."""
        for key in keys:
            there = RUSSIAN.get(key) if self.language == "ru" else None
            if there is None:
                self.page.keyboard.press(key)
                continue
            pressed = {"key": there, "code": f"Key{key.upper()}", "text": there}
            self.wire.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})
            self.wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})

    def type(self, words: str) -> None:
        """Letter by letter."""
        self.page.keyboard.type(words)

    def tab_to(self, wanted: Locator, *, back: bool = False) -> None:
        """To what one wants, by Tab; every stop on the way is seen."""
        for _ in range(TABS_MAX):
            self.press("Shift+Tab" if back else "Tab")
            if wanted.evaluate("one => document.activeElement === one"):
                return self.seen()
        raise AssertionError(f"{TABS_MAX} tabs do not reach {wanted}")

    def seen(self) -> None:
        """Something has the focus, and one sees what."""
        for _ in range(TRIES_MAX):
            if not self.page.evaluate(UNSEEN):
                return
            self.page.wait_for_timeout(50)  # the script of the page may not wait for us
        raise AssertionError(self.page.evaluate(UNSEEN))

    def on(self, one: Locator) -> None:
        """This has the focus, and one sees it."""
        expect(one).to_be_focused()
        self.seen()


@pytest.fixture
def lines(town: "Town", backstage: Backstage) -> list[TicketId]:
    """Two requests about a barometer, the word that finds them alone; nobody has them."""
    backstage.do(keep_at_hand, at=now())
    at = now() - timedelta(hours=1)
    told = [
        town.pietro.reports(f"Barometer {number}", at=at, topic="internet/drops")
        for number in (1, 2)
    ]
    backstage.do(index_stale)
    return told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_worked_without_pointing(
    sign_in: SignIn, lines: list[TicketId], language: str
) -> None:
    page = sign_in(None, language=language)
    page.goto("/console/")
    keys = Keys(page, language)
    come_in(keys)
    find_and_open(keys, lines[0])
    answer_it(keys)
    note_it(keys)
    arrange_it(keys)
    look_for_things(keys, lines[0])
    take_and_end_the_next(keys, lines[1])
    go_home(keys)


def come_in(keys: Keys) -> None:
    """Sign in: the first field has the focus already."""
    expect(keys.named("heading", "Sign in to Unbroken")).to_be_visible()
    keys.on(keys.named("textbox", "E-mail"))
    keys.type(cast.SOFIE.email)
    keys.press("Tab")
    keys.on(keys.named("textbox", "Password"))
    keys.type(cast.PASSWORD)
    keys.press("Enter")
    keys.page.wait_for_url("**/console/**")
    expect(keys.named("heading", "What to do next")).to_be_visible()


def find_and_open(keys: Keys, ticket: TicketId) -> None:
    """The words of the list, down, up, open."""
    names = keys.page.locator(".waiting-ticket__name")
    keys.tab_to(keys.named("searchbox", "Find in this list"))
    keys.type("barometer unassigned")
    keys.press("Enter")
    keys.page.wait_for_url("**q=barometer+unassigned**")
    keys.press("j", "j")
    keys.on(names.nth(1))
    keys.press("k")
    keys.on(names.nth(0))
    keys.press("o")
    keys.page.wait_for_url(f"**/console/tickets/{ticket}")


def answer_it(keys: Keys) -> None:
    """A canned answer, sent, taken back, sent again."""
    page, words = keys.page, keys.named("textbox", "Your words")
    expect(keys.named("radio", "Answer")).to_be_checked()
    keys.press("r")
    keys.on(words)
    keys.type("/")
    expect(page.locator("#offers [data-offer]").first).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#offers")).to_be_hidden()
    expect(words).not_to_have_value("")
    keys.on(words)
    said = words.input_value()
    expect(page.locator(".entry[data-look=out]")).to_have_count(0)  # nothing is sent by inserting
    keys.press("Control+Enter")
    expect(page.locator(".entry[data-look=out]")).to_have_count(1)
    keys.on(words)
    keys.tab_to(page.locator("#toasts").get_by_role("button", name=keys.word("Undo")))
    keys.press("Enter")
    expect(words).to_have_value(said)
    keys.on(words)
    keys.press("Control+Enter")
    expect(words).to_have_value("")
    keys.on(words)
    expect(page.locator(".entry[data-look=out]:not([data-withdrawn])")).to_have_count(1)


def note_it(keys: Keys) -> None:
    """From the answer's field to the note's, a colleague called by name."""
    page, note = keys.page, keys.named("textbox", "Your note")
    keys.tab_to(keys.named("radio", "Answer"), back=True)
    keys.press("ArrowRight")
    keys.on(note)
    keys.type("@")
    expect(page.locator("#offers [data-offer]").first).to_be_visible()
    keys.press("Enter")
    expect(note).to_have_value("@" + (note.input_value()).lstrip("@"))
    keys.on(note)
    keys.type("look, please")
    keys.press("Control+Enter")
    expect(page.locator(".entry[data-look=note]")).to_have_count(1)
    keys.seen()


def arrange_it(keys: Keys) -> None:
    """Whoever answers first has it in hand; a tag, and to sleep."""
    facts, tag = keys.page.locator("#facts"), keys.named("textbox", "Add a tag")
    expect(facts.locator(".in-hand")).to_contain_text(cast.SOFIE.name)
    keys.tab_to(tag)
    keys.type("glass")
    keys.press("Enter")
    expect(keys.named("button", "Take off {tag}", tag="glass")).to_be_visible()
    keys.on(tag)
    keys.press("Shift+Tab")  # out of the field: a letter in it is no command
    keys.press("z")
    keys.on(facts.locator("#fold-sleep [name=until]").first)
    keys.press("Enter")
    expect(facts.locator("#fold-sleep")).not_to_have_attribute("open", "")
    expect(keys.named("button", "Wake up")).to_be_visible()
    keys.seen()


def look_for_things(keys: Keys, ticket: TicketId) -> None:
    """The search finds the words, the palette the customer."""
    page, box = keys.page, keys.named("searchbox", "Search")
    keys.press("s")
    keys.on(box)
    keys.type("barometer")
    keys.press("Enter")
    expect(page.locator(f"#hit-{ticket}")).to_be_visible()
    keys.press("Control+k")
    expect(keys.named("combobox", "Find or do anything")).to_be_focused()  # its line is outlined
    keys.type(cast.PIETRO.name)
    customer = page.locator("#palette-thing-1")
    expect(customer).to_contain_text(cast.PIETRO.name)
    for _ in range(TABS_MAX):
        if customer.get_attribute("aria-selected") == "true":
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("main h1")).to_be_visible()


def take_and_end_the_next(keys: Keys, ticket: TicketId) -> None:
    """Nobody's, take, resolve, close: each end takes the key twice."""
    page, facts = keys.page, keys.page.locator("#facts")
    keys.press("g", "u")
    page.wait_for_url("**q=unassigned")
    keys.press("j")
    while page.evaluate("document.activeElement.closest('li').id") != f"ticket-{ticket}":
        keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**/console/tickets/{ticket}")
    keys.press("a")
    expect(facts.locator(".in-hand")).to_contain_text(cast.SOFIE.name)
    keys.seen()
    for deed in ("Resolve", "Close"):
        button = facts.get_by_role("button", name=keys.word(deed), exact=True)
        keys.press("c")
        keys.on(button)
        keys.press("c")
        expect(button).to_have_count(0)
        keys.seen()


def go_home(keys: Keys) -> None:
    """In a call, and out by the own menu."""
    page = keys.page
    keys.press("v", "c")
    expect(page.locator("#status summary")).to_have_text(keys.word("In a call"))
    keys.seen()
    keys.press("g", "l")
    page.wait_for_url("**/console/")
    keys.tab_to(page.locator("#own-menu summary"))
    keys.press("Enter")
    keys.tab_to(keys.named("button", "Sign out"))
    keys.press("Enter")
    keys.on(keys.named("textbox", "E-mail"))
