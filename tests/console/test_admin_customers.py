"""Customers and contacts changed by hand: VIP and back, an address more, names in no event."""

import re

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.log import events_of
from unbroken.staffing.models import Trace

FORM = {"name": "Bram Visser", "kind": "company", "language": "it", "timezone": "Europe/Rome"}


def test_a_customer_is_marked_vip_and_back_and_an_agent_may_not(desk: Desk) -> None:
    number = desk.customers["Bram Visser"]
    vera, page = desk.client(VERA), f"/console/admin/customers/{number}"

    refused = desk.client(SOFIE).post(page, {**FORM, "vip": "yes"}).status_code
    vera.post(page, {**FORM, "vip": "yes"})
    marked = directory.customer(CustomerId(number))
    shown = re.sub(r"<[^>]+>", " ", vera.get(page).content.decode())
    version = events_of([f"customer:{number}"])[-1].version
    vera.post(f"{page}/undo", {"version": version})
    after = directory.customer(CustomerId(number))

    assert marked is not None
    assert after is not None
    assert (refused, marked.vip, marked.language) == (403, True, "it")
    assert (after.vip, after.language) == (False, "en")
    assert "VIP: no → yes" in shown


def test_an_engineer_is_named_for_a_customer_and_taken_back(desk: Desk) -> None:
    number, sofie = desk.customers["Bram Visser"], desk.agents[SOFIE]
    vera, page = desk.client(VERA), f"/console/admin/customers/{number}"

    vera.post(page, {**FORM, "engineer": str(sofie)})
    named = directory.customer(CustomerId(number))
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", vera.get(page).content.decode()))
    vera.post(f"{page}/undo", {"version": events_of([f"customer:{number}"])[-1].version})
    after = directory.customer(CustomerId(number))

    assert named is not None
    assert after is not None
    assert (named.engineer, after.engineer) == (sofie, 0)
    assert "Named engineer: nobody → Sofie" in shown


def test_an_address_is_added_and_taken_off_and_no_event_names_anybody(desk: Desk) -> None:
    contact = ContactId(desk.contacts["Bram Visser"])
    vera, page = desk.client(VERA), f"/console/admin/contacts/{contact}"

    bad = vera.post(f"{page}/addresses", {"kind": "email", "add": "not one"}).status_code
    vera.post(f"{page}/addresses", {"kind": "email", "add": "second@home.example"})
    vera.post(f"{page}/addresses", {"kind": "email", "remove": "bram@home.example"})
    vera.post(page, {"name": "Bram the Elder", "language": "", "timezone": ""})

    card = directory.contact(contact)
    assert card is not None
    assert bad == 422
    assert [one.value for one in card.addresses] == ["second@home.example"]
    assert card.name == "Bram the Elder"
    told = str([event.data for event in events_of([f"contact:{contact}"])])
    assert "Elder" not in told
    assert "second@" not in told


def test_who_is_looked_at_by_hand_is_on_record(desk: Desk) -> None:
    """Attack: whoever may edit customers looks up a neighbour, and nobody ever knows."""
    contact, customer = desk.contacts["Bram Visser"], desk.customers["Bram Visser"]
    vera = desk.client(VERA)

    vera.get(f"/console/admin/customers/{customer}")
    vera.get(f"/console/admin/contacts/{contact}")

    read = Trace.objects.filter(kind="read", agent=desk.agents[VERA])
    assert set(read.values_list("thing", "why")) == {
        (f"customer:{customer}", "edit_directory"),
        (f"contact:{contact}", "edit_directory"),
    }
