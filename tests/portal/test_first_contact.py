"""Whoever asks about trouble that we know hears it at once, and instead of a promised answer."""

from datetime import timedelta

import pytest

from tests.portal.people import ANNEKE, contact, customer, reader_of, text_of
from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import actions as directory
from unbroken.directory import queries as cards
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.intake.receipts import word
from unbroken.outage import actions as outage

pytestmark = pytest.mark.django_db


def test_the_form_and_the_acknowledgement_say_what_we_know_and_promise_nothing_beside_it() -> None:
    at, home = now(), customer("Home")
    anneke = contact("Anneke", ANNEKE, home)
    struck, fine = (
        directory.register_service(customer_id=home, technology="vdsl", by=HOUSE, at=at)
        for _ in range(2)
    )
    problem = outage.open_problem(
        element="cable-44", origin="agent", severity="major", since=at - timedelta(hours=1),
        services={int(struck): at - timedelta(hours=1)}, by=HOUSE, at=at,
    )  # fmt: skip
    outage.take_step(problem_id=problem, step="left", by=HOUSE, at=at)
    outage.promise_news(problem_id=problem, next_at=at + timedelta(hours=1), by=HOUSE, at=at)

    reader = reader_of(ANNEKE)
    form = text_of(reader.get("/ask?topic=other"))
    assert "We know that your service does not work" in form
    assert "The crew is on its way." in form
    assert "cable-44" not in form

    due = at + timedelta(hours=4)
    receipts, thanks = {}, {}
    for service in (struck, fine):
        ticket_id, _message = record.acknowledge_ticket(
            Opening(
                name="No sync", channel="mail", reported_at=at, contact_id=anneke,
                contact_confirmed=True, customer_id=home, service_id=service,
                ticket_type="incident",
            ),
            Incoming(
                author=Actor.contact(anneke), channel="mail", words="Dark.", at=at,
                sender=("Anneke", ANNEKE),
            ),
            by=Actor.contact(anneke), at=at,
        )  # fmt: skip
        ticket, card = conversation.ticket_facts(ticket_id), cards.contact(anneke)
        assert ticket
        assert card
        receipts[service] = word(ticket, card, due_at=due, at=at).words
        thanks[service] = text_of(reader.get(f"/asked/{ticket_id}"))

    assert "We know that your service does not work" in receipts[struck]
    assert "The next news comes by" in receipts[struck]
    assert "A person answers by" not in receipts[struck]
    assert "A person answers by" in receipts[fine]
    assert "The crew is on its way." in thanks[struck]
    assert "A person" not in thanks[struck]
    assert "A person" in thanks[fine]
