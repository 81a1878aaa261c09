"""On the ticket: what its line shows, and the stop before an answer that the records contradict."""

from datetime import timedelta
from pathlib import Path

from tests.console.desk import SOFIE, Desk
from tests.evidence.test_named_case import hand_in
from town.network import named
from unbroken.conversation import queries as record
from unbroken.conversation.actions import classify_ticket
from unbroken.conversation.ids import TicketId
from unbroken.directory.queries import contacts_of, services_by_any_key
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

STOCK = "Здравствуйте! Сеанс сбрасывается раз в 24 часа, это планово."


def test_the_stock_answer_is_stopped_shown_why_and_sent_only_with_a_reason(
    desk: Desk, tmp_path: Path
) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    client, address = desk.client(SOFIE), f"/console/tickets/{ticket}"
    answer = {"mode": "reply", "words": STOCK}

    stopped = client.post(f"{address}/messages", answer)

    page = stopped.content.decode()
    assert stopped.status_code == 422
    assert "The records say otherwise" in page
    assert "The line loses sync" in page
    assert STOCK in page
    assert _sent(ticket) == []

    client.post(f"{address}/messages", answer | {"reason": "He asked about the reset only."})

    assert [one.words for one in _sent(ticket)] == [STOCK]
    notes = [one.words for one in record.messages_of(ticket) if one.kind == "note"]
    assert any("He asked about the reset only." in (one or "") for one in notes)


def test_an_answer_that_agrees_with_the_records_is_not_stopped(desk: Desk, tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    client = desk.client(SOFIE)

    client.post(
        f"/console/tickets/{ticket}/messages",
        {"mode": "reply", "words": "Your line loses sync; a colleague measures it tomorrow."},
    )
    page = client.get(f"/console/tickets/{ticket}/line").content.decode()

    assert len(_sent(ticket)) == 1
    assert "The line loses sync" in page
    assert "Speaks against it" in page


def _asked(desk: Desk) -> TicketId:
    """Oleg writes; the mail names his service."""
    (service,) = services_by_any_key(named.SERVICE)
    (contact,) = contacts_of(service.customer_id)
    desk.customers["Oleg Sidorov"] = service.customer_id
    desk.contacts["Oleg Sidorov"] = contact.id
    ticket = desk.asks("Oleg Sidorov", "Обрывы", named.CLAIM)
    classify_ticket(ticket_id=ticket, service_id=service.id, by=HOUSE, at=now())
    return ticket


def _sent(ticket: TicketId) -> list[record.MessageRow]:
    return [one for one in record.messages_of(ticket, for_customer=True) if one.direction == "out"]
