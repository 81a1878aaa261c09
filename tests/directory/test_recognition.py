"""Somebody is recognised by the address alone, and rather not at all than wrongly."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.directory.people import MONDAY, contact, customer
from unbroken.directory import actions, queries
from unbroken.directory.ids import ContactId
from unbroken.directory.models import Contact
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of

pytestmark = pytest.mark.django_db

AGENT = Actor.agent(1)


def test_a_known_sender_is_recognised_however_the_address_is_written() -> None:
    anneke = contact("Anneke de Wit", "anneke@home.example", customer_id=customer("Anneke"))

    found = queries.who_writes("email", "ANNEKE@home.Example")

    assert found is not None
    assert found.id == anneke
    assert found.confirmed


def test_a_stranger_with_a_customers_display_name_is_a_stranger() -> None:
    """Attack: "Anneke de Wit" <eve@elsewhere.example> asks what Anneke's tickets say."""
    contact("Anneke de Wit", "anneke@home.example", customer_id=customer("Anneke"))

    stranger = contact("Anneke de Wit", "eve@elsewhere.example")

    card = queries.contact(stranger)
    assert card is not None
    assert card.customer_id is None
    assert not card.confirmed
    assert queries.who_writes("email", "eve@elsewhere.example", name="Anneke de Wit") == card


def test_a_strangers_second_mail_is_the_same_contact() -> None:
    first = contact("", "eve@elsewhere.example")

    assert contact("Eve", "Eve@Elsewhere.example") == first


def test_an_address_shared_by_two_customers_names_neither() -> None:
    """Accident: the accountant's address stands in the cards of two companies."""
    contact("Bram", "books@office.example", customer_id=customer("Bram's shop", kind="company"))
    contact("Café", "books@office.example", customer_id=customer("Café", kind="company"))

    assert len(queries.contacts_at("email", "books@office.example")) == 2
    assert queries.who_writes("email", "books@office.example", name="Bram") is None

    waiting = contact("Bram", "books@office.example")
    card = queries.contact(waiting)
    assert card is not None
    assert card.customer_id is None
    assert contact("Bram", "books@office.example") == waiting


def test_colleagues_who_share_an_address_are_told_apart_by_name() -> None:
    shop = customer("Bram's shop", kind="company")
    bram = contact("Bram", "info@shop.example", customer_id=shop)
    ada = contact("Ada", "info@shop.example", customer_id=shop)

    names = {"Bram": bram, "ada": ada, "": bram, "Somebody": bram}

    for name, expected in names.items():
        found = queries.who_writes("email", "info@shop.example", name=name)
        assert found is not None
        assert found.id == expected


def test_who_types_a_customers_address_into_a_form_is_not_the_customer() -> None:
    """Attack: Eve fills in the web form with Anneke's address, or Bram's telephone."""
    anneke = contact("Anneke", "anneke@home.example", customer_id=customer("Anneke"))
    carol = contact("Carol", "carol@home.example")

    eve = contact("Anneke", "anneke@home.example")
    other = actions.register_contact(
        email="eve@elsewhere.example",
        addresses=[("email", "carol@home.example")],
        by=HOUSE,
        at=MONDAY,
    )

    assert len({anneke, carol, eve, other}) == 4
    found = queries.who_writes("email", "anneke@home.example")
    assert found is not None
    assert found.id == anneke


def test_an_address_that_was_taken_off_is_a_strangers() -> None:
    """Accident: the mailbox was given up and somebody else has it now."""
    anneke = contact("Anneke", "anneke@home.example", customer_id=customer("Anneke"))
    actions.take_off_address(
        contact_id=anneke, kind="email", address="anneke@home.example", by=AGENT, at=MONDAY
    )

    assert queries.who_writes("email", "anneke@home.example") is None


def test_an_unreadable_address_matches_nobody_not_even_itself() -> None:
    first = contact("?", "not an address")

    assert queries.contacts_at("email", "not an address") == ()
    assert contact("?", "not an address") != first


def test_an_agent_confirms_whose_contact_it_is() -> None:
    stranger = contact("Anneke", "anneke@work.example")
    home = customer("Anneke", language="it")

    actions.confirm_contact(contact_id=stranger, customer_id=home, by=AGENT, at=MONDAY)

    found = queries.who_writes("email", "anneke@work.example")
    assert found is not None
    assert (found.customer_id, found.confirmed, found.language) == (home, True, "it")
    kinds = [event.kind for event in events_of([f"contact:{stranger}"])]
    assert kinds == ["contact.registered", "contact.confirmed"]


def test_a_confirmed_contact_is_not_handed_to_another_customer() -> None:
    anneke = contact("Anneke", "anneke@home.example", customer_id=customer("Anneke"))

    with pytest.raises(Refused, match="another customer"):
        actions.confirm_contact(contact_id=anneke, customer_id=customer("Eve"), by=AGENT, at=MONDAY)


def test_a_dead_address_is_noted_once_and_not_written_to() -> None:
    anneke = contact("Anneke", "anneke@home.example", customer_id=customer("Anneke"))

    def note(state: str) -> bool:
        return actions.note_address_state(
            contact_id=anneke, address="Anneke@home.example", state=state, by=HOUSE, at=MONDAY
        )

    assert [note("dead"), note("dead")] == [True, False]
    card = queries.contact(anneke)
    assert card is not None
    assert card.email == ""


def test_events_about_people_carry_no_name_and_no_address() -> None:
    anneke = contact("Anneke de Wit", "anneke@home.example", customer_id=customer("Anneke"))
    actions.change_contact(contact_id=anneke, name="Anneke Jansen", by=AGENT, at=MONDAY)

    told = str([event.data for event in events_of([f"contact:{anneke}", "customer:1"])])

    assert "nneke" not in told


@pytest.mark.django_db(transaction=True)
def test_two_mails_of_one_stranger_at_the_same_instant_give_one_contact() -> None:
    """Accident: a stranger's mail client sends twice; two loops read at once."""
    ids: list[ContactId] = []
    ready = threading.Barrier(6)

    def one_mail() -> None:
        ready.wait()
        ids.append(contact("Eve", "eve@elsewhere.example"))

    together([one_mail] * 6)

    assert len(ids) == 6
    assert len(set(ids)) == 1
    assert Contact.objects.count() == 1


def together(tasks: list[Callable[[], None]]) -> None:
    """Run each in a thread of its own, with a connection of its own."""

    def run(task: Callable[[], None]) -> None:
        try:
            task()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
