"""Unknown senders: confirmed by an agent, never by the desk."""

from django.test import Client

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.log import events_of


def lukas(desk: Desk) -> tuple[ContactId, TicketId]:
    """Somebody new has asked something."""
    contact = desk.stranger("Lukas Pohl", "lukas@elsewhere.example")
    return ContactId(contact), desk.asks("Lukas Pohl", "Is fibre coming?")


def test_a_stranger_is_listed_with_what_they_asked(desk: Desk) -> None:
    contact, ticket = lukas(desk)
    page = desk.client(SOFIE).get("/console/contacts").content.decode()

    assert "lukas@elsewhere.example" in page
    assert f"/console/contacts/{contact}" in page
    assert f"/console/tickets/{ticket}" in page


def test_a_stranger_who_asked_only_other_teams_is_not_there_at_all(desk: Desk) -> None:
    """Attack: reading and deciding, by number, who wrote to a queue one may not see."""
    contact = desk.stranger("Lukas Pohl", "lukas@elsewhere.example")
    ticket = desk.asks("Lukas Pohl", "about my routers", team="routers")
    page, client = f"/console/contacts/{contact}", desk.client(SOFIE)
    whose = {"customer": desk.customers["Anneke de Wit"]}

    listed = client.get("/console/contacts").content.decode()

    assert "Lukas" not in listed
    assert "lukas@" not in listed
    assert str(ticket) not in listed
    assert client.get(page).status_code == 404
    assert client.post(page, whose).status_code == 404
    assert TroubleTicket.objects.get(pk=ticket).customer_id is None
    assert desk.client(TIMO).post(page, whose)["Location"] == f"/console/tickets/{ticket}"


def test_a_stranger_is_listed_with_the_last_request_that_the_reader_may_see(desk: Desk) -> None:
    _contact, ticket = lukas(desk)
    hidden = desk.asks("Lukas Pohl", "about my routers", team="routers")

    page = desk.client(SOFIE).get("/console/contacts").content.decode()

    assert f"/console/tickets/{ticket}" in page
    assert str(hidden) not in page
    assert "about my routers" not in page


def test_whose_somebody_is_holds_for_all_their_requests_but_leads_to_one_that_may_be_seen(
    desk: Desk,
) -> None:
    contact, ticket = lukas(desk)
    hidden = desk.asks("Lukas Pohl", "about my routers", team="routers")

    answer = desk.client(SOFIE).post(
        f"/console/contacts/{contact}", {"customer": desk.customers["Anneke de Wit"]}
    )

    assert answer["Location"] == f"/console/tickets/{ticket}"
    owner = TroubleTicket.objects.get(pk=hidden).customer_id
    assert owner == desk.customers["Anneke de Wit"]
    last = events_of([f"ticket:{hidden}"])[-1]
    assert (last.kind, last.by) == ("ticket.owner_confirmed", f"agent:{desk.agents[SOFIE]}")


def test_a_stranger_turns_out_to_be_a_customer_we_have(desk: Desk) -> None:
    contact, ticket = lukas(desk)
    client = desk.client(SOFIE)
    found = client.get(f"/console/contacts/{contact}?find=anneke").content.decode()

    answer = client.post(
        f"/console/contacts/{contact}", {"customer": desk.customers["Anneke de Wit"]}
    )

    assert "Anneke de Wit" in found
    assert answer["Location"] == f"/console/tickets/{ticket}"
    card = directory.contact(contact)
    assert card is not None
    assert (card.confirmed, card.customer_name) == (True, "Anneke de Wit")
    owner = TroubleTicket.objects.values_list("customer_id", flat=True).get(pk=ticket)
    assert owner == desk.customers["Anneke de Wit"]


def test_a_stranger_becomes_a_new_customer(desk: Desk) -> None:
    contact, ticket = lukas(desk)

    desk.client(SOFIE).post(
        f"/console/contacts/{contact}",
        {"name": "Lukas Pohl", "kind": "household", "language": "it"},
    )

    card = directory.contact(contact)
    assert card is not None
    assert card.customer_id is not None
    customer = directory.customer(card.customer_id)
    assert customer is not None
    assert (customer.name, customer.language) == ("Lukas Pohl", "it")
    assert TroubleTicket.objects.get(pk=ticket).customer_id == customer.id


def test_a_new_customer_needs_a_name_and_an_old_one_must_exist(desk: Desk) -> None:
    contact, _ticket = lukas(desk)
    client = desk.client(SOFIE)

    assert client.post(f"/console/contacts/{contact}", {"name": " "}).status_code == 422
    assert client.post(f"/console/contacts/{contact}", {"customer": 999999}).status_code == 422
    assert client.get("/console/contacts/999999").status_code == 404


def test_someone_who_is_known_cannot_be_given_to_another_customer(desk: Desk) -> None:
    """The accident: two agents confirm one sender, each for another customer."""
    contact, _ticket = lukas(desk)
    client: Client = desk.client(SOFIE)
    client.post(f"/console/contacts/{contact}", {"customer": desk.customers["Anneke de Wit"]})

    answer = client.post(
        f"/console/contacts/{contact}", {"customer": desk.customers["Bram Visser"]}
    )

    assert answer.status_code == 422
    card = directory.contact(contact)
    assert card is not None
    assert card.customer_name == "Anneke de Wit"


def test_a_percent_sign_finds_no_more_than_it_says(desk: Desk) -> None:
    contact, _ticket = lukas(desk)

    page = desk.client(SOFIE).get(f"/console/contacts/{contact}?find=%25_").content.decode()

    assert "No customer is called like that" in page
