"""A company sees its own, a site its site, a reseller its customers; nobody sees another's."""

from typing import Any

import pytest

from tests.portal.people import (
    asks,
    browser,
    contact,
    customer,
    form,
    reader_of,
    text_of,
)
from unbroken.conversation import queries
from unbroken.directory import actions as directory
from unbroken.directory.cards import Rights
from unbroken.directory.ids import ContactId, CustomerId, PlaceId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

pytestmark = pytest.mark.django_db


def site(name: str, owner: CustomerId, within: PlaceId | None = None) -> PlaceId:
    return directory.register_place(
        name=name, kind="site", customer_id=owner, part_of_id=within, by=HOUSE, at=now()
    )


def grants(who: ContactId, sees: str = "all", *sites: int, **more: Any) -> None:
    rights = Rights(sees=sees, sites=sites, **more)
    directory.set_rights(contact_id=who, rights=rights, by=HOUSE, at=now())


def test_whoever_was_granted_it_sees_what_their_company_asked_and_others_their_own() -> None:
    """Attack: a colleague without a grant tries the number."""
    shop = customer("Shop", "company")
    bram = contact("Bram", "bram@shop.example", shop)
    grants(contact("Ines", "ines@shop.example", shop))
    contact("Olga", "olga@shop.example", shop)
    ticket = asks(bram, "The till is offline", owner=shop)

    ines, olga = reader_of("ines@shop.example"), reader_of("olga@shop.example")

    assert "The till is offline" in text_of(ines.get("/requests"))
    assert ines.get(f"/requests/{ticket}").status_code == 200
    assert olga.get(f"/requests/{ticket}").status_code == 404
    assert "The till is offline" not in text_of(olga.get("/requests"))


def test_another_company_sees_nothing() -> None:
    """Attack: a customer tries the numbers of another company."""
    shop, rival = customer("Shop", "company"), customer("Rival", "company")
    ticket = asks(contact("Bram", "bram@shop.example", shop), "secret plan", owner=shop)
    grants(contact("Spy", "spy@rival.example", rival))

    spy = reader_of("spy@rival.example")

    assert spy.get(f"/requests/{ticket}").status_code == 404
    assert "secret plan" not in text_of(spy.get("/requests"))
    assert spy.post(f"/requests/{ticket}/facts", form(words="x")).status_code == 404


def test_in_a_household_everybody_sees_only_what_they_take_part_in() -> None:
    """Accident: two people of one household, one of whom asks about something private."""
    home = customer("Home")
    ticket = asks(contact("Anneke", "anneke@home.example", home), owner=home)
    contact("Jan", "jan@home.example", home)

    assert reader_of("jan@home.example").get(f"/requests/{ticket}").status_code == 404


def test_a_contact_that_nobody_confirmed_speaks_for_no_company() -> None:
    """Attack: writing from an address that looks like the company's."""
    shop = customer("Shop", "company")
    ticket = asks(contact("Bram", "bram@shop.example", shop), owner=shop)
    contact("Boss", "boss@shop.example")

    assert reader_of("boss@shop.example").get(f"/requests/{ticket}").status_code == 404


def test_a_forwarded_link_does_not_open_the_whole_company() -> None:
    """Accident: a receipt is forwarded to somebody outside; it opens that request only."""
    shop = customer("Shop", "company")
    bram, ines = (contact(n, f"{n}@shop.example", shop) for n in ("bram", "ines"))
    grants(bram)
    forwarded = asks(bram, "the printer", owner=shop)
    other = asks(ines, "the salaries", owner=shop)

    outsider = browser(bram, forwarded)

    own = asks(bram, "my own contract", owner=shop)

    assert outsider.get(f"/requests/{forwarded}").status_code == 200
    assert outsider.get(f"/requests/{other}").status_code == 404
    assert outsider.get(f"/requests/{own}").status_code == 404
    assert "the salaries" not in text_of(outsider.get("/requests"))
    assert "my own contract" not in text_of(outsider.get("/requests"))


