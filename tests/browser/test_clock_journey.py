"""One request through every pause, a reopening, another priority and agreement, breach and credit.

Each due time is explained on the page to the second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage, findings
from town import cast
from unbroken.console.clocks.drawing import Exact
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.ground.words import speaking
from unbroken.promise import actions, credits
from unbroken.promise.book import Aim

HOUR = 3600
PAUSED = timedelta(hours=7, minutes=15, seconds=37)
"""All that did not count: customer 1:30, partner 1:15:07, appointment 1:00, date 0:30, force
majeure 1:00:30, and two hours in which it had ended."""


@dataclass(frozen=True)
class Lived:
    """What happened: the request, and when it began."""

    ticket: int
    begins: datetime


def agreed(high: float, *, at: datetime) -> None:
    aim = Aim("time_to_resolve", "", {"moderate": 16 * HOUR, "high": int(high * HOUR)}, 0.75)
    actions.set_agreement(
        key="journey", name="Journey", calendar="round-the-clock", objectives=[aim], by=HOUSE, at=at
    )


def live() -> Lived:
    """Three days ago, in fifteen hours."""
    begins = (now() - timedelta(days=3)).replace(microsecond=0)

    def after(hours: int, minutes: int = 0, seconds: int = 0) -> datetime:
        at = begins + timedelta(hours=hours, minutes=minutes, seconds=seconds)
        drain(at=at)
        return at

    ticket, contact = _reports(begins)
    told: dict[str, Any] = {"ticket_id": ticket, "by": HOUSE}
    record.ask_customer(**told, at=after(1))
    record.add_message(
        ticket_id=ticket, by=contact, at=after(2, 30),
        said=Incoming(author=contact, channel="mail", words="The lower one.", at=after(2, 30)),
    )  # fmt: skip
    for reason, since, until in (
        ("partner", (3,), (4, 15, 7)),
        ("appointment", (5,), (6,)),
        ("date", (7,), (7, 30)),
        ("force_majeure", (8,), (9, 0, 30)),
    ):
        record.hold_ticket(**told, waiting_for=reason, at=after(*since))
        record.resume_ticket(**told, at=after(*until))
    record.resolve_ticket(**told, at=after(10))
    record.reopen_ticket(**told, at=after(12))
    record.classify_ticket(**told, impact="high", urgency="medium", at=after(13))
    agreed(7, at=after(14))
    actions.ring(at=after(14, 20))
    record.resolve_ticket(**told, at=after(15))
    after(16)
    return Lived(int(ticket), begins)


def _reports(at: datetime) -> tuple[TicketId, Actor]:
    """Somebody new, under an agreement of their own, with five euros for a miss."""
    agreed(8, at=at)
    credits.set_consequence(
        agreement="journey", measure="time_to_resolve", kind="fixed_credit",
        settings={"amount": "5", "currency": "EUR"}, by=HOUSE, at=at,
    )  # fmt: skip
    customer = directory.register_customer(
        name="Jo Reisma", kind="household", language="en", timezone="UTC", by=HOUSE, at=at
    )
    contact = directory.register_contact(
        name="Jo Reisma", email="jo@home.example", customer_id=customer, by=HOUSE, at=at
    )
    service = directory.register_service(customer_id=customer, agreement="journey", by=HOUSE, at=at)
    who = Actor.contact(contact)
    opening = Opening(
        name="Two lamps", channel="mail", reported_at=at, contact_id=contact,
        contact_confirmed=True, customer_id=customer, service_id=service,
    )  # fmt: skip
    said = Incoming(author=who, channel="mail", words="Two lamps are dark.", at=at)
    ticket, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=at)
    drain(at=at)
    return ticket, who


def test_every_due_time_of_a_long_story_is_explained_to_the_second(
    sign_in: Callable[..., Page], backstage: Backstage
) -> None:
    lived: Lived = backstage.do(live)
    page = sign_in(cast.SOFIE)
    page.goto(f"/console/tickets/{lived.ticket}")
    expect(page.locator("#facts")).to_contain_text("Credited: 5.00 EUR")
    page.get_by_role("link", name="Why it is due then").click()
    walk = page.locator("section", has=page.get_by_role("heading", name="Time to resolve"))

    def shown(after: timedelta) -> str:
        with speaking("en"):
            return Exact(cast.SOFIE.timezone).time(lived.begins + after)

    expect(walk).to_contain_text(f"due {shown(timedelta(hours=7) + PAUSED)}")
    counted = walk.locator("tr[data-kind=counts] td:nth-child(4)")
    expect(counted).to_have_text(
        ["1 h", "30 min", "44 min 53 s", "1 h", "30 min", "59 min 30 s", "2 h 15 min 37 s"]
    )
    expect(walk.locator("tr[data-kind=counts] td:nth-child(5)").last).to_have_text("7 h")
    expect(walk.locator("tr[data-kind=late] td:nth-child(4)")).to_have_text("44 min 23 s")
    for reason in (
        "We waited for the customer", "We waited for a partner", "We waited for an appointment",
        "We waited for a date", "Force majeure", "It had ended, nothing was owed",
    ):  # fmt: skip
        expect(walk.locator("tr[data-kind=waits]", has_text=reason)).to_have_count(1)
    expect(walk).to_contain_text(f"16 h for Moderate, Request, due {shown(_due(16))}")
    expect(walk).to_contain_text(f"8 h for High, Request, due {shown(_due(8))}")
    expect(page.locator("section", has_text="Missed, and what follows").last).to_contain_text(
        "5.00 EUR"
    )
    assert findings(page) == []


def _due(hours: int) -> timedelta:
    """With every pause there was by then."""
    return timedelta(hours=hours) + PAUSED
