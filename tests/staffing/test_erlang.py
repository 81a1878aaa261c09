"""How many people calls need: against published values, and against walking the chain."""

import heapq
import json
import math
import random
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unbroken.house.cli import run
from unbroken.staffing.erlang import Load, Service, blocking, need, scheduled, service

A_CALL_CENTRE = Load(200, 3600, 180)
LOADS = st.builds(
    Load,
    calls=st.floats(0, 400),
    interval_seconds=st.just(1800.0),
    handling_seconds=st.floats(30, 900),
    patience_seconds=st.none() | st.floats(20, 3000),
)


def near(found: float | None, wanted: float, digits: int = 5) -> bool:
    return found is not None and round(found, digits) == round(wanted, digits)


def test_the_worked_examples_in_print_come_out() -> None:
    fourteen = need(A_CALL_CENTRE, within_seconds=20, service_level=0.8)
    thirteen = service(A_CALL_CENTRE, 13, within_seconds=20)
    many = service(Load(360, 1800, 240), 55, within_seconds=15)

    assert fourteen.agents == 14
    assert scheduled(14, 0.3) == 20
    assert near(fourteen.wait_probability, 0.17413)
    assert near(fourteen.service_level, 0.88835)
    assert near(fourteen.asa_seconds, 7.836, 3)
    assert near(thirteen.service_level, 0.79559), "it misses four in five by half a percent"
    assert near(many.service_level, 0.84588)
    assert near(many.asa_seconds, 8.184, 3)
    assert near(blocking(84.064, 100), 0.01)


@pytest.mark.parametrize(
    ("lines", "at_1", "at_2", "at_5"),
    [
        (10, 4.461, 5.084, 6.216),
        (20, 12.031, 13.182, 15.249),
        (30, 20.337, 21.932, 24.802),
        (50, 37.901, 40.255, 44.533),
        (100, 84.064, 87.972, 95.240),
    ],
)
def test_the_table_of_erlang_b_in_print_comes_out(
    lines: int, at_1: float, at_2: float, at_5: float
) -> None:
    for offered, loss in ((at_1, 0.01), (at_2, 0.02), (at_5, 0.05)):
        found = service(Load(offered, 1, 1, 0), lines, within_seconds=20)
        assert found.model == "erlang-b"
        assert found.abandoned == pytest.approx(loss, abs=5e-6 * lines)
        assert found.service_level == 1 - (found.abandoned or 0)


def test_five_hundred_people_do_not_overflow() -> None:
    for patience in (None, 0.0, 120.0):
        found = service(Load(4800, 1800, 180, patience), 500, within_seconds=20)
        assert 0.9 < found.service_level <= 1
        assert found.occupancy == pytest.approx(0.96, abs=0.02)


def simulated(load: Load, agents: int, within: float, calls: int, dice: random.Random) -> float:
    """One call after another as events: which share is answered in time."""
    free, at, in_time = [0.0] * agents, 0.0, 0
    for _call in range(calls):
        at += dice.expovariate(load.calls / load.interval_seconds)
        first = heapq.heappop(free)
        wait = max(first - at, 0.0)
        if load.patience_seconds and wait > dice.expovariate(1 / load.patience_seconds):
            heapq.heappush(free, first)
            continue
        in_time += wait <= within
        heapq.heappush(free, at + wait + dice.expovariate(1 / load.handling_seconds))
    return in_time / calls


@pytest.mark.parametrize("patience", [None, 120.0])
def test_a_simulation_of_single_calls_agrees_within_its_interval(patience: float | None) -> None:
    load, dice = Load(200, 3600, 180, patience), random.Random(7)

    days = [simulated(load, 13, 20, 6000, dice) for _day in range(16)]

    interval = 3 * stdev(days) / math.sqrt(len(days))
    found = service(load, 13, within_seconds=20).service_level
    assert found == pytest.approx(fmean(days), abs=interval)
    assert interval < 0.03


