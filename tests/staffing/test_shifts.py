"""Who is on: weeks from a date, days that are different, nights in which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unbroken.calendars.definition import DAYS
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.ground.undo import take_back
from unbroken.staffing import actions
from unbroken.staffing.shift_queries import on_until, plan_of
from unbroken.staffing.shifts import OtherDay, Pattern, Plan, shifts_between

ZONES = ("UTC", "Europe/Berlin", "America/Santiago")
HOURS = st.sampled_from([[], [["08:00", "16:00"]], [["00:00", "06:00"], ["22:00", "24:00"]]])
WEEKS = st.fixed_dictionaries(dict.fromkeys(DAYS, HOURS))
DATES = st.dates(date(2026, 1, 1), date(2026, 12, 1))
BERLIN = ZoneInfo("Europe/Berlin")


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    weeks=st.lists(st.tuples(DATES, WEEKS), max_size=3, unique_by=lambda one: one[0]),
    others=st.lists(st.tuples(DATES, HOURS), max_size=3, unique_by=lambda one: one[0]),
    minute=st.integers(0, 330 * 24 * 60),
)
def test_somebody_is_on_exactly_when_the_wall_clock_lies_in_the_hours_of_its_day(
    zone: str, weeks: list[tuple[date, dict]], others: list[tuple[date, list]], minute: int
) -> None:  # type: ignore[type-arg]
    patterns = tuple(Pattern(since, week) for since, week in weeks)
    plan = Plan(zone, patterns, tuple(OtherDay(day, hours, "swap") for day, hours in others))
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    wall = at.astimezone(ZoneInfo(zone))

    clock = f"{wall:%H:%M}"
    hours = plan.hours_on(wall.date())

    assert plan.is_on(at) == any(opens <= clock < closes for opens, closes in hours)
    until = plan.on_until(at)
    if until is not None:
        assert until > at
        assert not plan.is_on(until)
        assert plan.is_on(until - timedelta(seconds=1))


def test_a_night_that_loses_an_hour_is_one_shift_to_the_end_on_the_wall() -> None:
    week = {"sat": [["22:00", "24:00"]], "sun": [["00:00", "06:00"]]}
    plan = Plan("Europe/Berlin", (Pattern(date(2026, 1, 1), week),))
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)

    begins, ends = next(shifts_between(plan, saturday, saturday + timedelta(days=1)))

    assert ends.astimezone(BERLIN).strftime("%a %H:%M") == "Sun 06:00"
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=7)


@pytest.mark.django_db
def test_leave_is_planned_seen_at_once_and_taken_back() -> None:
    at = datetime(2026, 5, 27, 10, tzinfo=UTC)
    sofie = actions.hire_agent(name="Sofie", email="s@d.example", timezone="Europe/Berlin",
                               by=HOUSE, at=at)  # fmt: skip
    week = {"wed": [["08:00", "16:00"]]}
    actions.set_shifts(agent_id=sofie, since=date(2026, 5, 1), week=week, by=HOUSE, at=at)
    before = on_until(sofie, at)

    actions.set_shift_day(agent_id=sofie, day=at.date(), hours=[], reason="leave", by=HOUSE, at=at)
    away = on_until(sofie, at)
    stream = f"agent:{sofie}"
    take_back(stream=stream, version=events_of([stream])[-1].version, by=HOUSE, at=at)

    assert before == datetime(2026, 5, 27, 16, tzinfo=BERLIN)
    assert away is None
    assert on_until(sofie, at) == before
    assert plan_of(sofie, "UTC").next_on(at + timedelta(days=1)) == datetime(
        2026, 6, 3, 8, tzinfo=BERLIN
    )
