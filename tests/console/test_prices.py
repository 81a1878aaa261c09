"""The equaliser on its page: sliders without a script, the sum walked through, one click sells."""

import re
from typing import Any

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.promise import queries as promise
from unbroken.promise.actions import plant_agreements
from unbroken.promise.queries import priced

PAGE = "/console/admin/prices"
COSTS = "/console/admin/costs"
SET = {
    "sent": "yes",
    "cover": "0",
    "pick_up": "5",
    "first_answer": "5",
    "services": "4",
    "fee": "30",
}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def planted() -> None:
    plant_agreements(timezone="UTC", by=HOUSE, at=now())


def test_the_sum_is_walked_through_from_slider_to_people(desk: Desk) -> None:
    planted()

    shown = words(desk.client(VERA).get(PAGE, {**SET, "cover": "2", "channel": "phone"}))

    for sentence in (
        "Round the clock: 168 h a week",
        "People at night",
        "People needed for all of them, as quick as set here",
        "Erlang A for those who wait on the line",
        "Paid hours a month",
        "Margin, share of the price",
        "a month",
    ):
        assert sentence in shown


def test_moving_a_slider_brings_the_sum_alone(desk: Desk) -> None:
    planted()
    vera = desk.client(VERA)

    less = vera.get(PAGE, SET, headers={"HX-Request": "true"})
    more = vera.get(PAGE, {**SET, "cover": "2"}, headers={"HX-Request": "true"})

    assert less.content.lstrip().startswith(b'<div class="price" id="sums">')
    assert words(less) != words(more)


def test_one_click_sells_to_a_customer_and_the_sum_is_kept(desk: Desk) -> None:
    planted()
    cafe = desk.known("Café Bram", "bram@cafe.example", kind="company")
    vera = desk.client(VERA)

    answer = vera.post(
        f"{PAGE}/sale", {**SET, "credits": "3", "customer": cafe, "name": "Café", "key": "cafe"}
    )

    sale = priced.sales(agreement="cafe")[0]
    assert answer["Location"] == f"{PAGE}/sold/{sale.id}"
    card = directory.customer(CustomerId(cafe))
    assert card is not None
    assert card.agreement == "cafe"
    kept = words(vera.get(answer["Location"]))
    assert "Café Bram" in kept
    assert "People by day" in kept
    assert "An agreement was sold at a price" in kept


def test_who_may_not_sell_sees_no_wages_and_sells_nothing(desk: Desk) -> None:
    """Attack: an agent of the first line looks up what everybody earns."""
    planted()
    sofie = desk.client(SOFIE)

    assert sofie.get(PAGE).status_code == 403
    assert sofie.get(COSTS).status_code == 403
    assert sofie.post(f"{PAGE}/sale", {**SET, "name": "x", "key": "x"}).status_code == 403
    assert not priced.sales()


def test_a_slider_that_cannot_stand_there_is_named(desk: Desk) -> None:
    """Attack: a forged form asks for stop 99, a million services, a calendar of nobody."""
    planted()
    vera = desk.client(VERA)

    for wrong in ({"pick_up": "99"}, {"services": "1e9"}, {"fee": "-1"}, {"cover": "77"}):
        answer = vera.get(PAGE, {**SET, **wrong})
        assert answer.status_code == 422
        assert next(iter(wrong)) in words(answer)
    assert vera.get(PAGE, {"customer": "9" * 40}).status_code == 200


def test_a_setting_gets_a_name_and_is_given_up(desk: Desk) -> None:
    planted()
    vera = desk.client(VERA)

    vera.post(f"{PAGE}/mix", {**SET, "key": "jazz", "name": "Jazz"})
    assert "Jazz" in words(vera.get(PAGE))
    vera.post(f"{PAGE}/mix", {"key": "jazz", "name": "Jazz", "do": "give-up"})

    assert "jazz" not in {one.key for one in priced.mixes()}


def test_costs_are_set_shown_with_who_changed_them_and_taken_back(desk: Desk) -> None:
    planted()
    vera = desk.client(VERA)
    form = dict(re.findall(r'name="(\w+)" class="input"[^>]*value="([^"]*)"', vera.get(
        COSTS).content.decode()))  # fmt: skip
    before = priced.priced(priced.mixes()[0].sliders, at=now()).amount

    vera.post(COSTS, {**form, "margin": "40", "wage_agent": "31,50"})
    shown = words(vera.get(COSTS))
    refused = vera.post(COSTS, {**form, "margin": "95"})
    version = events_of([f"costs:{priced.costs_id()}"])[-1].version
    vera.post(f"{COSTS}/undo", {"version": version})

    assert "Margin, share of the price: 25 → 40" in shown
    assert "An hour of an agent, all costs: 28 → 31.5" in shown
    assert refused.status_code == 422
    assert priced.priced(priced.mixes()[0].sliders, at=now()).amount == before
    assert not [one for one in promise.named_agreements() if one.key == "jazz"]
