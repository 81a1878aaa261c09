"""Moving, merging and parting people and customers; services and the network on their pages."""

from datetime import date

from tests.console.desk import SOFIE, VERA, Desk, ago
from unbroken.conversation import queries as record
from unbroken.directory import actions, network_queries
from unbroken.directory import queries as directory
from unbroken.directory.cards import Rights
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.staffing.ids import AgentId
from unbroken.staffing.shift_queries import plan_of

ADMIN = "/console/admin"
TOLD = {"by": HOUSE}


def last(stream: str) -> dict[str, int]:
    return {"version": events_of([stream])[-1].version}


def takes_part(ticket: int) -> set[int]:
    return {one.contact_id for one in record.participants_of(ticket)}  # type: ignore[arg-type]


def test_two_entries_of_one_person_become_one_with_their_requests_and_part_again(
    desk: Desk,
) -> None:
    customer, at = CustomerId(desk.customers["Anneke de Wit"]), ago(days=2)
    kept = ContactId(desk.contacts["Anneke de Wit"])
    gone = actions.register_contact(
        name="A. de Wit", email="awit@work.example", customer_id=customer, at=at, **TOLD
    )
    desk.contacts["A. Wit"], desk.customers["A. Wit"] = gone, customer
    ticket, vera = desk.asks("A. Wit", "lamp"), desk.client(VERA)
    page = f"{ADMIN}/contacts/{gone}"

    assert "A. de Wit" in vera.get(f"{ADMIN}/contacts/{kept}/elsewhere").content.decode()
    assert vera.post(f"{page}/elsewhere", {"into": kept}).status_code == 303
    drain()
    writer = directory.who_writes("email", "awit@work.example")
    facts = record.ticket_facts(ticket)
    assert writer is not None
    assert facts is not None
    assert (writer.id, facts.contact_id) == (kept, kept)
    assert kept in takes_part(ticket)
    assert f"/contacts/{kept}" in vera.get(page).content.decode(), "its number leads there"

    vera.post(f"{page}/undo", last(f"contact:{gone}"))
    drain()
    writer, facts = directory.who_writes("email", "awit@work.example"), record.ticket_facts(ticket)
    assert writer is not None
    assert facts is not None
    assert (writer.id, facts.contact_id) == (gone, gone)
    assert takes_part(ticket) == {gone}


def test_people_of_two_customers_are_not_merged(desk: Desk) -> None:
    """Attack: by merging, one customer's requests are shown to somebody of another."""
    anneke, bram = desk.contacts["Anneke de Wit"], desk.contacts["Bram Visser"]

    answer = desk.client(VERA).post(f"{ADMIN}/contacts/{bram}/elsewhere", {"into": anneke})

    assert answer.status_code == 422
    assert directory.contact(ContactId(bram)).merged_into is None  # type: ignore[union-attr]


def test_two_customers_become_one_and_what_went_along_comes_back(desk: Desk) -> None:
    gone, kept = desk.customers["Bram Visser"], desk.customers["Anneke de Wit"]
    service = actions.register_service(customer_id=CustomerId(gone), at=ago(days=9), **TOLD)
    ticket, vera = desk.asks("Bram Visser", "till"), desk.client(VERA)
    page = f"{ADMIN}/customers/{gone}"

    found = vera.get(f"{page}/merging?find=anneke").content.decode()
    assert f'value="{kept}"' in found
    vera.post(f"{page}/merging", {"into": kept})
    drain()
    later = desk.asks("Anneke de Wit", "lamp")
    assert [one.id for one in directory.services_of(CustomerId(kept))] == [service]
    assert directory.contact(ContactId(desk.contacts["Bram Visser"])).customer_id == kept  # type: ignore[union-attr]
    assert record.ticket_facts(ticket).customer_id == kept  # type: ignore[union-attr]
    assert f"/customers/{kept}" in vera.get(page).content.decode(), "its number leads there"
    assert vera.post(f"{ADMIN}/customers/{kept}/merging", {"into": gone}).status_code == 422

    vera.post(f"{page}/undo", last(f"customer:{gone}"))
    drain()
    assert [one.id for one in directory.services_of(CustomerId(gone))] == [service]
    assert record.ticket_facts(ticket).customer_id == gone  # type: ignore[union-attr]
    assert record.ticket_facts(later).customer_id == kept  # type: ignore[union-attr]


