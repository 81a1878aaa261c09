"""A customer sets their own service, sees the sum without our wages, and asks for it."""

from tests.portal.people import browser, contact, customer, form, reader_of, text_of
from unbroken.conversation import queries as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.actions import plant_agreements
from unbroken.promise.pricing import set_costs

PAGE = "/service-level"
SET = {"sent": "yes", "cover": "1", "first_answer": "6", "channel": "phone", "named": "yes"}


def let_them_reckon() -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    contact("Bram", "bram@shop.example", customer("Shop", "company"))
    set_costs(values={"portal": 1}, currency="EUR", by=HOUSE, at=now())


def test_a_customer_asks_for_what_they_set_once_and_sales_gets_the_address(db: None) -> None:
    let_them_reckon()
    bram = reader_of("bram@shop.example")

    shown = text_of(bram.get(PAGE, SET))
    sent = form(**SET)
    first = bram.post(f"{PAGE}/order", sent)
    again = bram.post(f"{PAGE}/order", sent)

    assert "2 h" in shown
    assert "Ask for this at" in shown
    assert first["Location"] == again["Location"]
    number = int(first["Location"].rsplit("/", 1)[1])
    ticket = record.ticket_facts(number)
    assert ticket is not None
    assert ticket.ticket_type == "order"
    words = [one.words or "" for one in record.messages_of(number)]
    assert "First answer: 2 h" in words[0]
    assert "/console/admin/prices?sent=yes" in words[1]
    assert len(words) == 2
    assert "/console/" not in text_of(bram.get(f"/requests/{number}"))


def test_no_wage_and_no_margin_of_ours_reaches_a_customer(db: None) -> None:
    let_them_reckon()

    shown = text_of(reader_of("bram@shop.example").get(PAGE, SET))

    assert "People by day" in shown
    for secret in ("Margin", "An hour of an agent", "Cost of such an hour", "28.00"):
        assert secret not in shown


def test_nobody_reckons_before_the_operator_lets_them(db: None) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    contact("Bram", "bram@shop.example", customer("Shop", "company"))

    assert reader_of("bram@shop.example").get(PAGE).status_code == 404
    assert browser().get(PAGE).status_code == 404


def test_a_customer_does_not_say_what_their_services_cost(db: None) -> None:
    """Attack: a fee of nothing makes every credit cheap, a fee of a million a gift."""
    let_them_reckon()
    bram = reader_of("bram@shop.example")

    plain = text_of(bram.get(PAGE, {**SET, "credits": "6"}))
    forged = text_of(bram.get(PAGE, {**SET, "credits": "6", "fee": "0", "services": "900"}))

    assert plain == forged
