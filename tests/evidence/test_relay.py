"""The line is judged before a request reaches a queue; nobody waits for the look."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.evidence.test_named_case import hand_in
from town.network import named
from unbroken.conversation import actions as record
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries.looked import finding_of
from unbroken.directory.queries import contacts_of, services_by_any_key
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain

pytestmark = pytest.mark.django_db


def test_a_request_of_a_line_has_its_verdict_before_it_has_a_queue(tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = asked(named.SERVICE)

    drain()

    found = finding_of(ticket)
    assert found is not None
    assert (found.cause, found.element) == ("line_unstable", "line-1")
    assert found.certainty > 0.8
    stages = ["ticket.acknowledged", "ticket.looked", "ticket.matched", "ticket.queued"]
    assert kinds_of(ticket)[:4] == stages


def test_a_request_without_a_service_waits_for_no_look(tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = asked(None)

    drain()

    assert "ticket.looked" not in kinds_of(ticket)
    assert "ticket.queued" in kinds_of(ticket)


def test_after_a_second_it_goes_on_without_and_a_late_look_is_noted_still(tmp_path: Path) -> None:
    hand_in(tmp_path)
    ticket = asked(named.SERVICE)
    late = LineLookedAt(cause="line_unstable", certainty=0.9)

    record.note_looked(ticket_id=ticket, found=LineLookedAt(skipped=True), by=HOUSE, at=now())
    record.note_looked(ticket_id=ticket, found=late, by=HOUSE, at=now())
    record.note_looked(ticket_id=ticket, found=late, by=HOUSE, at=now())
    record.note_looked(ticket_id=ticket, found=LineLookedAt(skipped=True), by=HOUSE, at=now())
    drain()

    assert kinds_of(ticket).count("ticket.looked") == 2
    assert kinds_of(ticket).count("ticket.queued") == 1


def asked(service: str | None, words: str = named.CLAIM) -> TicketId:
    """Oleg writes a mail."""
    (card,) = services_by_any_key(named.SERVICE)
    (contact,) = contacts_of(card.customer_id)
    opening = Opening(
        name="Обрывы", channel="mail", reported_at=now(), ticket_type="incident", language="ru",
        contact_id=contact.id, contact_confirmed=True, customer_id=card.customer_id,
        service_id=card.id if service else None,
    )  # fmt: skip
    said = Incoming(words=words, author=Actor("contact", str(contact.id)), channel="mail", at=now())
    ticket, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=now())
    return ticket


def kinds_of(ticket: TicketId) -> list[str]:
    return [one.kind for one in events_of([f"ticket:{ticket}"])]
