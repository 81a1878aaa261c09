"""An agent's day in a real browser: signing in, the list, answering, taking back, live news."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, findings, pictures
from town import cast
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now

if TYPE_CHECKING:
    from town.town import Town

SignIn = Callable[..., Page]

LAMP = """Hello,

since two days the internet breaks all the time, and when it does the DSL lamp on the box goes \
out. It comes back after some minutes. My neighbour says hers does the same.

I work from home, so this is rather urgent.

Kind regards,
Anneke"""


@pytest.fixture(scope="module")
def told() -> dict[str, TicketId]:
    """What was told once, for every test of this page."""
    return {}


@pytest.fixture
def stories(town: "Town", told: dict[str, TicketId]) -> dict[str, TicketId]:
    """A morning's requests, told once."""
    if told:
        return told
    at = now()
    lamp = town.anneke.reports(
        LAMP,
        at=at - timedelta(hours=3),
        subject="Internet breaks since two days, DSL lamp goes out",
        topic="internet/drops",
    )
    town.sofie.takes(lamp, at=at - timedelta(hours=2, minutes=50))
    town.sofie.notes(
        lamp,
        "Four drops since 06:10, sync lost each time. Neighbours on cable 44 as well.",
        at=at - timedelta(hours=2, minutes=40),
    )
    town.sofie.replies(
        lamp,
        "Dear Anneke,\n\nwe see four drops on your line this morning, and on your neighbours' "
        "lines too: it is the cable in the street, not your box.\n\nA crew is on its way. "
        "You will hear from us by 17:30.",
        at=at - timedelta(hours=2, minutes=30),
    )
    town.anneke.answers(
        lamp,
        "Thank you! It just broke again. Shall I leave the box on?",
        at=at - timedelta(minutes=9),
    )
    shop = town.bram.reports(
        "The card terminal is offline, we cannot take payments.",
        at=at - timedelta(minutes=72), topic="internet/down",
    )  # fmt: skip
    cafe = town.pietro.reports(
        "Il telefono del bar non squilla più da stamattina.", at=at - timedelta(minutes=50)
    )
    town.irina.reports(
        "Не работает интернет второй день, лампочка DSL не горит", at=at - timedelta(minutes=70),
        topic="internet/down",
    )  # fmt: skip
    riga = town.weber.reports(
        "Depot Riga: the link flaps between 02:00 and 04:00", at=at - timedelta(days=1)
    )
    town.sofie.replies(riga, "We asked the carrier.", at=at - timedelta(hours=23, minutes=50))
    town.sofie.holds(
        riga, waiting_for="partner", at=at - timedelta(hours=20), until=at + timedelta(days=1)
    )
    asked = town.ada.reports("A second line for the workshop?", at=at - timedelta(hours=26))
    town.timo.asks(asked, "Which floor is it on?", at=at - timedelta(hours=25))
    told |= {"lamp": lamp, "shop": shop, "cafe": cafe, "riga": riga}
    return told


def order(page: Page) -> list[str]:
    """The numbers on the list, from top to bottom."""
    return [
        (row or "").removeprefix("ticket-")
        for row in page.locator(".waiting-ticket").evaluate_all("rows => rows.map(row => row.id)")
    ]


def test_signing_in_wrong_and_right(sign_in: SignIn, house: House) -> None:
    page = sign_in(None)
    page.goto("/console/")

    page.fill("[name=email]", cast.SOFIE.email)
    page.fill("[name=password]", "not this")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.fill("[name=password]", cast.PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("What to do next")
    page.locator("#own-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Unbroken")


def test_the_list_begins_with_the_promise_that_breaks_first(
    sign_in: SignIn, stories: dict[str, TicketId]
) -> None:
    page = sign_in(cast.SOFIE)

    clocks = page.locator(".waiting-ticket due-clock")
    dues = [at for at in clocks.evaluate_all("all => all.map(one => one.getAttribute('at'))") if at]

    assert len(order(page)) >= 6
    assert dues == sorted(dues)
    expect(page.locator(".waiting-ticket due-clock[data-state=late]").first).to_contain_text("late")
    pictures(page, "console-list", "light", "dark", "phone")


def test_a_picture_of_the_ticket_page(sign_in: SignIn, stories: dict[str, TicketId]) -> None:
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{stories['lamp']}")

    expect(page.locator("#facts .promise").first).to_be_visible()
    pictures(page, "console-ticket", "light", "dark")


def test_an_answer_is_sent_and_taken_back(
    sign_in: SignIn, town: "Town", stories: dict[str, TicketId]
) -> None:
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{stories['cafe']}")

    page.fill("#composer-words", "Wir sehen uns das an.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Your answer leaves in a moment")
    expect(page.locator(".entry").last).to_contain_text("Wir sehen uns das an.")
    expect(page.locator("#composer-words")).to_have_value("")

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#composer-words")).to_have_value("Wir sehen uns das an.")
    expect(page.locator(".entry[data-withdrawn]")).to_contain_text("nobody outside saw it")


def test_a_new_message_appears_by_itself_and_so_does_a_new_request(
    sign_in: SignIn, town: "Town", stories: dict[str, TicketId]
) -> None:
    ticket, listing = sign_in(cast.SOFIE), sign_in(cast.SOFIE)
    with listing.expect_response(re.compile("/live"), timeout=120_000):
        listing.goto("/console/")
    with ticket.expect_response(re.compile("/live"), timeout=120_000):
        ticket.goto(f"/console/tickets/{stories['lamp']}")
    ticket.fill("#composer-words", "half a sent")

    town.anneke.answers(stories["lamp"], "It broke once more.", at=now())
    expect(ticket.locator(".entry").last).to_contain_text("It broke once more.")
    expect(ticket.locator("#composer-words")).to_have_value("half a sent")

    new = town.pietro.reports("The till again", at=now())
    expect(listing.locator(f"#ticket-{new}")).to_contain_text("The till again")


def test_sending_stops_when_news_came_while_writing(
    sign_in: SignIn, town: "Town", stories: dict[str, TicketId]
) -> None:
    """The accident: an answer that does not know what was written a second ago."""
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{stories['shop']}")
    page.fill("#composer-words", "Please restart the box.")

    town.bram.answers(stories["shop"], "I have restarted the box already.", at=now())
    expect(page.locator(".entry").last).to_contain_text("already")
    page.get_by_role("button", name="Send").click()

    expect(page.locator("#composer [role=alert]")).to_contain_text("wrote while you were writing")
    expect(page.locator("#composer-words")).to_have_value("Please restart the box.")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("#toasts")).to_contain_text("Your answer leaves")


