"""An inventory goes in item by item; what is wrong is refused with its reason."""

import json
from copy import deepcopy

import pytest
from django.db import connection, connections

from tests.directory.inventories import (
    ITEMS,
    LINDENHOF,
    events,
    refused,
    taken,
    with_contact,
    with_customer,
    with_service,
)
from tests.directory.people import MONDAY
from town.reference import provider
from unbroken.directory import actions, queries
from unbroken.directory.ids import CustomerId
from unbroken.directory.importing.reading import NotAnInventory
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.models import Contact, ContactAddress, Resource, Service
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.models import EventRow
from unbroken.staffing.actions import hire_agent

pytestmark = pytest.mark.django_db


def test_everything_in_the_inventory_can_be_asked_for() -> None:
    told = taken(LINDENHOF)

    assert (told.read, told.new, told.known, list(told.refused)) == (ITEMS, ITEMS, 0, [])
    service = queries.service_by_any_key("anneke@isp")
    assert service is not None
    assert (service.key, service.agreement, service.product) == ("s-77", "classic", "DSL 50")
    assert (str(service.monthly_price), service.place_name) == ("29.99", "Lindenhof")
    anneke = queries.who_writes("email", "anneke@home.example")
    assert anneke is not None
    assert anneke.customer_id == service.customer_id
    assert queries.contacts_at("phone", "030 23125077") == (anneke,)
    answer = queries.who_answers_for("cpe-123")
    assert answer is not None
    assert [border.above.key for border in answer.borders] == ["line-123", "cable-44"]


def test_the_same_inventory_again_writes_nothing() -> None:
    taken(LINDENHOF)
    before = events()

    again = taken(LINDENHOF)

    assert (again.new, again.known, again.changed) == (0, ITEMS, 0)
    assert events() == before


def test_what_differs_is_changed_and_only_that() -> None:
    taken(LINDENHOF)
    before = events()

    again = taken(with_service(agreement="business", monthly_price="39.90"))

    assert (again.new, again.known, again.changed) == (0, ITEMS, 1)
    assert events() == before + 1
    last = EventRow.objects.latest("id")
    assert last.kind == "service.changed"
    assert last.data == {
        "fields": ["agreement", "monthly_price"],
        "agreement": "business",
        "was": {"agreement": "classic", "monthly_price": "29.99"},
        "now": {"agreement": "business", "monthly_price": "39.90"},
    }


def test_a_field_that_is_absent_stays_and_null_empties_it() -> None:
    taken(with_service(quota_octets=10**12, quota_day=1))

    taken(LINDENHOF)
    assert Service.objects.get().quota_octets == 10**12

    taken(with_service(quota_octets=None))
    assert Service.objects.get().quota_octets is None


def test_an_import_that_was_cut_off_is_simply_started_again() -> None:
    half = deepcopy(LINDENHOF)
    half["customers"], half["resources"] = [], half["resources"][3:]
    taken(half)

    rest = taken(LINDENHOF)

    assert (rest.new, rest.known, list(rest.refused)) == (6, 5, [])


def test_several_files_are_one_inventory() -> None:
    network = {name: LINDENHOF[name] for name in ("partners", "resources", "places")}
    people = {"customers": LINDENHOF["customers"]}

    told = import_inventory([json.dumps(people), json.dumps(network)], by=HOUSE, at=MONDAY)

    assert (told.new, list(told.refused)) == (ITEMS, [])


def test_a_network_may_be_turned_upside_down_in_one_import() -> None:
    taken({"resources": [{"id": "a", "kind": "nas"}, {"id": "b", "kind": "nas", "parents": ["a"]}]})

    told = taken(
        {
            "resources": [
                {"id": "a", "kind": "nas", "parents": ["b"]},
                {"id": "b", "kind": "nas", "parents": []},
            ]
        }
    )

    assert (told.changed, list(told.refused)) == (2, [])
    assert [step.key for step in queries.way_up("a")] == ["a", "b"]


def test_departments_may_stand_before_their_company() -> None:
    inventory = {
        "customers": [
            {"id": "sales", "name": "Sales", "kind": "company", "parent": "shop"},
            {"id": "shop", "name": "Shop", "kind": "company"},
        ],
        "places": [{"id": "p", "name": "Counter", "kind": "site", "customer": "shop"}],
    }

    assert refused(inventory) == {}
    shop = queries.customer_by_key("shop")
    assert shop is not None
    assert [card.key for card in queries.customers_of(shop.id)] == ["sales"]
    assert [card.name for card in queries.places_of(shop.id)] == ["Counter"]


def test_a_changed_address_replaces_the_inventorys_and_keeps_the_agents() -> None:
    taken(LINDENHOF)
    anneke = Contact.objects.get()
    actions.add_address(
        contact_id=anneke.id, kind="email", address="anneke@work.example", by=HOUSE, at=MONDAY
    )

    told = taken(with_contact(email="anneke@new.example"))

    assert told.changed == 1
    assert queries.contacts_at("email", "anneke@home.example") == ()
    card = queries.contact(anneke.id)
    assert card is not None
    assert {address.value for address in card.addresses} == {
        "anneke@new.example",
        "anneke@work.example",
        "+49 30 23125 077",
    }


