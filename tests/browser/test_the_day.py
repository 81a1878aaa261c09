"""The day of a provider, worked in a browser in each language: whoever comes reads nothing first.

A customer asks on a phone, a shop owner calls, an agent answers, the customer says that it works
again, the head of support looks whether promises were kept. Everything is found by its role and by
the catalogue's own words, so a sentence that stayed English stops the day.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Backstage
from town import cast
from unbroken.conversation import queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import link_token
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, in_language
from unbroken.portal.requests import GLAD

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]
WEB_SECRET = "browser" * 8
LOCALES = {"en": "en-GB", "ru": "ru-RU", "it": "it-IT"}
TIME = re.compile(r"\d{1,2}[:.]\d{2}")


def word(page: Page, english: str) -> str:
    """What the page says for it."""
    return in_language(english, page.locator("html").get_attribute("lang"))


def named(page: Page, role: Any, english: str) -> Locator:
    """What has this role and this name, in the language of the page."""
    return page.get_by_role(role, name=word(page, english), exact=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_a_provider_is_worked_through(
    language: str, town: "Town", backstage: Backstage, sign_in: SignIn, settings: Any
) -> None:
    settings.SECRET_KEY = WEB_SECRET
    at = now() - timedelta(hours=1)
    open_one = town.pietro.reports("The oboe of the hotline hums.", at=at, topic="internet/drops")
    phone = sign_in(None, width=390, locale=LOCALES[language], language=language)
    desk = sign_in(cast.SOFIE, language=language)

    number = asks(phone, language)
    calls(desk, cast.PIETRO.name, open_one)
    answers(desk, number)
    contact = backstage.do(queries.ticket_facts, number).contact_id
    phone.goto(f"/r/{link_token(number, contact)}")
    expect(phone.get_by_text("We look at the cable.")).to_be_visible()
    phone.locator(".deeds button").first.click()
    expect(phone.get_by_text(word(phone, GLAD))).to_be_visible()
    desk.goto("/console/dashboards/support")
    expect(named(desk, "heading", "Are promises kept?")).to_be_visible()

    assert backstage.do(queries.ticket_facts, number).status == "closed"


def asks(page: Page, language: str) -> TicketId:
    """A number and a time, on the spot."""
    page.goto("/")
    named(page, "link", "Ask or report something").click()
    page.locator("main a").first.click()
    page.get_by_label(word(page, "Tell us in your words")).fill("Since two days the lamp goes out.")
    page.get_by_label(word(page, "Your name")).fill("Somebody New")
    page.get_by_label(word(page, "Your e-mail address")).fill(f"new-{language}@home.example")
    named(page, "button", "Send").click()
    page.wait_for_url(re.compile(r"/asked/\d+"))
    expect(page.locator(".receipt__promise")).to_contain_text(TIME)
    return TicketId(int(page.get_by_role("heading", level=1).inner_text()))


def calls(page: Page, caller: str, open_one: TicketId) -> None:
    """Who answers sees what is open of the caller, and gives it a number without asking twice."""
    page.goto("/console/new")
    expect(named(page, "heading", "New request")).to_be_visible()
    named(page, "searchbox", "Phone, name, number, circuit or address").press_sequentially(caller)
    page.locator("#candidates").get_by_role("button", name=caller).first.click()
    expect(page.locator("#around")).to_contain_text(str(open_one))


def answers(page: Page, number: TicketId) -> None:
    """What was asked is answered; the promise that this keeps stands beside it."""
    page.goto(f"/console/tickets/{number}")
    named(page, "textbox", "Your words").fill("We look at the cable.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry[data-look=out]:not([data-withdrawn])").last).to_contain_text(
        "We look at the cable."
    )
