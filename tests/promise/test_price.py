"""The equaliser's sum can be followed, moves the right way, refuses what we cannot keep."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unbroken.promise import costs as cost
from unbroken.promise.costs import Costs
from unbroken.promise.mixes import BEGINS, MixRow
from unbroken.promise.past import Figure, Past, Promised, Took
from unbroken.promise.price import Price, price
from unbroken.promise.price_field import available
from unbroken.promise.price_parts import Part
from unbroken.promise.sliders import (
    HOUR,
    SLIDERS,
    BadSlider,
    Sliders,
    as_json,
    at_stops,
    checked,
    from_json,
    seconds_typed,
    share_typed,
    stop_of,
)
from unbroken.staffing.load import hours_by_band, open_quarters

OFFICE = {"day": 50.0, "evening": 0.0, "night": 0.0}
ALWAYS = {"day": 50.0, "evening": 48.0, "night": 70.0}
COSTS = Costs({})
PAST = Past(
    requests=Figure(0.9), faults=Figure(0.08), minutes=Figure(15), phone_share=Figure(0.4),
    chat_share=Figure(0.1), pace={"day": 20, "evening": 8, "night": 1.5},
    promised=(Promised(OFFICE, 4000), Promised(ALWAYS, 900)),
)  # fmt: skip
FAIR = Sliders(services=10, pick_up=120, first_answer=4 * HOUR, fee=40)


def part(found: Price, key: str) -> Part:
    return next(one for one in found.parts if one.key == key)


def step(found: Price, key: str, name: str) -> float:
    return next(one.value for one in part(found, key).steps if one.key == name)


def test_the_price_is_followed_from_slider_to_head_count() -> None:
    found = price(FAIR, COSTS, PAST, cover=OFFICE)

    people_on = step(found, "people_day", "people")
    assert people_on == max(
        step(found, "people_day", "more") + step(found, "people_day", "quicker"),
        step(found, "people_day", "least"),
    )
    paid = people_on * 50 * 365.25 / 84 / 0.9 / 0.7
    assert step(found, "people_day", "paid") == pytest.approx(paid)
    assert part(found, "people_day").amount == pytest.approx(paid * 28)
    assert found.heads == pytest.approx(found.paid_hours / 160)
    whole = math.fsum(one.amount or 0 for one in found.parts)
    assert found.amount == pytest.approx(whole, abs=0.01)
    assert part(found, "margin").amount == pytest.approx(whole * 0.25)


def test_each_line_of_the_sum_says_what_it_is_in_which_unit_and_where_it_comes_from() -> None:
    full = replace(FAIR, restore=8 * HOUR, next_news=2 * HOUR, named=True, credits=0.2)

    found = price(replace(full, availability=0.999), COSTS, PAST, cover=ALWAYS)

    assert {one.key for one in found.parts} >= {
        "load", "people_day", "people_evening", "people_night", "news", "crews", "spares",
        "named", "credits", "margin",
    }  # fmt: skip
    for one in found.parts:
        assert one.steps
        for line in one.steps:
            assert line.label
            assert line.source
            assert line.unit
            assert math.isfinite(line.value)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(SLIDERS),
    st.lists(st.integers(0, 5), min_size=len(SLIDERS), max_size=len(SLIDERS)),
    st.sampled_from([OFFICE, ALWAYS]),
    st.integers(1, 400),
)
def test_more_promised_never_costs_less(
    moved: object, places: list[int], cover: dict[str, float], services: int
) -> None:
    stops = {one.key: str(place) for one, place in zip(SLIDERS, places, strict=True)}
    less = at_stops(stops, replace(FAIR, services=services))
    key = moved.key  # type: ignore[attr-defined]
    more = at_stops({**stops, key: str(int(stops[key]) + 1)}, less)

    before = price(less, COSTS, PAST, cover=cover).amount
    after = price(more, COSTS, PAST, cover=cover).amount

    assert after >= before - 0.02


def test_a_lonely_night_is_paid_by_whoever_asks_for_it_and_shared_as_others_come() -> None:
    alone = replace(PAST, promised=(Promised(OFFICE, 4000),))

    first = price(FAIR, COSTS, alone, cover=ALWAYS)
    second = price(FAIR, COSTS, PAST, cover=ALWAYS)

    assert step(first, "people_night", "people") >= 1
    assert step(second, "people_night", "people") < 0.1


TIMES = {("first_answer", ""): Took(tuple(float(n * 60) for n in range(1, 101)))}


def test_what_history_says_we_cannot_keep_is_not_sold_and_the_share_is_shown() -> None:
    slow = replace(PAST, took=TIMES)

    found = price(replace(FAIR, first_answer=HOUR), COSTS, slow, cover=OFFICE)
    modest = price(replace(FAIR, first_answer=2 * HOUR), COSTS, slow, cover=OFFICE)

    (refusal,) = found.refusals
    assert (refusal.measure, refusal.key) == ("first_answer", "not_kept")
    assert refusal.record is not None
    assert (refusal.record.kept, refusal.record.cases) == (0.6, 100)
    assert refusal.record.possible == 90 * 60, "what nine of ten were answered in"
    assert not found.is_sellable
    assert modest.is_sellable


def test_too_few_cases_refuse_nothing_and_are_said_to_be_assumed() -> None:
    few = replace(PAST, took={("first_answer", ""): Took((9e9,) * 29)})

    found = price(FAIR, COSTS, few, cover=OFFICE)

    assert found.is_sellable
    assert {one.measure: one.cases for one in found.records}["first_answer"] == 0


def test_a_repair_quicker_than_the_way_to_the_site_is_refused() -> None:
    found = price(replace(FAIR, restore=4 * HOUR), Costs({"travel_hours": 4}), PAST, cover=ALWAYS)

    assert [one.key for one in found.refusals] == ["too_quick"]


def test_credits_are_expected_as_often_as_promises_were_missed_and_capped() -> None:
    missed = replace(PAST, took={("first_answer", ""): Took((60.0,) * 95 + (9e6,) * 5)})
    generous = replace(FAIR, credits=0.5)

    found = price(generous, COSTS, missed, cover=OFFICE)
    capped = price(generous, Costs({"credit_cap": 0.001}), missed, cover=OFFICE)

    written = 9 * (1 - 0.4)
    assert part(found, "credits").amount == pytest.approx(written * 0.05 * 0.5 * 40)
    assert part(capped, "credits").amount == pytest.approx(0.001 * 40 * 10)


def test_the_share_of_months_that_work_agrees_with_the_sum_over_faults() -> None:
    """One fault of a month in twenty, 0.94 hours on average: by hand."""
    past, mean = replace(PAST, faults=Figure(0.05)), 0.5 + 0.35 * 2.25
    allowed = 0.001 * 24 * 365.25 / 12
    none, one = math.exp(-0.05), 0.05 * math.exp(-0.05)
    two = 0.05**2 / 2 * math.exp(-0.05)
    in_time = 1 - math.exp(-allowed / mean)
    both = 1 - math.exp(-allowed / mean) * (1 + allowed / mean)

    found = available(0.999, past, COSTS, lines=1)

    assert found == pytest.approx(none + one * in_time + two * both, abs=2e-5)
    assert available(0.999, past, COSTS, lines=2) > found


def test_sliders_are_kept_typed_and_slid_to_the_same_place() -> None:
    full = Sliders(
        "every-day", 20, 1800, 2 * HOUR, 4 * HOUR, 0.999, frozenset({"chat"}), True, 0.2, 7, 29.9
    )

    slid = at_stops({one.key: str(stop_of(one, getattr(full, one.key))) for one in SLIDERS}, full)

    assert from_json(as_json(full)) == slid == full
    typed = [seconds_typed(one) for one in ("20 s", "15min", "1,5 h", "2 d", "90", "none")]
    assert typed == [20, 900, 5400, 172_800, 90, 0]
    assert [share_typed(one) for one in ("99.95 %", "0,5", "none")] == [0.9995, 0.005, 0.0]


@pytest.mark.parametrize(
    "wrong",
    [{"pick_up": 1}, {"first_answer": 9e9}, {"availability": 1.0}, {"services": 0}, {"fee": -1.0}],
)
def test_a_slider_beyond_its_end_is_refused_by_name(wrong: dict[str, float]) -> None:
    with pytest.raises(BadSlider) as refused:
        checked(replace(FAIR, **wrong))  # type: ignore[arg-type]
    assert refused.value.key in wrong


@pytest.mark.parametrize(("key", "said"), [("margin", "90.1"), ("wage_agent", "-1"), ("x", "1")])
def test_a_cost_beyond_its_limits_is_refused_by_name(key: str, said: str) -> None:
    with pytest.raises((cost.BadCost, KeyError)):
        cost.checked({key: cost.typed(key, said)}, "EUR")


def test_a_week_falls_into_three_bands_whole() -> None:
    every = hours_by_band(open_quarters(dict.fromkeys(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (("00:00", "24:00"),)
    )))  # fmt: skip

    assert every == {"day": 50, "evening": 48, "night": 70}


@pytest.mark.parametrize("mix", BEGINS, ids=lambda mix: mix.key)
def test_what_a_named_setting_promises_is_where_its_sliders_stand(mix: MixRow) -> None:
    """Accident: a slider that stood at 72 hours beside a sum that said 48."""
    stood = at_stops({one.key: str(stop_of(one, getattr(mix.sliders, one.key))) for one in SLIDERS},
                     mix.sliders)  # fmt: skip

    assert stood == mix.sliders