def test_who_is_moved_sees_nothing_of_the_old_company_and_all_of_it_again_when_taken_back(
    desk: Desk,
) -> None:
    """Attack: somebody changes employer and goes on reading the old company's requests."""
    bram, at = ContactId(desk.contacts["Bram Visser"]), ago(days=1)
    rights = Rights(manages=True, sees="all")
    old = CustomerId(desk.customers["Bram Visser"])
    actions.change_customer(customer_id=old, kind="company", at=at, **TOLD)
    actions.set_rights(contact_id=bram, rights=rights, at=at, **TOLD)
    vera, page = desk.client(VERA), f"{ADMIN}/contacts/{bram}"

    forbidden = desk.client(SOFIE).post(f"{page}/elsewhere", {"customer": 1}).status_code
    vera.post(f"{page}/elsewhere", {"customer": desk.customers["Anneke de Wit"]})
    moved = directory.contact(bram)
    vera.post(f"{page}/undo", last(f"contact:{bram}"))
    back = directory.contact(bram)

    assert moved is not None
    assert back is not None
    assert forbidden == 403
    assert (moved.customer_id, moved.rights) == (desk.customers["Anneke de Wit"], Rights())
    assert (back.customer_id, back.rights) == (desk.customers["Bram Visser"], rights)


def test_a_service_hangs_below_what_carries_it_and_nothing_carries_itself(desk: Desk) -> None:
    vera, customer = desk.client(VERA), desk.customers["Anneke de Wit"]
    for key, kind, above in (("dslam-1", "dslam", ""), ("port-7", "port", "dslam-1")):
        form = {"key": key, "kind": kind, "parents": above, "secret": "s3cret"}
        vera.post(f"{ADMIN}/resources", form)
    ids = network_queries.resource_ids(["dslam-1", "port-7"])
    dslam, port = (f"{ADMIN}/resources/{ids[key]}" for key in ("dslam-1", "port-7"))

    form = {"technology": "vdsl", "resource": "port-7", "price": "49,90", "currency": "eur"}
    unknown = vera.post(f"{ADMIN}/customers/{customer}/services", {**form, "resource": "port-8"})
    vera.post(f"{ADMIN}/customers/{customer}/services", form)
    circle = vera.post(dslam, {"kind": "dslam", "parents": "port-7"})
    [service] = directory.services_of(CustomerId(customer))
    page = f"{ADMIN}/services/{service.id}"
    vera.post(page, {**form, "state": "suspended"})
    suspended = directory.service(service.id)
    vera.post(f"{page}/undo", last(f"service:{service.id}"))
    vera.post(port, {"kind": "port", "parents": ""})
    alone = network_queries.resource(ids["port-7"])
    vera.post(f"{port}/undo", last(f"resource:{ids['port-7']}"))
    again = network_queries.resource(ids["port-7"])

    assert (unknown.status_code, circle.status_code) == (422, 422)
    assert (service.resource_key, str(service.monthly_price), service.currency) == (
        "port-7", "49.90", "EUR",
    )  # fmt: skip
    assert suspended is not None
    assert suspended.state == "suspended"
    assert directory.service(service.id).state == "active"  # type: ignore[union-attr]
    assert alone is not None
    assert again is not None
    assert (alone.parents, again.parents) == ((), ("dslam-1",))
    shown = vera.get(dslam).content.decode() + str(
        [event.data for event in events_of([f"resource:{ids['dslam-1']}"])]
    )
    assert "s3cret" not in shown


def test_a_shift_over_midnight_is_typed_and_read_as_one(desk: Desk) -> None:
    agent, vera = desk.agents[SOFIE], desk.client(VERA)
    page = f"{ADMIN}/shifts/{agent}"

    vera.post(page, {"since": "2026-11-02", "hours_sun": "22-6", "hours_mon": "22-6"})
    vera.post(f"{page}/day", {"day": "2030-01-07", "reason": "leave", "hours": ""})
    plan = plan_of(AgentId(agent), "Europe/Berlin")
    week, shown = plan.week_on(date(2030, 1, 1)), vera.get(page).content.decode()

    assert week == {
        "mon": [["00:00", "06:00"], ["22:00", "24:00"]],
        "tue": [["00:00", "06:00"]],
        "sun": [["22:00", "24:00"]],
    }
    assert shown.count('value="22:00–06:00"') == 2
    assert plan.hours_on(date(2030, 1, 7)) == [["00:00", "06:00"]], "the night before stays"
    assert not plan.hours_on(date(2030, 1, 8)), "the night that would have begun does not"
