"""An estimate knows who is on, how much lies before a request, and what was learned of its like."""

import pytest

from unbroken.routing.estimate.queues import Asked, Capacity, Forecast, Learned, Leg, Trust

HOUR, DAY = 3600.0, 86400.0
DAYTIME = [(0.0, 0.0), (8 * HOUR, 2.0), (16 * HOUR, 0.0), (32 * HOUR, 2.0), (40 * HOUR, 0.0)]
"""Asked at midnight: two people from 8 to 16 on two days."""


def learned(**seconds: float) -> Learned:
    found = Learned()
    for team, one in seconds.items():
        for _ in range(40):
            found.learn(Leg("slow", team, one, 0.0, "" if team == "routers" else "routers"), 0)
    return found


def test_work_goes_on_only_while_somebody_is_on_and_faster_with_two() -> None:
    day = Capacity(DAYTIME, 2 * DAY)

    assert day.when_done(day.done_by(0.0) + HOUR) == 8.5 * HOUR
    assert day.after(15 * HOUR, 2 * HOUR) == 33 * HOUR
    assert day.done_by(day.when_done(20 * HOUR)) == pytest.approx(20 * HOUR)


def test_the_night_the_queue_and_the_next_team_are_all_waited_for() -> None:
    capacity = {"first": Capacity(DAYTIME, 2 * DAY), "routers": Capacity(DAYTIME, 2 * DAY)}
    forecast = Forecast(capacity, {"routers": 8 * HOUR}, learned(first=600, routers=600))

    empty, _ = forecast.both(Asked("slow", "routers", 0.0))
    queued, late = forecast.both(Asked("slow", "routers", 14 * HOUR))
    chained, _ = forecast.both(Asked("slow", "first", 0.0))

    assert 8 * HOUR < empty < 9 * HOUR
    assert 15 * HOUR < queued <= late
    assert empty < chained < queued


def test_with_few_cases_of_a_topic_it_is_taken_for_one_like_the_others() -> None:
    known = learned(routers=600)
    usual, _ = known.time_of("slow", "routers")
    known.learn(Leg("rare", "routers", 60_000, 0.0, ""), 0)

    rare, _ = known.time_of("rare", "routers")

    assert usual < rare < usual + 1.0


def test_what_was_told_too_early_is_told_later_from_then_on() -> None:
    trust = Trust()
    assert trust.moved((100.0, 200.0)) == (100.0, 200.0)

    for _ in range(200):
        trust.note((100.0, 200.0), 400.0)

    half, most = trust.moved((100.0, 200.0))
    assert half == pytest.approx(400, rel=0.1)
    assert most == pytest.approx(400, rel=0.1)
