"""Prices with a database: costs with a history, settings, what is sold, what the past refuses."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.promise.desk import SOFIE, Desk, when
from tests.typed import told
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.ground.undo import take_back
from unbroken.promise import queries
from unbroken.promise.commands import price as command
from unbroken.promise.pricing import sell, set_costs, set_mix
from unbroken.promise.queries import priced
from unbroken.promise.queries.owed import rules_of
from unbroken.promise.sliders import HOUR, Sliders

FAIR = Sliders(services=3, first_answer=4 * HOUR, credits=0.2)
AT = when("wed 12:00")


def sold(key: str = "cafe", sliders: Sliders = FAIR, **more: int) -> int:
    return sell(agreement=key, name="Café", sliders=sliders, by=SOFIE, at=AT, **more)


def test_one_sale_makes_agreement_consequences_and_price(desk: Desk) -> None:
    sold(customer_id=desk.anneke.id)

    agreement = next(one for one in queries.agreements() if one.key == "cafe")
    assert {aim.measure: aim.seconds["low"] for aim in agreement.aims} == {
        "pick_up": 60, "first_answer": 4 * HOUR,
    }  # fmt: skip
    assert agreement.calendar == "weekdays"
    assert {one.measure: one.settings["percent"] for one in rules_of("cafe")} == {
        "pick_up": "20", "first_answer": "20",
    }  # fmt: skip
    (sale,) = priced.sales(agreement="cafe")
    assert float(sale.amount) == priced.priced(FAIR, at=AT).amount
    assert sale.sums["parts"]


def test_a_price_is_versioned_with_its_agreement_and_sold_twice_is_sold_once(desk: Desk) -> None:
    first = sold()
    assert sold() == first
    assert sold(sliders=replace(FAIR, first_answer=HOUR, credits=0.0)) == first

    events = [one for one in events_of([f"sale:{first}"]) if one.kind == "sale.made"]
    assert [one.data["agreement_version"] for one in events] == [1, 2]
    assert not [one for one in rules_of("cafe") if one.is_on]


def test_an_agreement_that_was_made_by_hand_is_not_overwritten_by_a_sale(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        sold("classic")
    assert refused.value.key == "sale.taken"


def test_what_the_desk_did_not_keep_is_not_sold(desk: Desk) -> None:
    """Attack on ourselves: selling an hour when every answer took six."""
    set_costs(values={"cases_min": 5}, currency="EUR", by=SOFIE, at=AT)
    for _n in range(5):
        ticket = desk.anneke.reports("no sync", "mon 08:00")
        desk.sofie.replies(ticket, "mon 14:00")

    found = priced.priced(replace(FAIR, first_answer=HOUR), at=AT)
    with pytest.raises(Refused):
        sold(sliders=replace(FAIR, first_answer=HOUR))

    (refusal,) = found.refusals
    assert refusal.record is not None
    assert (refusal.measure, refusal.record.kept, refusal.record.cases) == ("first_answer", 0.0, 5)
    assert refusal.record.possible == pytest.approx(6 * HOUR, abs=60)
    assert priced.priced(replace(FAIR, first_answer=10 * HOUR), at=AT).is_sellable


def test_costs_have_a_history_and_are_taken_back(desk: Desk) -> None:
    before = priced.priced(FAIR, at=AT).amount
    set_costs(values={"margin": 0.5}, currency="USD", by=SOFIE, at=AT)
    dearer = priced.priced(FAIR, at=AT)

    stream = f"costs:{priced.costs_id()}"
    last = events_of([stream])[-1]
    assert last.data["now"] == {"margin": "50", "currency": "USD"}
    take_back(stream=stream, version=last.version, by=SOFIE, at=AT + timedelta(hours=1))

    assert (dearer.currency, dearer.amount) == ("USD", pytest.approx(before * 1.5, abs=0.02))
    assert priced.priced(FAIR, at=AT).amount == before


def test_settings_have_names_and_can_be_changed_given_up_and_put_back(desk: Desk) -> None:
    assert [one.name for one in priced.mixes()] == ["Classic", "Pop", "Rock"]

    set_mix(key="jazz", name="Jazz", sliders=FAIR, place=15, by=SOFIE, at=AT)
    set_mix(key="rock", name="Rock'n'roll", sliders=FAIR, place=30, by=SOFIE, at=AT)
    set_mix(key="pop", name="Pop", sliders=FAIR, place=20, is_on=False, by=SOFIE, at=AT)

    assert [one.name for one in priced.mixes()] == ["Classic", "Jazz", "Rock'n'roll"]
    with pytest.raises(Refused) as refused:
        set_mix(key="x", name="X", sliders=replace(FAIR, cover="moon"), place=1, by=SOFIE, at=AT)
    assert refused.value.values["key"] == "cover"


def test_the_command_tells_the_sum_and_says_no(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    pop = ("--preset", "pop", "--services", "10", "--fee", "30", "--next-news", "none")
    found = told(command, capsys, *pop, "--channels", "phone", "--json")
    too_far = told(command, capsys, "--restore", "1h", "--cover", "round-the-clock")
    nonsense = told(command, capsys, "--first-answer", "soon")

    document = json.loads(found.out)
    assert (found.status, too_far.status, nonsense.status) == (0, 2, 2)
    assert "first_answer cannot be “soon”" in nonsense.err
    assert document["sliders"]["channels"] == ["phone"]
    assert document["sliders"]["next_news"] == 0
    assert document["price"] > 0
    assert document["heads"] > 0
    line = document["parts"][0]["steps"][0]
    assert line.keys() == {"key", "label", "value", "unit", "formula", "source"}
    assert "People by day" in told(command, capsys, *pop).out
