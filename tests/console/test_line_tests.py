"""A line is tested from its request, by an agent or by its customer; nobody else's is."""

from tests.console.desk import SOFIE, Desk
from tests.portal.people import browser
from unbroken.conversation.actions import classify_ticket, join_ticket
from unbroken.conversation.ids import TicketId
from unbroken.directory.actions import register_service
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.evidence.models import ServiceTest
from unbroken.evidence.testing import run_test
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now


def slow(desk: Desk) -> TicketId:
    """Anneke says that it is slow; the request names her line."""
    desk.known("Anneke de Wit", "anneke@home.example")
    ticket = desk.asks("Anneke de Wit", "Slow", "Everything is slow.")
    customer = CustomerId(desk.customers["Anneke de Wit"])
    service = register_service(customer_id=customer, technology="vdsl", by=HOUSE, at=now())
    classify_ticket(ticket_id=ticket, service_id=service, by=HOUSE, at=now())
    return ticket


def test_an_agent_asks_for_a_test_and_reads_what_it_found(desk: Desk) -> None:
    ticket = slow(desk)
    client, address = desk.client(SOFIE), f"/console/tickets/{ticket}/tests"

    client.post(address, {"way": "yes"})
    again = client.post(address, headers={"HX-Request": "true"}).content.decode()
    test = ServiceTest.objects.get()
    run_test(test.pk)
    page = client.get(address).content.decode()

    assert "A test is running" in again
    assert (test.asked_by, test.with_trace) == ("agent", True)
    assert "no session is open" in page
    assert "no session is open" in client.get(f"/console/tickets/{ticket}/line").content.decode()


def test_a_customer_tests_their_own_connection_and_reads_one_sentence(desk: Desk) -> None:
    ticket = slow(desk)
    anneke = browser(ContactId(desk.contacts["Anneke de Wit"]), ticket)

    anneke.post(f"/requests/{ticket}/test")
    waiting = anneke.get(f"/requests/{ticket}").content.decode()
    run_test(ServiceTest.objects.get().pk)
    page = anneke.get(f"/requests/{ticket}").content.decode()

    assert "This takes a few seconds" in waiting
    assert "your connection is not up at this moment" in page


def test_whoever_merely_takes_part_does_not_test_anothers_line(desk: Desk) -> None:
    """Attack: Bram was copied in on Anneke's request, and wants to know when she is at home."""
    ticket = slow(desk)
    desk.known("Bram Bakker", "bram@home.example")
    bram_id = ContactId(desk.contacts["Bram Bakker"])
    join_ticket(ticket_id=ticket, contact_id=bram_id, role="cc", confirmed=True, by=HOUSE, at=now())
    bram = browser(bram_id, ticket)

    page = bram.get(f"/requests/{ticket}").content.decode()
    bram.post(f"/requests/{ticket}/test")

    assert "Everything is slow." in page
    assert "Test my connection" not in page
    assert not ServiceTest.objects.exists()