def test_callers_who_hang_up_are_counted_as_the_literature_counts_them() -> None:
    """Exact values of the stationary chain, as an independent program publishes them."""
    found = service(Load(100, 1800, 180, 300), 14, within_seconds=20)

    assert near(found.wait_probability, 0.14526)
    assert near(found.abandoned, 0.013984, 6)
    assert near(found.occupancy, 0.704297, 6)
    assert near((found.asa_seconds or 0) / 60, 0.069919, 6)
    assert near(found.service_level, 0.916792, 6)


def test_overload_without_patience_is_told_as_such() -> None:
    found = service(A_CALL_CENTRE, 10, within_seconds=20)

    assert (found.is_stable, found.asa_seconds, found.service_level) == (False, None, 0.0)


def walked(load: Load, agents: int) -> tuple[float, float]:
    """The same chain, state by state, in logarithms: who waits, who hangs up."""
    weight, weights = 0.0, [0.0]
    for state in range(1, agents + 4000):
        leaving = min(state, agents) / load.handling_seconds
        leaving += max(state - agents, 0) / (load.patience_seconds or math.inf)
        weight += math.log(load.calls / load.interval_seconds / leaving)
        weights.append(weight)
    top = max(weights)
    shares = [math.exp(one - top) for one in weights]
    whole = math.fsum(shares)
    waits = math.fsum(shares[agents:]) / whole
    length = math.fsum((state - agents) * shares[state] for state in range(agents, len(shares)))
    gone = length / whole / (load.patience_seconds or math.inf)
    return waits, gone / (load.calls / load.interval_seconds)


@settings(max_examples=12, deadline=None)
@given(st.floats(1, 300), st.floats(30, 900), st.floats(20, 600), st.integers(1, 60))
def test_impatience_agrees_with_walking_the_chain(
    calls: float, handling: float, patience: float, agents: int
) -> None:
    load = Load(calls, 1800, handling, patience)

    found = service(load, agents, within_seconds=20)

    waits, gone = walked(load, agents)
    assert found.wait_probability == pytest.approx(waits, abs=1e-9)
    assert found.abandoned == pytest.approx(gone, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(LOADS, st.integers(1, 120), st.floats(0, 300))
def test_shares_are_shares_and_more_people_are_never_worse(
    load: Load, agents: int, within: float
) -> None:
    few = service(load, agents, within_seconds=within)
    more = service(load, agents + 1, within_seconds=within)

    for found in (few, more):
        for share in (found.wait_probability, found.service_level, found.occupancy):
            assert 0 <= share <= 1 + 1e-9
    assert more.service_level >= few.service_level - 1e-9
    assert more.wait_probability <= few.wait_probability + 1e-9


@settings(max_examples=20, deadline=None)
@given(LOADS, st.floats(0.05, 0.99))
def test_what_is_needed_is_enough_and_one_less_is_not(load: Load, level: float) -> None:
    found = need(load, within_seconds=20, service_level=level, occupancy_max=0.9)

    def is_enough(one: Service) -> bool:
        return one.service_level >= level and one.occupancy <= 0.9

    assert is_enough(found)
    if found.agents > 1:
        assert not is_enough(service(load, found.agents - 1, within_seconds=20))


def test_the_command_line_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "--calls 200 --interval 3600 --aht 180 --answer-within 20 --shrinkage 0.3 --json"

    assert run(f"staffing need --service-level 0.8 {asked}".split()) == 0
    needed = json.loads(capsys.readouterr().out)
    assert run(f"staffing at --agents 9 {asked}".split()) == 0
    too_few = json.loads(capsys.readouterr().out)

    assert (needed["model"], needed["agents"], needed["scheduled"]) == ("erlang-c", 14, 20)
    assert (needed["stable"], needed["abandoned"]) == (True, None)
    assert (too_few["stable"], too_few["asa"]) == (False, None)
