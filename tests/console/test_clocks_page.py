"""The page that says why a promise is due when it is."""

from tests.console.desk import SOFIE, VERA, Desk
from tests.security.owed import credit_of
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.actions import plant_agreements
from unbroken.promise.queries import named_agreements


def test_the_page_walks_through_each_promise_and_json_says_the_same(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    lamp = desk.asks("Anneke de Wit", "lamp")
    hidden = desk.asks("Anneke de Wit", "for routers", team="routers")
    client = desk.client(SOFIE)

    page = client.get(f"/console/tickets/{lamp}/clocks").content.decode()
    told = client.get(f"/console/tickets/{lamp}/clocks.json").json()

    assert "First answer" in page
    assert told["reason"] in page
    assert {one["key"] for one in told["promises"]} >= {"first_answer", "time_to_resolve"}
    for one in told["promises"]:
        counted = sum(step["seconds"] for step in one["steps"] if step["kind"] == "counts")
        assert counted == one["target_seconds"]
    assert client.get(f"/console/tickets/{hidden}/clocks.json").status_code == 404


def test_what_follows_is_taken_over_from_a_law_and_booked_credits_are_decided(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    agreement = next(one for one in named_agreements() if one.is_default)
    ticket = desk.asks("Anneke de Wit", "lamp")
    client, path = desk.client(VERA), f"/console/admin/agreements/{agreement.id}"

    for key in ("de_tkg_58", "ru_daily"):
        client.post(f"{path}/preset", {"preset": key})
    page = client.get(path).content.decode()
    assert "TKG § 58" in page
    assert "[M] from memory: have a lawyer look first" in page

    credit = credit_of(ticket, agreement.id)
    without = client.post(f"/console/admin/credits/{credit}", {"state": "refused"})
    assert (without.status_code, "Say why." in without.content.decode()) == (422, True)
    client.post(f"/console/admin/credits/{credit}", {"state": "booked"})
    listed = client.get("/console/admin/credits").content.decode()
    table = client.get("/console/admin/credits.csv").content.decode("utf-8-sig")
    assert "5.00 EUR" in listed
    assert ",1,5.00,EUR," in table
    assert f",booked,,,,{ticket},first_answer," in table
    assert "5.00 EUR" in client.get(f"/console/tickets/{ticket}/clocks").content.decode()
    assert desk.client(SOFIE).get("/console/admin/credits").status_code == 403