def test_two_colleagues_who_share_an_address_stay_two_on_every_import() -> None:
    shared = [
        {"name": "Bram", "email": "info@shop.example"},
        {"name": "Ada", "email": "info@shop.example"},
    ]
    for _again in range(3):
        taken(with_customer(contacts=shared))

    assert sorted(Contact.objects.values_list("name", flat=True)) == ["Ada", "Bram"]

    taken(with_customer(contacts=list(reversed(shared))))
    assert ContactAddress.objects.count() == 2


def test_a_contact_with_an_id_may_change_name_and_address_together() -> None:
    taken(with_contact(id="p-1"))

    told = taken(with_contact(id="p-1", name="Anneke Jansen", email="jansen@home.example"))

    assert told.changed == 1
    assert Contact.objects.get().name == "Anneke Jansen"


def test_an_import_never_takes_a_stranger_for_a_customer() -> None:
    """Attack: Eve wrote from Anneke's future address before it was in the inventory."""
    eve = actions.register_contact(
        name="Anneke de Wit", email="anneke@home.example", by=HOUSE, at=MONDAY
    )

    taken(LINDENHOF)

    stranger = queries.contact(eve)
    assert stranger is not None
    assert stranger.customer_id is None
    anneke = queries.who_writes("email", "anneke@home.example")
    assert anneke is not None
    assert anneke.id != eve


def test_a_service_that_moved_to_another_customer_moves() -> None:
    taken(LINDENHOF)
    moved = {"customers": [{"id": "c-78", "name": "Bram", "services": [{"id": "s-77"}]}]}

    assert taken(moved).changed == 1
    service = queries.service_by_any_key("s-77")
    assert service is not None
    assert service.customer_name == "Bram"


def test_the_radius_secret_is_in_no_event_and_on_no_card() -> None:
    taken(LINDENHOF)
    taken({"resources": [{"id": "nas-1", "kind": "nas", "radius_secret": "an0ther"}]})

    assert not EventRow.objects.filter(data__icontains="s3cret").exists()
    assert not EventRow.objects.filter(data__icontains="an0ther").exists()
    nas = Resource.objects.get(key="nas-1")
    assert nas.radius_secret == "an0ther"
    assert "an0ther" not in repr(nas) + str(queries.way_up("nas-1"))


def test_a_misspelled_field_shows_in_the_notes() -> None:
    told = taken(with_service(agrement="business"))

    assert any("service.agrement" in note for note in told.notes)


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"customers": [NaN]}', "null"])
def test_a_file_that_is_no_inventory_is_told_plainly(text: str) -> None:
    with pytest.raises(NotAnInventory):
        import_inventory([text], by=HOUSE, at=MONDAY)


def test_a_provider_of_a_thousand_lines_is_taken_in_and_stays() -> None:
    inventory = provider(customers=60)

    first = taken(inventory)

    assert (list(first.refused), first.read) == ([], first.new)
    assert taken(inventory).changed == 0


def test_a_customers_engineer_is_named_by_the_address_they_sign_in_with_and_taken_off() -> None:
    told = {"by": HOUSE, "at": MONDAY}
    sofie = hire_agent(name="Sofie", email="sofie@desk.example", **told)  # type: ignore[arg-type]

    taken(with_customer(engineer="Sofie@desk.example"))
    named = queries.customer_by_key("c-77")
    again = taken(with_customer(engineer="sofie@desk.example")).changed
    gone = taken(with_customer(engineer="gone@desk.example"))
    kept = queries.customer_by_key("c-77")
    taken(with_customer(engineer=""))
    after = queries.customer_by_key("c-77")

    assert named is not None
    assert after is not None
    assert (named.engineer, again, kept, after.engineer) == (sofie, 0, named, 0)
    assert "gone@desk.example" in gone.notes[0]
    assert not gone.refused


def test_an_item_that_the_rooms_refuse_leaves_the_rest_of_its_batch() -> None:
    """Accident: an agent registered c-77 under another customer's id while the file was read."""
    anneke = CustomerId(
        actions.register_customer(key="c-1", name="A", by=Actor.agent(1), at=MONDAY)
    )
    actions.register_contact(
        key="p-1", name="A", email="a@home.example", customer_id=anneke, by=HOUSE, at=MONDAY
    )

    told = taken(with_contact(id="p-1"))

    assert list(dict(told.refused)) == ["contact p-1"]
    assert "another customer" in dict(told.refused)["contact p-1"]
    assert queries.service_by_any_key("s-77") is not None


@pytest.mark.django_db(transaction=True)
def test_a_second_import_waits_for_nobody_and_says_so() -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('directory.importing'))")
        with pytest.raises(Refused, match="is running"):
            taken(LINDENHOF)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('directory.importing'))")
    finally:
        other.close()
    assert connection.is_usable()
    assert taken(LINDENHOF).new == ITEMS
