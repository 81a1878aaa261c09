"""What comes is foretold from what came: weekday, level, season, holidays; outages left out."""

from datetime import date, timedelta

import pytest

from unbroken.staffing.forecast import QUARTERS, Past, TooLittle, foretell

MONDAY = date(2026, 6, 1)


def a_day(requests: int, at: int = 10) -> list[int]:
    """So many requests in each quarter of the hour that begins then."""
    return [requests if at <= n // 4 < at + 1 else 0 for n in range(QUARTERS)]


def weeks(count: int, *, weekday: int = 8, weekend: int = 2) -> dict[date, list[int]]:
    """Whole weeks before that Monday."""
    days = [MONDAY - timedelta(days=n) for n in range(1, 7 * count + 1)]
    return {day: a_day(weekday if day.weekday() < 5 else weekend) for day in days}


def test_a_weekday_is_like_its_weekdays_and_keeps_its_hour() -> None:
    monday, sunday = foretell(Past(weeks(8)), [MONDAY, MONDAY + timedelta(days=6)], holidays=())

    assert monday.requests == pytest.approx(32)
    assert sunday.requests == pytest.approx(8)
    assert monday.quarters[41] == pytest.approx(8)
    assert (monday.like, monday.level, monday.season) == (8, 1.0, 1.0)


def test_an_outage_of_the_past_is_left_out() -> None:
    """Accident: four hundred calls about one cable would staff every Tuesday for ever."""
    days = weeks(8)
    days[MONDAY - timedelta(days=6)] = a_day(400)

    tuesday = foretell(Past(days), [MONDAY + timedelta(days=1)], holidays=())[0]

    assert tuesday.requests == pytest.approx(32, abs=0.5)
    assert tuesday.left_out == 1


def test_the_last_weeks_raise_the_level() -> None:
    days = weeks(12)
    for n in range(1, 29):
        day = MONDAY - timedelta(days=n)
        days[day] = [10 * one // 8 for one in days[day]]

    found = foretell(Past(days), [MONDAY], holidays=())[0]

    assert found.level > 1.1
    assert found.requests > 34


def test_this_time_of_the_last_year_is_the_season() -> None:
    days = weeks(60)
    for n in range(-10, 11):
        day = MONDAY - timedelta(days=364 + n)
        days[day] = [3 * one // 2 for one in days[day]]

    found = foretell(Past(days), [MONDAY], holidays=())[0]

    assert found.season > 1.2


def test_a_holiday_is_like_holidays_and_the_first_one_like_a_sunday() -> None:
    days = weeks(8)
    off = MONDAY - timedelta(days=7)
    known = {**days, off: a_day(1)}

    first = foretell(Past(days), [MONDAY], holidays={MONDAY})[0]
    second = foretell(Past(known, {off}), [MONDAY], holidays={MONDAY})[0]

    assert first.requests == pytest.approx(8)
    assert second.requests == pytest.approx(4, abs=0.2)
    assert second.is_holiday


def test_three_weeks_are_too_few_to_foretell_anything() -> None:
    with pytest.raises(TooLittle) as refused:
        foretell(Past(weeks(3)), [MONDAY], holidays=())
    assert refused.value.days == 21
