"""An agent writes a request down: who it is, what may be the same, and at once a number."""

import pytest

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.console.opening.named import named_in
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.queries import links_of, messages_of, participants_of
from unbroken.directory import actions as directory
from unbroken.directory import queries as cards
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.outage import actions

WHERE = "/console/new"


def newest() -> TroubleTicket:
    """The request that was written down last."""
    return TroubleTicket.objects.order_by("-id")[0]


def test_a_caller_is_found_and_gets_a_number_at_once(desk: Desk) -> None:
    client, customer = desk.client(SOFIE), desk.customers["Anneke de Wit"]

    found = client.post(WHERE, {"find": "Anneke", "look": "1"}).content.decode()
    assert f'name="who" value="{customer}..' in found
    sent = {
        "who": f"{customer}..",
        "contact": desk.contacts["Anneke de Wit"],
        "words": "The lamp is dark.\nSince two days.",
        "channel": "phone",
        "keeps": "1",
        "form": "a1",
    }
    answer = client.post(WHERE, sent, follow=True)

    ticket = newest()
    assert f"It is request {ticket.id}." in answer.content.decode()
    assert (ticket.name, ticket.channel) == ("The lamp is dark.", "phone")
    assert (ticket.customer_id, ticket.assignee_id) == (customer, desk.agents[SOFIE])
    (said,) = messages_of(ticket.id)
    assert (said.direction, said.audience) == ("in", "customer")
    assert said.author == f"contact:{desk.contacts['Anneke de Wit']}"


def test_the_same_form_sent_twice_is_one_request(desk: Desk) -> None:
    client = desk.client(SOFIE)
    sent = {"caller": "Eve", "words": "Hello?", "form": "b2"}

    first, again = client.post(WHERE, sent), client.post(WHERE, sent)

    assert first["Location"] == again["Location"]


def test_a_caller_nobody_knows_is_entered_and_waits_to_be_confirmed(desk: Desk) -> None:
    desk.client(SOFIE).post(
        WHERE, {"caller": "Eve Stone", "phone": "+49 30 123456", "words": "No tone."}
    )

    ticket = newest()
    card = cards.contact(ticket.contact_id or 0)  # type: ignore[arg-type]
    assert card is not None
    assert (card.name, card.confirmed, ticket.customer_id) == ("Eve Stone", False, None)
    assert [one.role for one in participants_of(ticket.id)] == ["reporter"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"caller": "Eve"}, "Write down what they said"),
        ({"words": "Hello?"}, "Say who it is"),
        ({"caller": "Eve", "words": "x", "email": "no address"}, "This is no e-mail address"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    desk: Desk, sent: dict[str, str], why: str
) -> None:
    answer = desk.client(SOFIE).post(WHERE, sent)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert all(value in answer.content.decode() for value in sent.values())


def test_open_requests_of_the_customer_stand_beside_and_take_the_words(desk: Desk) -> None:
    lamp = desk.asks("Anneke de Wit", "lamp")
    hidden = desk.asks("Anneke de Wit", "invoice", team="billing")
    client, who = desk.client(SOFIE), f"{desk.customers['Anneke de Wit']}.."

    page = client.post(WHERE, {"who": who, "look": "1"}).content.decode()
    assert f'name="into" value="{lamp}" data-alt="1"' in page
    assert str(hidden) not in page
    client.post(WHERE, {"who": who, "words": "It is still dark.", "into": lamp})

    assert newest().id == hidden
    assert [one.words for one in messages_of(lamp)][-1] == "It is still dark."


def test_words_never_join_the_request_of_another_customer(desk: Desk) -> None:
    """The accident: the neighbour's request is open in the other window."""
    cable = desk.asks("Bram Visser", "cable")
    client, who = desk.client(SOFIE), f"{desk.customers['Anneke de Wit']}.."

    refused = client.post(WHERE, {"who": who, "words": "My lamp.", "into": cable})
    assert refused.status_code == 422
    client.post(WHERE, {"who": who, "words": "My lamp.", "link": cable})

    assert len(messages_of(cable)) == 1
    assert [(one.other, one.relation) for one in links_of(newest().id)] == [(cable, "related")]


def test_a_request_at_the_same_place_is_offered_to_be_linked(desk: Desk) -> None:
    at, street = (
        now(),
        directory.register_place(name="Mill Lane", by=HOUSE, at=now()),
    )
    services = [
        directory.register_service(
            customer_id=desk.customers[who], place_id=street, by=HOUSE, at=at
        )
        for who in ("Anneke de Wit", "Bram Visser")
    ]
    cable = desk.asks("Bram Visser", "cable", service_id=services[1])
    hidden = desk.asks("Bram Visser", "bill", service_id=services[1], team="billing")

    page = desk.client(SOFIE).post(
        WHERE, {"who": f"{desk.customers['Anneke de Wit']}..", "look": "1"}
    )

    assert f'name="link" value="{cable}"' in page.content.decode()
    assert str(hidden) not in page.content.decode()


def test_a_service_of_another_customer_is_not_taken(desk: Desk) -> None:
    """The attack: a forged form names the neighbour's service."""
    theirs = directory.register_service(
        customer_id=desk.customers["Bram Visser"], by=HOUSE, at=now()
    )
    desk.client(VERA).post(
        WHERE,
        {"who": f"{desk.customers['Anneke de Wit']}..", "service": theirs, "words": "Mine."},
    )

    assert newest().service_id is None


def test_whom_and_what_the_words_name_is_offered_and_nothing_is_chosen_by_itself(
    desk: Desk,
) -> None:
    """Accident: the caller says who they are and where, and the agent searches for it again."""
    at, street = now(), directory.register_place(name="Садовая улица", by=HOUSE, at=now())
    bram = desk.customers["Bram Visser"]
    lines = [
        directory.register_service(
            customer_id=bram, place_id=street, key=f"NC-{one}", by=HOUSE, at=at
        )
        for one in (4711, 4712)
    ]
    drain()
    problem = actions.open_problem(
        element="cable-44", origin="agent", severity="major", since=at,
        services={lines[0]: at}, by=HOUSE, at=at,
    )  # fmt: skip
    client, known = desk.client(SOFIE), f"Problem {problem}: cable-44"

    by_key, by_street, chosen, other = (
        client.post(WHERE, {**sent, "look": "1"}).content.decode()
        for sent in (
            {"words": "Circuit NC-4712 is dark since 20:30."},
            {"words": "На Садовой улице нет интернета."},
            {"who": f"{bram}..{lines[0]}", "words": "No sync."},
            {"words": "Our bill of 20 is wrong."},
        )
    )

    assert [f'name="who" value="{bram}..{lines[1]}"' in one for one in (by_key, other)] == [1, 0]
    assert "Named in the words:" in by_key
    assert [known in one for one in (by_street, chosen, other)] == [True, True, False]


def test_what_is_said_is_taken_apart_into_names() -> None:
    """Accident: a time or a speed is taken for a customer's number."""
    said = "This is Henk de Vries, Lindenstrasse 12a, 0451 / 555-01 23. Slow since 20h, 2mbit."

    assert named_in(said) == ("0451 / 555-01 23", "Lindenstrasse 12a", "Henk de Vries")
    assert named_in("Mail to henk@adler.example, c-81") == ("henk@adler.example", "c-81")
    assert named_in("the lamp is dark") == ()
