"""Somebody manages who sees what of a company: their own, its people, and nothing else."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.portal.people import asks, browser, contact, customer, reader_of, text_of
from tests.scenery import scene
from unbroken.directory import actions as directory
from unbroken.directory import queries
from unbroken.directory.cards import Rights
from unbroken.directory.ids import ContactId, CustomerId, PlaceId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of

pytestmark = pytest.mark.django_db

Mails = Callable[[], list[dict[str, Any]]]
BRAM, INES, EVE = "bram@shop.example", "ines@shop.example", "eve@rival.example"


class Shop:
    """Bram manages the shop, Ines works there; Eve manages a rival."""

    shop: CustomerId
    rival: CustomerId
    site: PlaceId
    bram: ContactId
    ines: ContactId
    eve: ContactId


@scene
def shop() -> Shop:
    """Two companies, each with somebody who manages it."""
    cast = Shop()
    cast.shop, cast.rival = customer("Shop", "company"), customer("Rival", "company")
    cast.site = directory.register_place(
        name="North", kind="site", customer_id=cast.shop, by=HOUSE, at=now()
    )
    cast.bram = contact("Bram", BRAM, cast.shop)
    cast.ines = contact("Ines", INES, cast.shop)
    cast.eve = contact("Eve", EVE, cast.rival)
    for who in (cast.bram, cast.eve):
        directory.set_rights(contact_id=who, rights=Rights(manages=True), by=HOUSE, at=now())
    return cast


def rights_of(who: ContactId) -> Rights:
    card = queries.contact(who)
    assert card is not None
    return card.rights


def happened(who: ContactId) -> list[str]:
    return [event.kind for event in events_of([f"contact:{who}"])]


def link_in(mail: dict[str, Any]) -> str:
    found = re.search(r"/invitation/\S+", mail["words"])
    assert found is not None
    return found[0]


def invite(bram: Client, cast: Shop, email: str, **fields: str) -> Any:
    form = {"name": "Olga", "email": email, "sees": "own", **fields}
    return bram.post(f"/company/{cast.shop}/invitation", form)


def test_a_manager_grants_a_site_and_takes_it_back_and_it_is_on_record(shop: Shop) -> None:
    ticket = asks(contact("A", "a@shop.example", shop.shop, place_id=shop.site), owner=shop.shop)
    bram, ines = reader_of(BRAM), reader_of(INES)
    assert ines.get(f"/requests/{ticket}").status_code == 404

    bram.post(f"/company/people/{shop.ines}", {"sees": "sites", "sites": str(shop.site)})
    seen = ines.get(f"/requests/{ticket}").status_code
    bram.post(f"/company/people/{shop.ines}", {"sees": "own"})

    assert seen == 200
    assert ines.get(f"/requests/{ticket}").status_code == 404
    assert happened(shop.ines)[-2:] == ["contact.rights_set", "contact.rights_set"]
    assert events_of([f"contact:{shop.ines}"])[-1].by == f"contact:{shop.bram}"


def test_the_manager_of_one_company_cannot_touch_another(shop: Shop) -> None:
    """Attack: the manager of a rival tries our people's addresses, and names our site as his."""
    eve = reader_of(EVE)

    tries = [
        eve.get(f"/company/people/{shop.ines}"),
        eve.post(f"/company/people/{shop.ines}", {"sees": "all", "manages": "on"}),
        eve.post(f"/company/people/{shop.ines}/departure"),
        eve.get(f"/company/{shop.shop}/invitation"),
        eve.post(f"/company/{shop.shop}/invitation", {"name": "x", "email": EVE, "sees": "all"}),
    ]
    own = eve.post(f"/company/people/{shop.eve}", {"sees": "sites", "sites": str(shop.site)})

    assert [answer.status_code for answer in tries] == [404] * 5
    assert own.status_code == 422
    assert rights_of(shop.ines) == Rights()
    with pytest.raises(Refused):
        directory.let_go(contact_id=shop.ines, by=Actor.contact(shop.eve), at=now())


def test_only_a_manager_manages_and_the_link_of_a_request_opens_no_company(shop: Shop) -> None:
    """Attack: a colleague makes herself manager; a forwarded link of the manager's is used."""
    ines, forwarded = reader_of(INES), browser(shop.bram, asks(shop.bram, owner=shop.shop))

    for client in (ines, forwarded):
        page = client.get("/company/people")
        deed = client.post(f"/company/people/{shop.ines}", {"sees": "all", "manages": "on"})
        assert (page.status_code, deed.status_code) == (404, 404)

    assert rights_of(shop.ines) == Rights()


def test_a_colleague_who_was_let_go_loses_sight_at_once(shop: Shop) -> None:
    """Accident: somebody left in anger, signed in on two devices, one by the link of a mail."""
    ticket = asks(shop.ines, "the salaries", owner=shop.shop)
    mailbox, by_link = reader_of(INES), browser(shop.ines, ticket)
    assert mailbox.get(f"/requests/{ticket}").status_code == 200

    reader_of(BRAM).post(f"/company/people/{shop.ines}/departure")

    assert mailbox.get(f"/requests/{ticket}").status_code == 404
    assert by_link.get(f"/requests/{ticket}").status_code == 404
    assert queries.contacts_at("email", INES) == ()
    assert happened(shop.ines)[-1] == "contact.let_go"


def test_an_invited_colleague_comes_in_by_a_button_once(shop: Shop, mails: Mails) -> None:
    """Attack: a program that looks into mails follows the link."""
    invite(reader_of(BRAM), shop, "olga@shop.example", sees="all")
    path, client = link_in(mails()[0]), browser()

    looked = client.get(path)
    before = queries.who_writes("email", "olga@shop.example")
    pressed = client.post(path)

    assert (looked.status_code, pressed.status_code) == (200, 303)
    assert before is None
    olga = queries.who_writes("email", "olga@shop.example")
    assert olga is not None
    assert (olga.customer_id, olga.rights.sees) == (shop.shop, "all")
    assert client.get("/company").status_code == 200
    assert browser().post(path).status_code == 404


def test_nobody_is_made_to_speak_for_two_customers_by_an_invitation(
    shop: Shop, mails: Mails
) -> None:
    """Attack: a rival invites our colleague's address, so that her mails belong to nobody."""
    form = {"name": "Ines", "email": INES, "sees": "all"}
    reader_of(EVE).post(f"/company/{shop.rival}/invitation", form)

    asked = queries.who_writes("email", INES)
    answer = browser().post(link_in(mails()[0]))

    assert answer.status_code == 422
    assert "another customer" in text_of(answer)
    after = queries.who_writes("email", INES)
    assert asked is not None
    assert after is not None
    assert asked.id == after.id == shop.ines


def test_the_last_manager_cannot_leave_the_company_without_one(shop: Shop) -> None:
    bram = reader_of(BRAM)

    answer = bram.post(f"/company/people/{shop.bram}", {"sees": "all"})

    assert answer.status_code == 422
    assert rights_of(shop.bram).manages