def test_state_hands_and_tags_change_without_leaving_the_page(
    sign_in: SignIn, stories: dict[str, TicketId]
) -> None:
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{stories['riga']}")

    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#ticket-head")).to_contain_text("In progress")
    page.get_by_role("button", name="Give it to me").click()
    expect(page.locator(".in-hand")).to_contain_text(cast.SOFIE.name)
    page.fill("#tag-add", "riga")
    page.keyboard.press("Enter")
    expect(page.locator("#facts .tag")).to_contain_text("riga")
    page.locator("#fold-wait summary").click()
    page.get_by_role("button", name="Put on hold").click()
    expect(page.locator("#ticket-head")).to_contain_text("On hold")


def test_everything_works_without_javascript(sign_in: SignIn, stories: dict[str, TicketId]) -> None:
    page = sign_in(cast.SOFIE, java_script_enabled=False)
    page.goto(f"/console/tickets/{stories['lamp']}")

    page.locator("#composer label", has_text="Internal note").click()
    page.fill("#composer-note", "Written without a script.")
    page.get_by_role("button", name="Keep the note").click()

    expect(page.locator("#toasts")).to_contain_text("Noted.")
    expect(page.locator(".entry[data-look=note]").last).to_contain_text("Written without a script")


def test_the_theme_is_switched_at_once_and_kept(
    sign_in: SignIn, stories: dict[str, TicketId]
) -> None:
    page = sign_in(cast.SOFIE)
    page.locator("#own-menu summary").click()
    with page.expect_response("**/look"):
        page.locator("#own-menu label", has_text="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


PLACES = (
    "/console/",
    "/console/?q=ended",
    "/console/?q=colour:red+nothing",
    "/console/tickets/{lamp}",
    "/console/contacts",
    "/console/mail",
    "/console/operations",
    "/console/nowhere",
)


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1440, "light", "en"), (390, "dark", "ru"), (1440, "dark", "it")],
)
def test_every_page_can_be_read_and_used_by_everybody(
    sign_in: SignIn, stories: dict[str, TicketId], width: int, scheme: str, language: str
) -> None:
    page = sign_in(cast.SOFIE, width=width, color_scheme=scheme, language=language)
    for place in PLACES:
        page.goto(place.format(**stories))
        assert findings(page) == [], place
        if "tickets" in place:
            for fold in page.locator("details.fold summary").all():
                fold.click()
            assert findings(page) == [], f"{place}, unfolded"
    out = sign_in(None, width=width, color_scheme=scheme, language=language)
    out.goto("/sign-in")
    assert findings(out) == []


@pytest.mark.parametrize("width", [320, 720])
def test_nothing_is_cut_off_on_a_small_screen_or_at_two_hundred_percent(
    sign_in: SignIn, stories: dict[str, TicketId], width: int
) -> None:
    """720 px is a 1440 px window zoomed to 200 %; 320 px is 1280 px at 400 %."""
    page = sign_in(cast.SOFIE, width=width)
    for place in PLACES:
        page.goto(place.format(**stories))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place


def test_the_keyboard_reaches_the_first_request_and_the_focus_is_seen(
    sign_in: SignIn, stories: dict[str, TicketId]
) -> None:
    page = sign_in(cast.SOFIE)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    page.locator(".waiting-ticket__name").first.focus()
    outline = page.locator(".waiting-ticket").first.evaluate(
        "row => getComputedStyle(row).outlineStyle"
    )
    page.keyboard.press("Enter")

    expect(page.locator("#composer")).to_be_visible()
    assert outline != "none"


def test_the_ticket_page_weighs_little(sign_in: SignIn, stories: dict[str, TicketId]) -> None:
    """150 kB on the first visit, 30 kB on the next, nothing from elsewhere."""
    page = sign_in(None)
    weights: list[int] = []
    elsewhere: list[str] = []

    def weigh(response: object) -> None:
        url = response.url  # type: ignore[attr-defined]
        if "127.0.0.1" not in url:
            elsewhere.append(url)
        if "/live" not in url:
            weights.append(response.request.sizes()["responseBodySize"])  # type: ignore[attr-defined]

    page = sign_in(cast.SOFIE)
    page.context.clear_cookies(name="nothing")
    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto(f"/console/tickets/{stories['lamp']}", wait_until="load")
    page.wait_for_timeout(300)
    first = sum(weights)
    weights.clear()
    page.goto(f"/console/tickets/{stories['lamp']}", wait_until="load")
    page.wait_for_timeout(300)

    assert elsewhere == []
    assert first <= 150_000
    assert sum(weights) <= 30_000
