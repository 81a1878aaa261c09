"""An order above what a person may order waits for somebody of their company."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.people import browser, contact, customer, form, number_in, reader_of, text_of
from tests.scenery import scene
from unbroken.conversation import actions as record
from unbroken.conversation import queries
from unbroken.conversation.actions.approve import LASTS, REMIND_AFTER
from unbroken.conversation.incoming import Incoming
from unbroken.conversation.loops import tend_approvals
from unbroken.directory import actions as directory
from unbroken.directory.cards import Rights
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain

pytestmark = pytest.mark.django_db

Mails = Callable[[], list[dict[str, Any]]]
BOSS, INES, EVE = "boss@shop.example", "ines@shop.example", "eve@rival.example"


@dataclass
class Shop:
    """Ines may order up to 50 a month; the boss approves; Eve approves at a rival."""

    shop: CustomerId
    boss: ContactId
    ines: ContactId


@scene
def shop() -> Shop:
    """A company with somebody who orders and somebody who approves, and a rival."""
    owner, rival = customer("Shop", "company"), customer("Rival", "company")
    boss, ines = contact("Boss", BOSS, owner), contact("Ines", INES, owner)
    rights = {
        boss: Rights(approves=True),
        ines: Rights(order_limit=Decimal(50)),
        contact("Eve", EVE, rival): Rights(approves=True, manages=True),
    }
    for who, what in rights.items():
        directory.set_rights(contact_id=who, rights=what, by=HOUSE, at=now())
    record.set_topic(
        key="new-line", names={"en": "A new line"}, ticket_type="order", by=HOUSE, at=now()
    )
    return Shop(owner, boss, ines)


def orders(amount: str = "80") -> int:
    """Ines orders a line; the number."""
    fields = form(topic="new-line", words="A line for the new shop.", amount=amount)
    answer = reader_of(INES).post("/ask", fields)
    assert answer.status_code == 303, text_of(answer)
    return number_in(answer.headers["Location"])


def links(mails: list[dict[str, Any]], to: str) -> list[str]:
    """The links to decide that went to an address."""
    return [
        found[0]
        for mail in mails
        if mail["to"][1] == to and (found := re.search(r"/approve/\S+", mail["words"]))
    ]


def stands(ticket: int) -> tuple[str, str]:
    facts = queries.ticket_facts(ticket)
    assert facts is not None
    return facts.status, facts.waiting_for


def happened(ticket: int) -> list[str]:
    return [event.kind.removeprefix("ticket.") for event in events_of([f"ticket:{ticket}"])]


def test_an_order_above_the_limit_waits_and_is_approved_by_a_button(
    shop: Shop, mails: Mails
) -> None:
    """Attack: a mail scanner follows the link."""
    ticket = orders()
    drain()
    (link,) = links(mails(), BOSS)
    boss = browser()

    page = boss.get(link)
    assert "A line for the new shop." in text_of(page)
    assert stands(ticket) == ("pending", "approval")
    boss.post(link, {"decision": "approve", "words": "Go ahead."})
    drain()

    assert stands(ticket) == ("inProgress", "")
    told = [kind for kind in happened(ticket) if "approv" in kind or kind == "resumed"]
    assert told == ["approval_asked", "approved", "resumed"]
    assert any("Go ahead." in mail["words"] for mail in mails() if mail["to"][1] == INES)
    again = boss.post(link, {"decision": "decline"})
    assert again.status_code == 422
    assert stands(ticket) == ("inProgress", "")


def test_what_the_customer_types_spares_no_approval(shop: Shop, mails: Mails) -> None:
    """Attack: whoever may order for 50 a month orders a rack and writes that it costs 49.90."""
    ticket = orders("49,90")
    drain()

    assert stands(ticket) == ("pending", "approval")
    (asked,) = [mail for mail in mails() if mail["to"][1] == BOSS]
    assert "As they wrote, it may cost up to 49.90 a month." in asked["words"]


def test_a_declined_order_is_withdrawn_and_a_word_meanwhile_does_not_slip_past(shop: Shop) -> None:
    """Attack: whoever ordered writes on the request, so that it looks answered."""
    ticket = orders()
    author = Actor.contact(shop.ines)
    said = Incoming(author=author, channel="web", words="Please hurry.", at=now())
    record.add_message(ticket_id=queries.surviving(ticket), said=said, by=author, at=now())
    assert stands(ticket) == ("pending", "approval")
    approval = queries.approval_of(ticket)
    assert approval is not None

    reader_of(BOSS).post(f"/approvals/{approval.id}", {"decision": "decline"})

    assert stands(ticket)[0] == "cancelled"
    assert "declined" in happened(ticket)


def test_only_those_who_approve_at_this_company_decide(shop: Shop, mails: Mails) -> None:
    """Attack: the one who ordered, a rival's approver, and a boss who approves no more."""
    ticket = orders()
    drain()
    (link,) = links(mails(), BOSS)
    approval = queries.approval_of(ticket)
    assert approval is not None
    yes = {"decision": "approve"}

    for who in (reader_of(INES), reader_of(EVE), browser()):
        assert who.post(f"/approvals/{approval.id}", yes).status_code == 404
    assert browser().post(f"{link[:-4]}AAAA", yes).status_code == 404
    contact_id = directory.register_contact(
        name="New boss", email="new@shop.example", customer_id=shop.shop, by=HOUSE, at=now()
    )
    new = Rights(approves=True)
    directory.set_rights(contact_id=contact_id, rights=new, by=HOUSE, at=now())
    directory.set_rights(contact_id=shop.boss, rights=Rights(), by=HOUSE, at=now())

    assert browser().post(link, yes).status_code == 404
    assert stands(ticket) == ("pending", "approval")


def test_a_reminder_goes_once_and_what_nobody_decides_lapses(
    shop: Shop, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, began = orders(), now()
    drain()
    for later in (REMIND_AFTER, REMIND_AFTER + timedelta(hours=1), LASTS):
        monkeypatch.setattr("unbroken.conversation.loops.now", lambda later=later: began + later)
        tend_approvals()
        drain()

    assert len(links(mails(), BOSS)) == 2
    assert happened(ticket).count("approval_reminded") == 1
    assert stands(ticket)[0] == "cancelled"
    assert browser().post(links(mails(), BOSS)[0], {"decision": "approve"}).status_code == 422


def test_the_first_page_asks_once_for_all_orders_that_wait(shop: Shop) -> None:
    """Accident: every order that waits made the boss's first page ask the database once more."""
    boss = reader_of(BOSS)
    counts = []
    for _round in range(2):
        orders()
        boss.get("/")
        with CaptureQueriesContext(connection) as caught:
            page = text_of(boss.get("/"))
        counts.append(len(caught))

    assert "2 orders wait for your approval" in page
    assert counts[0] == counts[1]