def test_somebody_sees_the_sites_they_were_granted_and_what_is_part_of_them() -> None:
    shop = customer("Shop", "company")
    north, south = site("North", shop), site("South", shop)
    floor = site("North, first floor", shop, within=north)
    grants(contact("Nora", "nora@shop.example", shop), "sites", north)
    line = directory.register_service(
        customer_id=shop, access_name="floor", place_id=floor, by=HOUSE, at=now()
    )
    below = asks(contact("A", "a@shop.example", shop), "below", owner=shop, service_id=line)
    away = asks(contact("B", "b@shop.example", shop, place_id=south), "away", owner=shop)
    colleague = contact("C", "c@shop.example", shop, place_id=floor)
    beside = asks(colleague, "beside", owner=shop)

    nora = reader_of("nora@shop.example")

    assert nora.get(f"/requests/{below}").status_code == 200
    assert nora.get(f"/requests/{beside}").status_code == 200
    assert nora.get(f"/requests/{away}").status_code == 404
    sites = text_of(nora.get("/company"))
    assert "North, first floor" in sites
    assert "2 open requests" in sites
    assert "South" not in sites
    only = text_of(nora.get(f"/requests?site={floor}"))
    assert "below" in only
    assert text_of(nora.get(f"/requests?site={south}")) == text_of(nora.get("/requests"))


def test_a_reseller_sees_its_own_customers_and_they_do_not_see_each_other() -> None:
    """Attack: one reseller's customer looks at the other's."""
    reseller, other = customer("Resell", "reseller"), customer("Other", "reseller")
    one, two = customer("One", "company", reseller), customer("Two", "company", other)
    for name, owner in (("r", reseller), ("o", other), ("one", one), ("two", two)):
        grants(contact(name, f"{name}@mail.example", owner))
    ticket = asks(contact("x", "x@mail.example", one), owner=one)

    seen = {
        name: reader_of(f"{name}@mail.example").get(f"/requests/{ticket}").status_code
        for name in ("r", "o", "one", "two")
    }

    assert seen == {"r": 200, "o": 404, "one": 200, "two": 404}


def test_a_colleague_who_adds_a_fact_takes_part_and_is_read() -> None:
    shop = customer("Shop", "company")
    bram = contact("Bram", "bram@shop.example", shop)
    ines_id = contact("Ines", "ines@shop.example", shop)
    grants(ines_id)
    ticket = asks(bram, owner=shop)
    ines = reader_of("ines@shop.example")

    ines.post(f"/requests/{ticket}/facts", form(words="Ines knows more"))

    assert queries.is_participant(ticket, ines_id)
    assert "Ines knows more" in text_of(browser(bram, ticket).get(f"/requests/{ticket}"))


def test_whoever_leaves_the_company_sees_nothing_of_it_any_more() -> None:
    """Accident: a browser stays signed in after its owner left."""
    shop = customer("Shop", "company")
    ticket = asks(contact("Bram", "bram@shop.example", shop), owner=shop)
    ines_id = contact("Ines", "ines@shop.example", shop)
    grants(ines_id)
    ines = reader_of("ines@shop.example")

    directory.take_off_address(
        contact_id=ines_id, kind="email", address="ines@shop.example", by=HOUSE, at=now()
    )

    assert ines.get(f"/requests/{ticket}").status_code == 404
    assert ines.get("/requests").status_code == 303


def test_whoever_belongs_to_a_site_reports_on_its_lines_and_what_is_below() -> None:
    """Attack: the lines of the headquarters, offered to a branch."""
    shop = customer("Shop", "company")
    north, south = site("North", shop), site("South", shop)
    floor = site("North, first floor", shop, within=north)
    for name, place in (("at-north", north), ("at-floor", floor), ("at-south", south)):
        directory.register_service(
            customer_id=shop, access_name=name, place_id=place, by=HOUSE, at=now()
        )
    contact("Nora", "nora@shop.example", shop, place_id=north)

    page = text_of(reader_of("nora@shop.example").get("/ask"))

    assert "North" in page
    assert "North, first floor" in page
    assert "South" not in page
