"""A person who asks to be forgotten leaves no name and no address in the card index."""

import pytest

from tests.directory.people import MONDAY, contact, customer
from unbroken.directory import queries
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.writers import erase

pytestmark = pytest.mark.django_db


def test_an_erased_household_has_no_name_and_matches_nobody() -> None:
    home = customer("Anneke de Wit")
    anneke = contact("Anneke de Wit", "anneke@home.example", customer_id=home)

    erase(Actor.contact(anneke), "asked for it", at=MONDAY, by=HOUSE)

    card = queries.contact(anneke)
    assert card is not None
    assert (card.name, card.customer_name, card.email) == ("", "", "")
    assert queries.contacts_at("email", "anneke@home.example") == ()


def test_erasing_one_of_a_company_leaves_the_company_and_the_colleagues() -> None:
    shop = customer("Bram's shop", kind="company")
    bram = contact("Bram", "bram@shop.example", customer_id=shop)
    ada = contact("Ada", "ada@shop.example", customer_id=shop)

    erase(Actor.contact(bram), "asked for it", at=MONDAY, by=HOUSE)

    card = queries.contact(ada)
    assert card is not None
    assert (card.name, card.customer_name) == ("Ada", "Bram's shop")
