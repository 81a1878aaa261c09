"""What lies in the queues of others is not there: not beside a ticket, not by a link or a form.

Attack, throughout: an agent of the first line wants to know what billing has.
"""

import pytest

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.queries import links_of
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now


@pytest.fixture
def lamp(desk: Desk) -> TicketId:
    return desk.asks("Anneke de Wit", "lamp")


def page(desk: Desk, who: str, ticket: TicketId) -> str:
    """The page of a ticket as somebody sees it."""
    return desk.client(who).get(f"/console/tickets/{ticket}").content.decode()


def test_other_requests_of_the_customer_are_those_the_reader_may_see(
    desk: Desk, lamp: TicketId
) -> None:
    hidden = desk.asks("Anneke de Wit", "my unpaid bill", team="billing")
    ended = desk.asks("Anneke de Wit", "my last bill", team="billing")
    record.resolve_ticket(ticket_id=ended, by=desk.by(VERA), at=now())
    seen = desk.asks("Anneke de Wit", "no sync")

    for_sofie, for_vera = page(desk, SOFIE, lamp), page(desk, VERA, lamp)

    assert f"/console/tickets/{seen}" in for_sofie
    for secret in ("my unpaid bill", "my last bill", str(hidden), str(ended)):
        assert secret not in for_sofie
        assert secret in for_vera


def test_a_link_to_another_queue_is_neither_shown_nor_ended(desk: Desk, lamp: TicketId) -> None:
    hidden = desk.asks("Anneke de Wit", "my unpaid bill", team="routers")
    record.relate_ticket(
        ticket_id=lamp, other_id=hidden, relation="duplicate", by=desk.by(TIMO), at=now()
    )
    link = {"other": hidden, "relation": "duplicate"}

    linked = page(desk, SOFIE, lamp).partition('id="facts"')[2].partition("</aside>")[0]
    answer = desk.client(SOFIE).post(f"/console/tickets/{lamp}/links/end", link)

    assert "my unpaid bill" not in linked
    assert f"/console/tickets/{hidden}" not in linked
    assert answer.status_code == 422
    assert [one.other for one in links_of(lamp)] == [hidden]
    assert f"/console/tickets/{hidden}" in page(desk, TIMO, lamp)


@pytest.mark.parametrize("whose", ["another's", "nobody's"])
def test_a_request_is_never_about_another_customers_service(
    desk: Desk, lamp: TicketId, whose: str
) -> None:
    """Attack: a forged number of a service would show its place and bring its agreement."""
    bram = desk.customers["Bram Visser"]
    service = directory.register_service(
        customer_id=bram, technology="fibre", by=HOUSE, at=ago(days=9)
    )
    number = service if whose == "another's" else 987654
    form = {"name": "lamp", "type": "incident", "impact": "low", "urgency": "low"}

    answer = desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/classification", {**form, "service": number}
    )

    assert answer.status_code == 422
    assert "does not belong to the request" in answer.content.decode()
    assert TroubleTicket.objects.get(pk=lamp).service_id is None


def test_a_request_is_about_a_service_of_its_own_customer(desk: Desk, lamp: TicketId) -> None:
    service = directory.register_service(
        customer_id=desk.customers["Anneke de Wit"], technology="dsl", by=HOUSE, at=ago(days=9)
    )

    desk.client(SOFIE).post(
        f"/console/tickets/{lamp}/classification",
        {"name": "lamp", "type": "incident", "impact": "low", "urgency": "low", "service": service},
    )

    assert TroubleTicket.objects.get(pk=lamp).service_id == service
