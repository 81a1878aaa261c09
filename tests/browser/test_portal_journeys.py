"""What a customer goes through, in a real browser: asking, following the link, adding, settling."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage, findings, pictures
from town import cast
from unbroken.conversation import queries
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import link_token
from unbroken.directory import queries as directory
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]
LinkTo = Callable[[cast.Person, TicketId], str]
WEB_SECRET = "browser" * 8


def looks_well(page: Page) -> None:
    """Nothing serious for axe, and nothing to scroll sideways."""
    assert findings(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.fixture
def link(backstage: Backstage, settings: Any) -> LinkTo:
    """The link as it stands in a mail of this house."""
    settings.SECRET_KEY = WEB_SECRET

    def made(person: cast.Person, ticket: TicketId) -> str:
        (card, *_others) = backstage.do(directory.contacts_at, "email", person.email)
        return f"/r/{link_token(ticket, card.id)}"

    return made


@pytest.fixture
def lamp(town: "Town") -> TicketId:
    """Anneke's request, answered by Sofie."""
    at = now()
    ticket = town.anneke.reports(
        "The DSL lamp goes out.", at=at - timedelta(hours=2), subject="The lamp goes out"
    )
    town.sofie.replies(ticket, "Which lamp is it?", at=at - timedelta(hours=1))
    return ticket


def test_asking_ends_with_a_number_and_a_time(backstage: Backstage, sign_in: SignIn) -> None:
    page = sign_in(None)

    page.goto("/")
    looks_well(page)
    page.get_by_role("link", name="Ask or report something").click()
    looks_well(page)
    page.get_by_role("link", name="The connection breaks").click()
    looks_well(page)
    page.get_by_label("Tell us in your words").fill("Since two days the DSL lamp goes out.")
    page.get_by_label("Your name").fill("Somebody New")
    page.get_by_label("Your e-mail address").fill("new@home.example")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile(r"/asked/\d+"))
    looks_well(page)

    number = int(page.get_by_role("heading", level=1).inner_text())
    facts = backstage.do(queries.ticket_facts, number)
    assert facts is not None
    assert facts.name == "Since two days the DSL lamp goes out."
    expect(page.locator(".receipt__promise")).to_contain_text(re.compile(r"\d{1,2}:\d{2}"))


def test_asking_works_without_any_script(sign_in: SignIn) -> None:
    page = sign_in(None, java_script_enabled=False)

    page.goto("/ask?topic=internet/drops")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Write what it is about first.")).to_be_visible()
    page.get_by_label("Tell us in your words").fill("The lamp is dark.")
    page.get_by_label("Your e-mail address").fill("new@home.example")
    page.get_by_role("button", name="Send").click()

    page.wait_for_url(re.compile(r"/asked/\d+"))


def test_the_link_in_a_mail_opens_the_request_and_a_fact_is_added(
    lamp: TicketId, sign_in: SignIn, link: LinkTo
) -> None:
    page = sign_in(None)

    page.goto(link(cast.ANNEKE, lamp))
    looks_well(page)
    expect(page.get_by_text("Which lamp is it?")).to_be_visible()
    pictures(page, "portal-request", "phone")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("Your words").fill("The one called DSL.")
    page.get_by_label("Files").set_input_files(
        {"name": "lamp.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    )
    page.get_by_role("button", name="Add").click()

    expect(page.get_by_text("Added. Whoever works on it sees it now.")).to_be_visible()
    expect(page.get_by_text("The one called DSL.")).to_be_visible()
    expect(page.get_by_text("lamp.png")).to_be_visible()
    looks_well(page)


def test_on_a_phone_in_russian_everything_is_reached_by_thumb(
    lamp: TicketId, sign_in: SignIn, link: LinkTo
) -> None:
    page = sign_in(None, width=320, locale="ru-RU", color_scheme="dark", has_touch=True)

    page.goto("/ask")
    looks_well(page)
    expect(page.get_by_role("link", name="Связь обрывается")).to_be_visible()
    page.goto(link(cast.ANNEKE, lamp))
    for address in ("/", "/requests", f"/requests/{lamp}", f"/requests/{lamp}/complaint"):
        page.goto(address)
        looks_well(page)
        small = page.evaluate(
            "[...document.querySelectorAll('main .button, main .input, main .door')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 40).length"
        )
        assert small == 0, address


def test_it_works_again_is_said_with_one_key(
    backstage: Backstage, lamp: TicketId, sign_in: SignIn, link: LinkTo
) -> None:
    page = sign_in(None)

    page.goto(link(cast.ANNEKE, lamp))
    page.locator(".deeds button").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("The request is settled")).to_be_visible()
    facts = backstage.do(queries.ticket_facts, lamp)
    assert facts is not None
    assert facts.status == "closed"


def test_news_appear_on_an_open_page_and_leave_what_is_being_written_alone(
    town: "Town", lamp: TicketId, sign_in: SignIn, link: LinkTo
) -> None:
    page = sign_in(None)
    page.goto(link(cast.ANNEKE, lamp))
    page.get_by_label("Your words").fill("half a sentence")

    town.sofie.replies(lamp, "Good news.", at=now() - timedelta(minutes=1))

    expect(page.get_by_text("Good news.")).to_be_visible(timeout=120_000)
    expect(page.get_by_label("Your words")).to_have_value("half a sentence")
