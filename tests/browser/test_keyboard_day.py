"""A whole day's work by keys alone: no pointer is used once it has begun.

After every deed something has the focus, and one sees what: whoever cannot point would otherwise
begin at the top of the page again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Backstage
from town import cast
from town.canned import keep_at_hand
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.search.projections import index_stale

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]

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


class Keys:
    """Somebody's two hands on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """One after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Letter by letter."""
        self.page.keyboard.type(words)

    def tab_to(self, selector: str, *, back: bool = False) -> None:
        """To what one wants, by Tab; every stop on the way is seen."""
        for _ in range(TABS_MAX):
            self.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate(f"document.activeElement.matches({selector!r})"):
                return self.seen()
        raise AssertionError(f"{TABS_MAX} tabs do not reach {selector}")

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


def test_a_day_is_worked_without_pointing(sign_in: SignIn, lines: list[TicketId]) -> None:
    page = sign_in(None)
    page.goto("/console/")
    keys = Keys(page)
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
    keys.on(keys.page.locator("[name=email]"))
    keys.type(cast.SOFIE.email)
    keys.press("Tab")
    keys.on(keys.page.locator("[name=password]"))
    keys.type(cast.PASSWORD)
    keys.press("Enter")
    keys.page.wait_for_url("**/console/**")


def find_and_open(keys: Keys, ticket: TicketId) -> None:
    """The words of the list, down, up, open."""
    names = keys.page.locator(".waiting-ticket__name")
    keys.tab_to("#find")
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
    page, words = keys.page, keys.page.locator("#composer-words")
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
    keys.on(page.locator("#composer-words"))
    keys.tab_to("#toasts form button")
    keys.press("Enter")
    expect(words).to_have_value(said)
    keys.on(words)
    keys.press("Control+Enter")
    expect(words).to_have_value("")
    keys.on(words)
    expect(page.locator(".entry[data-look=out]:not([data-withdrawn])")).to_have_count(1)


def note_it(keys: Keys) -> None:
    """From the answer's field to the note's, a colleague called by name."""
    page, note = keys.page, keys.page.locator("#composer-note")
    keys.tab_to("#composer [name=mode]", back=True)
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
    page, facts = keys.page, keys.page.locator("#facts")
    expect(facts.locator(".in-hand")).to_contain_text(cast.SOFIE.name)
    keys.tab_to("#tag-add")
    keys.type("glass")
    keys.press("Enter")
    expect(facts.locator(".tag").first).to_contain_text("glass")
    keys.on(page.locator("#tag-add"))
    keys.tab_to("summary", back=True)
    keys.press("z")
    keys.on(page.locator("#fold-sleep [name=until]").first)
    keys.press("Enter")
    expect(page.locator("#fold-sleep")).not_to_have_attribute("open", "")
    keys.seen()


def look_for_things(keys: Keys, ticket: TicketId) -> None:
    """The search finds the words, the palette the customer."""
    page = keys.page
    keys.press("s")
    keys.on(page.locator("[data-search-box] input"))
    keys.type("barometer")
    keys.press("Enter")
    expect(page.locator(f"#hit-{ticket}")).to_be_visible()
    keys.press("Control+k")
    expect(page.locator(".palette__box")).to_be_focused()  # the chosen line is outlined instead
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
    for deed in ("resolve", "close"):
        keys.press("c")
        keys.on(facts.locator(f"button[name=to][value={deed}]"))
        keys.press("c")
        expect(facts.locator(f"button[name=to][value={deed}]")).to_have_count(0)
        keys.seen()


def go_home(keys: Keys) -> None:
    """In a call, and out by the own menu."""
    page = keys.page
    keys.press("v", "c")
    expect(page.locator("#status .status__dot").first).to_have_attribute("data-status", "call")
    keys.seen()
    keys.press("g", "l")
    page.wait_for_url("**/console/")
    keys.tab_to("#own-menu summary")
    keys.press("Enter")
    keys.tab_to("#own-menu form[action$='sign-out'] button")
    keys.press("Enter")
    keys.on(page.locator("[name=email]"))
