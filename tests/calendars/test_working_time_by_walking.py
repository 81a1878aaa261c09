"""Whatever the calendar, the fast answer is the walker's answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.calendars.oracle import DAYS, Walker
from tests.thorough import examples
from unbroken.calendars.working_time import Calendar

# A zone, and days around which its clocks do something odd.
ODD = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-18"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Kwajalein", "1993-08-21"),
    ("America/Havana", "2026-03-08"),
    ("Asia/Kathmandu", "1986-01-01"),
    ("Africa/Casablanca", "2026-02-15"),
    ("Antarctica/Troll", "2026-03-29"),
    ("Asia/Gaza", "2040-10-20"),
    ("UTC", "2024-02-29"),
    ("Europe/Moscow", "1970-12-31"),
]

clock = st.integers(0, 96).map(lambda q: f"{q // 4:02}:{q % 4 * 15:02}")
pair = st.tuples(clock, clock).filter(lambda p: p[0] < p[1]).map(list)
week = st.dictionaries(st.sampled_from(DAYS), st.lists(pair, max_size=3), max_size=7)


@st.composite
def questions(draw: st.DrawFn) -> tuple[dict[str, Any], datetime]:
    zone, day = draw(st.sampled_from(ODD))
    odd = datetime.fromisoformat(day).replace(tzinfo=UTC)
    near = [odd + timedelta(days=n) for n in (-1, 0, 1, 2)]
    holidays = draw(st.lists(st.sampled_from([f"{d:%m-%d}" for d in near] + [day]), max_size=2))
    start = odd + timedelta(minutes=draw(st.integers(-3 * 1440, 2 * 1440)))
    return {"timezone": zone, "week": draw(week), "holidays": holidays}, start


minutes = st.integers(0, 4 * 1440)
pauses_in_minutes = st.lists(st.tuples(minutes, st.none() | st.integers(0, 1440)), max_size=3)


def spread(
    start: datetime, raw: list[tuple[int, int | None]]
) -> list[tuple[datetime, datetime | None]]:
    return [
        (
            start + timedelta(minutes=after - 600),
            None if length is None else start + timedelta(minutes=after - 600 + length),
        )
        for after, length in raw
    ]


@pytest.mark.thorough
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(), minutes, pauses_in_minutes)
def test_worked_time_is_what_a_walker_counts(
    question: tuple[dict[str, Any], datetime], length: int, raw: list[tuple[int, int | None]]
) -> None:
    source, start = question
    end, pauses = start + timedelta(minutes=length), spread(start, raw)

    assert Calendar.read(source).worked(start, end, pauses) == Walker(source).worked(
        start, end, pauses
    )


@pytest.mark.thorough
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(), st.integers(0, 2 * 1440), pauses_in_minutes)
def test_the_due_instant_is_where_a_walker_arrives(
    question: tuple[dict[str, Any], datetime], need: int, raw: list[tuple[int, int | None]]
) -> None:
    source, start = question
    pauses, horizon = spread(start, raw), timedelta(days=6)

    fast = Calendar.read(source).due(start, need * 60, pauses)
    slow = Walker(source).due(start, need * 60, pauses, give_up=horizon)

    assert slow == fast or (slow is None and fast is not None and fast > start + horizon)


@pytest.mark.thorough
@settings(max_examples=examples(10), deadline=None)
@given(questions(), st.integers(0, 7200))
@example(
    (
        {"timezone": "Africa/Monrovia", "week": {"fri": [["00:00", "01:00"]]}},
        datetime(1972, 1, 7, tzinfo=UTC),
    ),
    3000,
)  # until that day Liberia was 44 minutes and 30 seconds late
def test_seconds_are_counted_as_exactly_as_minutes(
    question: tuple[dict[str, Any], datetime], length: int
) -> None:
    source, start = question
    end = start + timedelta(seconds=length)

    fast = Calendar.read(source).worked(start, end)

    assert fast == Walker(source, step_seconds=1).worked(start, end)


@pytest.mark.thorough
@settings(max_examples=examples(150), deadline=None)
@given(questions(), st.integers(1, 40 * 86400 * 1_000_000), pauses_in_minutes)
def test_exactly_so_much_has_counted_when_it_is_due_and_less_before(
    question: tuple[dict[str, Any], datetime], micros: int, raw: list[tuple[int, int | None]]
) -> None:
    source, start = question
    calendar, pauses, need = Calendar.read(source), spread(start, raw), micros / 1_000_000

    due = calendar.due(start, need, pauses)

    if due is None:  # never open, or paused with time left: the walker's test has looked at those
        return
    assert abs(calendar.worked(start, due, pauses) - need) < 1e-6
    assert calendar.worked(start, due - timedelta(microseconds=1), pauses) < need


@pytest.mark.thorough
@settings(max_examples=examples(100), deadline=None)
@given(questions(), st.integers(0, 10**7), st.integers(0, 10**7))
def test_time_worked_in_two_parts_is_the_time_worked_in_one(
    question: tuple[dict[str, Any], datetime], first: int, second: int
) -> None:
    source, start = question
    calendar = Calendar.read(source)
    middle = start + timedelta(seconds=first)
    end = middle + timedelta(seconds=second)

    assert calendar.worked(start, end) == calendar.worked(start, middle) + calendar.worked(
        middle, end
    )
