"""When something recurs: in order, once each, whatever clocks and months do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from unbroken.routines.schedule import Schedule, coming, following

SCHEDULES = st.builds(
    Schedule,
    first=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    at=st.times(),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"]),
    every=st.integers(1, 40),
    unit=st.sampled_from(["day", "week", "month"]),
    closed=st.sampled_from(["anyway", "next", "skip"]),
    weekdays=st.lists(st.integers(0, 6), unique=True).map(lambda days: tuple(sorted(days))),
)


def weekday(day: date) -> bool:
    """Nobody works on Saturday and Sunday."""
    return day.weekday() < 5


def local(schedule: Schedule, count: int, works: bool = False) -> list[str]:
    """The first dates as a clock there shows them."""
    before = datetime.combine(schedule.first, time(), UTC) - timedelta(days=2)
    found = islice(coming(schedule, before, weekday if works else None), count)
    return [f"{one.astimezone(ZoneInfo(schedule.zone)):%Y-%m-%d %H:%M}" for one in found]


@given(SCHEDULES, st.integers(0, 5000), st.booleans())
def test_dates_come_in_order_and_asking_again_goes_on_where_it_was(
    schedule: Schedule, days: int, is_working: bool
) -> None:
    works = weekday if is_working else None
    after = datetime.combine(schedule.first, time(), UTC) + timedelta(days=days)

    dates = list(islice(coming(schedule, after, works), 5))

    assert all(after < one for one in dates)
    assert all(one < other for one, other in pairwise(dates))
    for one, other in pairwise(dates):
        assert following(schedule, one, works) == other, "no date is lost or made twice"


@given(SCHEDULES)
def test_a_schedule_reads_back_what_it_wrote(schedule: Schedule) -> None:
    back = Schedule.read(schedule.write())

    assert back is not None
    assert back.write() == schedule.write() | {"weekdays": list(back.weekdays)}


def test_the_time_of_day_stays_when_clocks_change() -> None:
    daily = Schedule(date(2026, 10, 24), time(8), "Europe/Berlin", 1, "day")
    skipped = Schedule(date(2026, 3, 28), time(2, 30), "Europe/Berlin", 1, "day")

    assert local(daily, 2) == ["2026-10-24 08:00", "2026-10-25 08:00"]
    assert local(skipped, 3) == ["2026-03-28 02:30", "2026-03-29 03:30", "2026-03-30 02:30"]


def test_a_short_month_gives_its_last_day_and_free_days_are_moved_or_left_out() -> None:
    monthly = Schedule(date(2026, 1, 31), time(8), "UTC", 1, "month")
    moved = Schedule(date(2026, 1, 31), time(8), "UTC", 1, "month", closed="next")
    left_out = Schedule(date(2026, 5, 1), time(8), "UTC", 1, "day", closed="skip")

    assert local(monthly, 3) == ["2026-01-31 08:00", "2026-02-28 08:00", "2026-03-31 08:00"]
    assert local(moved, 2, works=True) == ["2026-02-02 08:00", "2026-03-02 08:00"]
    assert local(left_out, 2, works=True) == ["2026-05-01 08:00", "2026-05-04 08:00"]


def test_every_other_week_on_two_days() -> None:
    fortnight = Schedule(date(2026, 5, 6), time(9), "UTC", 2, "week", (0, 2))

    assert local(fortnight, 3) == ["2026-05-06 09:00", "2026-05-18 09:00", "2026-05-20 09:00"]
