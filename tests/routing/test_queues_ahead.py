"""An estimate knows who is on, how much lies before a request, and what was learned of its like."""

import pytest

from unbroken.routing.estimate.queues import Asked, Capacity, Forecast, Learned, Leg
from unbroken.routing.estimate.trust import Trust

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
    thrown = [100.0 * one for one in range(1, 11)]
    trust = Trust()
    assert trust.moved(thrown) == (pytest.approx(550), pytest.approx(820))

    for one in range(200):
        trust.note(thrown, 500.0 + 3 * one)

    half, most = trust.moved(thrown)
    assert half == pytest.approx(800, rel=0.05)
    assert most == pytest.approx(980, rel=0.05)


def test_what_came_later_than_all_that_was_thrown_is_told_beyond_it() -> None:
    trust = Trust()
    for _ in range(400):
        trust.note([100.0, 200.0], 400.0)

    half, most = trust.moved([1000.0, 2000.0])

    assert 3600 < half <= most < 4400


def test_what_is_open_yet_counts_as_later_or_the_quick_alone_would_be_believed() -> None:
    thrown = [100.0 * one for one in range(1, 11)]
    quick, both = Trust(), Trust()
    for one in range(100):
        quick.note(thrown, 3.0 * one)
        both.note(thrown, 3.0 * one)
        both.note(thrown, 300.0, is_over=False)

    assert quick.moved(thrown)[1] < 300 < both.moved(thrown)[1]


def test_a_rank_moves_over_a_night_and_never_a_number_of_seconds() -> None:
    evening, morning = 2 * HOUR, 16 * HOUR
    trust = Trust()
    for one in range(100):
        trust.note([60.0 * one for one in range(11)], 6.0 * one)

    half, most = trust.moved([evening] * 5 + [morning] * 5)

    assert half in (pytest.approx(evening), pytest.approx(morning, rel=0.6))
    assert most == morning


def test_a_topic_leans_on_all_as_far_as_topics_differ_by_chance() -> None:
    alike, apart = Learned(), Learned()
    for topic in range(10):
        for one in range(20):
            alike.learn(Leg(str(topic), "first", 60, 0.0, "" if one % 2 else "routers"), 0)
            over = "" if topic % 2 else "routers"
            apart.learn(Leg(str(topic), "first", 60, 0.0, over), 0)
    for known in (alike, apart):
        for _ in range(10):
            known.learn(Leg("new", "first", 60, 0.0, ""), 0)

    def share_over(known: Learned, topic: str) -> float:
        names, shares = known.next_of(topic, "first", 0)
        return dict(zip(names, shares, strict=True))[""]

    assert share_over(alike, "new") < 0.7 < share_over(apart, "1")
    assert share_over(apart, "0") < 0.2


def test_the_wait_for_an_answer_comes_where_it_came_before() -> None:
    known = learned(first=600, routers=600)
    for _ in range(40):
        known.learn(Leg("slow", "routers", 600.0, HOUR, "", waited_for="customer"), 1)

    assert known.waits_at(0) < 0.1
    assert known.waits_at(1) > 0.8
