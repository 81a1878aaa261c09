"""The page that says why a promise is due when it is."""

from django.http import HttpResponse

from tests.console.desk import SOFIE, TIMO, VERA, Desk, ago
from tests.security.owed import credit_of
from unbroken.console.credits.words import MARKS
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.ground.words import in_language
from unbroken.promise.actions import plant_agreements, ring
from unbroken.promise.consequence_presets import PRESETS
from unbroken.promise.credits import set_consequence
from unbroken.promise.queries import named_agreements
from unbroken.promise.queries.owed import credits as credits_of
from unbroken.promise.queries.owed import rules_of
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId


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


def test_every_preset_says_how_sure_its_source_is_and_what_is_from_memory_comes_off(
    desk: Desk,
) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())
    agreement = next(one for one in named_agreements() if one.is_default)
    client, path = desk.client(VERA), f"/console/admin/agreements/{agreement.id}"

    for preset in PRESETS:
        client.post(f"{path}/preset", {"preset": preset.key})
    page = client.get(path).content.decode()

    rules = rules_of(agreement.key)
    assert len(rules) == sum(len(preset.rules) for preset in PRESETS)
    for mark in ("V", "E", "M"):
        assert page.count(f"[{mark}] ") == sum(rule.mark == mark for rule in rules) > 0
    assert {rule.is_on for rule in rules if rule.mark == "M"} == {False}
    for preset in PRESETS:
        assert f"({in_language(MARKS[preset.mark])})" in page, "before one takes it over"


def test_a_booked_credit_stands_on_the_page_of_the_request(desk: Desk) -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=ago(days=60))
    set_consequence(
        agreement="classic", measure="first_answer", kind="fixed_credit",
        settings={"amount": "5", "currency": "EUR"}, by=HOUSE, at=ago(days=60),
    )  # fmt: skip
    late, early = desk.asks("Anneke de Wit", "lamp", at=ago(days=30)), desk.asks("Bram Visser", "x")
    ring(at=now())
    drain(at=now())
    sofie = desk.client(SOFIE)

    pages = [sofie.get(f"/console/tickets/{one}").content.decode() for one in (late, early)]

    assert ["Credited: 5.00 EUR" in page for page in pages] == [True, False]


def test_a_credit_by_hand_above_ones_own_authority_waits_for_somebody_who_may(desk: Desk) -> None:
    """Accident: an agent who may grant 20 types 200."""
    for who, most in ((SOFIE, 20), (TIMO, 100)):
        staffing.change_agent(
            agent_id=AgentId(desk.agents[who]), grants={"credit": most}, by=HOUSE, at=now()
        )
    ticket = desk.asks("Anneke de Wit", "lamp")
    sofie, timo, path = desk.client(SOFIE), desk.client(TIMO), f"/console/tickets/{ticket}"

    for amount, reason in (("19,50", "A crew came twice."), ("80", "A week without."), ("80", "")):
        sofie.post(f"{path}/credits", {"amount": amount, "reason": reason})
    above, own = credits_of(ticket_id=ticket)
    page = sofie.get(f"{path}/clocks").content.decode()

    assert [(str(one.amount), one.state, one.kind) for one in (own, above)] == [
        ("19.50", "booked", "by_hand"),
        ("80.00", "waits", "by_hand"),
    ]
    assert "above what you may grant. Timo Brandt, Vera Lindholm may." in page
    assert "You may grant up to 20." in page
    herself = sofie.post(f"{path}/credits/{above.id}", {"state": "booked"})
    assert (herself.status_code, "80.00 EUR is above what you may grant" in said_in(herself)) == (
        422,
        True,
    )

    timo.post(f"{path}/credits/{above.id}", {"state": "booked"})
    assert {one.state for one in credits_of(ticket_id=ticket)} == {"booked"}
    assert timo.post(f"{path}/credits/{own.id}", {"state": "reversed"}).status_code == 404


def said_in(answer: HttpResponse) -> str:
    return answer.content.decode()
