"""Working time by worked examples: what a careful person gets with a paper calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from unbroken.calendars.definition import BadCalendar
from unbroken.calendars.working_time import Calendar, TooFar, do_overlap

SHOP = {
    "timezone": "Europe/Berlin",
    "week": {
        **{day: [["08:00", "12:00"], ["14:00", "17:30"]] for day in ("mon", "tue", "wed", "thu")},
        "fri": [["08:00", "12:00"]],
        "sun": [],
    },
    "holidays": ["01-01", "12-25", "2026-05-01"],
}
ALWAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}


def always(zone: str = "Europe/Berlin", **more: Any) -> dict[str, Any]:
    return {"timezone": zone, "week": {day: [["00:00", "24:00"]] for day in ALWAYS}, **more}


def nights(zone: str, opens: str, closes: str) -> dict[str, Any]:
    return {"timezone": zone, "week": {day: [[opens, closes]] for day in ALWAYS}}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def due(source: dict[str, Any], start: str, seconds: float, *pauses: tuple[str, str | None]) -> Any:
    spans = [(at(a), None if b is None else at(b)) for a, b in pauses]
    found = Calendar.read(source).due(at(start), seconds, spans)
    return None if found is None else found.isoformat()


def worked(
    source: dict[str, Any], since: str, until: str, *pauses: tuple[str, str | None]
) -> float:
    spans = [(at(a), None if b is None else at(b)) for a, b in pauses]
    return Calendar.read(source).worked(at(since), at(until), spans)


# ── days, splits, closing time ────────────────────────────────────────────────


def test_a_split_day_is_continued_after_lunch() -> None:
    assert due(SHOP, "2026-05-04T11:00:00+02:00", 2 * 3600) == "2026-05-04T15:00:00+02:00"


def test_closing_time_still_belongs_to_its_day() -> None:
    assert due(SHOP, "2026-05-04T16:30:00+02:00", 3600) == "2026-05-04T17:30:00+02:00"


def test_the_lunch_break_begins_when_the_morning_is_used_up() -> None:
    assert due(SHOP, "2026-05-04T11:00:00+02:00", 3600) == "2026-05-04T12:00:00+02:00"


def test_one_second_more_falls_on_the_next_opening() -> None:
    assert due(SHOP, "2026-05-04T16:30:00+02:00", 3601) == "2026-05-05T08:00:01+02:00"


def test_the_evening_before_a_holiday_weekend_waits_until_monday() -> None:
    # given Thursday 30 April; Friday 1 May is a holiday, then the weekend
    assert due(SHOP, "2026-04-30T17:00:00+02:00", 3600) == "2026-05-04T08:30:00+02:00"


def test_starting_exactly_at_opening_counts_from_there() -> None:
    assert due(SHOP, "2026-05-04T08:00:00+02:00", 60) == "2026-05-04T08:01:00+02:00"


def test_starting_exactly_at_closing_counts_from_the_next_opening() -> None:
    assert due(SHOP, "2026-05-04T17:30:00+02:00", 60) == "2026-05-05T08:01:00+02:00"


def test_the_start_may_be_written_in_any_zone() -> None:
    assert due(SHOP, "2026-05-04T02:00:00-04:00", 3600) == "2026-05-04T09:00:00+02:00"


def test_fractions_of_a_second_are_kept() -> None:
    start = "2026-05-04T08:00:00.250000+02:00"

    assert due(SHOP, start, 0.5) == "2026-05-04T08:00:00.750000+02:00"
    assert worked(SHOP, start, "2026-05-04T08:00:01+02:00") == 0.75


def test_a_yearly_holiday_returns_and_a_single_one_does_not() -> None:
    assert worked(SHOP, "2027-01-01T00:00:00+01:00", "2027-01-02T00:00:00+01:00") == 0
    assert worked(SHOP, "2027-05-01T00:00:00+02:00", "2027-05-02T00:00:00+02:00") == 0  # Saturday
    assert worked(SHOP, "2028-05-01T00:00:00+02:00", "2028-05-02T00:00:00+02:00") == 7.5 * 3600


def test_a_leap_day_holiday_exists_in_leap_years_only() -> None:
    calendar = always("UTC", holidays=["02-29"])

    assert due(calendar, "2028-02-28T00:00:00Z", 2 * 86400) == "2028-03-02T00:00:00+00:00"
    assert due(calendar, "2027-02-28T00:00:00Z", 2 * 86400) == "2027-03-02T00:00:00+00:00"
    assert due(calendar, "2100-02-28T00:00:00Z", 2 * 86400) == "2100-03-02T00:00:00+00:00"


# ── zero seconds, never ───────────────────────────────────────────────────────


def test_zero_seconds_while_open_is_now() -> None:
    assert due(SHOP, "2026-05-04T09:00:00+02:00", 0) == "2026-05-04T09:00:00+02:00"


def test_zero_seconds_while_closed_is_the_first_open_instant() -> None:
    assert due(SHOP, "2026-05-04T12:00:00+02:00", 0) == "2026-05-04T14:00:00+02:00"
    assert due(SHOP, "2026-05-08T12:00:00+02:00", 0) == "2026-05-11T08:00:00+02:00"


def test_zero_seconds_during_a_pause_is_the_first_open_instant_after_it() -> None:
    pause = ("2026-05-04T08:00:00+02:00", "2026-05-04T13:00:00+02:00")

    assert due(SHOP, "2026-05-04T09:00:00+02:00", 0, pause) == "2026-05-04T14:00:00+02:00"
    assert due(SHOP, "2026-05-04T07:00:00+02:00", 0, pause) == "2026-05-04T14:00:00+02:00"


def test_a_calendar_without_hours_is_never_due() -> None:
    never: dict[str, Any] = {"timezone": "Europe/Berlin", "week": {}}

    assert due(never, "2026-05-04T09:00:00+02:00", 1) is None
    assert due(never, "2026-05-04T09:00:00+02:00", 0) is None
    assert worked(never, "2026-05-04T09:00:00+02:00", "2030-01-01T00:00:00Z") == 0


def test_a_year_of_nothing_but_holidays_is_never_due() -> None:
    days = [f"{datetime(2024, 1, 1) + timedelta(days=n):%m-%d}" for n in range(366)]  # noqa: DTZ001

    assert due(always(holidays=days), "2026-05-04T09:00:00+02:00", 60) is None


def test_the_only_working_day_may_be_decades_away() -> None:
    # given a desk that opens on Tuesdays that are a 29th of February, and on no other day
    days = [f"{datetime(2023, 1, 1) + timedelta(days=n):%m-%d}" for n in range(365)]  # noqa: DTZ001
    leap = {"timezone": "UTC", "week": {"tue": [["10:00", "11:00"]]}, "holidays": days}

    assert due(leap, "2026-05-04T09:00:00Z", 60) == "2028-02-29T10:01:00+00:00"
    assert due(leap, "2028-02-29T11:00:00Z", 60) == "2056-02-29T10:01:00+00:00"


def test_one_year_closed_by_single_dates_is_skipped() -> None:
    days = [f"{datetime(2026, 1, 1) + timedelta(days=n):%Y-%m-%d}" for n in range(365)]  # noqa: DTZ001

    assert due(always("UTC", holidays=days), "2026-03-01T09:00:00Z", 60) == (
        "2027-01-01T00:01:00+00:00"
    )


# ── pauses ────────────────────────────────────────────────────────────────────


def test_a_pause_inside_hours_moves_the_due_time_by_its_length() -> None:
    pause = ("2026-05-04T09:00:00+02:00", "2026-05-04T10:00:00+02:00")

    assert due(SHOP, "2026-05-04T08:00:00+02:00", 2 * 3600, pause) == "2026-05-04T11:00:00+02:00"


def test_a_pause_outside_hours_changes_nothing() -> None:
    pause = ("2026-05-04T12:00:00+02:00", "2026-05-04T14:00:00+02:00")

    assert due(SHOP, "2026-05-04T11:00:00+02:00", 2 * 3600, pause) == "2026-05-04T15:00:00+02:00"


def test_a_pause_that_begins_at_the_due_time_comes_too_late() -> None:
    pause = ("2026-05-04T10:00:00+02:00", None)

    assert due(SHOP, "2026-05-04T08:00:00+02:00", 2 * 3600, pause) == "2026-05-04T10:00:00+02:00"


def test_an_open_pause_with_time_left_is_never_due() -> None:
    pause = ("2026-05-04T09:59:59+02:00", None)

    assert due(SHOP, "2026-05-04T08:00:00+02:00", 2 * 3600, pause) is None
    assert worked(SHOP, "2026-05-04T08:00:00+02:00", "2026-05-05T00:00:00+02:00", pause) == 7199


def test_overlapping_pauses_count_once_in_any_order() -> None:
    pauses = [
        ("2026-05-04T10:00:00+02:00", "2026-05-04T11:00:00+02:00"),
        ("2026-05-04T09:00:00+02:00", "2026-05-04T10:30:00+02:00"),
        ("2026-05-04T09:15:00+02:00", "2026-05-04T09:30:00+02:00"),
    ]

    assert due(SHOP, "2026-05-04T08:00:00+02:00", 2 * 3600, *pauses) == "2026-05-04T12:00:00+02:00"
    assert do_overlap([(at(a), at(b)) for a, b in pauses])


def test_pauses_that_touch_do_not_overlap() -> None:
    ten, eleven, noon = (at(f"2026-05-04T{hour}:00:00Z") for hour in (10, 11, 12))

    assert not do_overlap([(eleven, noon), (ten, eleven)])
    assert do_overlap([(ten, None), (eleven, noon)])


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadCalendar, match="ends before it begins"):
        due(SHOP, "2026-05-04T08:00:00Z", 60, ("2026-05-04T10:00:00Z", "2026-05-04T09:00:00Z"))


# ── clocks that change ────────────────────────────────────────────────────────


def test_a_spring_sunday_has_23_hours_and_an_autumn_one_25() -> None:
    berlin = always()

    assert worked(berlin, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00") == 23 * 3600
    assert worked(berlin, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00") == 25 * 3600
    assert due(berlin, "2026-03-29T00:00:00+01:00", 23 * 3600) == "2026-03-30T00:00:00+02:00"


def test_hours_that_the_spring_skips_do_not_exist() -> None:
    night = nights("Europe/Berlin", "02:00", "03:00")

    assert due(night, "2026-03-28T02:30:00+01:00", 3600) == "2026-03-30T02:30:00+02:00"
    assert worked(night, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00") == 0


def test_hours_that_the_autumn_repeats_count_twice() -> None:
    night = nights("Europe/Berlin", "02:00", "03:00")

    assert worked(night, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00") == 2 * 3600
    assert due(night, "2026-10-25T02:30:00+02:00", 3600) == "2026-10-25T02:30:00+01:00"


def test_a_start_in_the_repeated_hour_knows_which_of_the_two_it_is() -> None:
    berlin = Calendar.read(nights("Europe/Berlin", "02:00", "03:00"))
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    second = first.replace(fold=1)

    assert berlin.worked(first, at("2026-10-25T04:00:00+01:00")) == 5400
    assert berlin.worked(second, at("2026-10-25T04:00:00+01:00")) == 1800


def test_a_midnight_that_does_not_exist_opens_at_one() -> None:
    # In 2018 São Paulo went from 3 November 23:59:59 to 4 November 01:00.
    sao_paulo = nights("America/Sao_Paulo", "00:00", "02:00")

    assert worked(sao_paulo, "2018-11-04T00:00:00-03:00", "2018-11-05T00:00:00-02:00") == 3600
    assert due(sao_paulo, "2018-11-03T12:00:00-03:00", 0) == "2018-11-04T01:00:00-02:00"


def test_a_holiday_that_begins_with_a_missing_midnight_is_a_holiday_all_the_same() -> None:
    sao_paulo = always("America/Sao_Paulo", holidays=["2018-11-04"])

    assert due(sao_paulo, "2018-11-03T23:00:00-03:00", 7200) == "2018-11-05T01:00:00-02:00"


def test_lord_howe_moves_by_half_an_hour() -> None:
    # 5 April 2026 at 02:00 the clocks go back to 01:30.
    lord_howe = nights("Australia/Lord_Howe", "01:30", "02:00")

    assert worked(lord_howe, "2026-04-05T00:00:00+11:00", "2026-04-06T00:00:00+10:30") == 3600
    assert worked(lord_howe, "2026-10-04T00:00:00+10:30", "2026-10-05T00:00:00+11:00") == 1800


def test_a_zone_that_skips_a_day_has_no_work_on_it() -> None:
    # Samoa had no 30 December 2011: after Thursday the 29th came Saturday the 31st.
    samoa = {"timezone": "Pacific/Apia", "week": {"fri": [["08:00", "16:00"]]}}
    never_away = always("Pacific/Apia")

    assert due(samoa, "2011-12-29T12:00:00-10:00", 60) == "2012-01-06T08:01:00+14:00"
    assert worked(never_away, "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00") == 2 * 86400


def test_round_the_clock_is_plain_time() -> None:
    assert due(always("UTC"), "2026-02-27T22:00:00Z", 4 * 86400) == "2026-03-03T22:00:00+00:00"


# ── long spans, far years ─────────────────────────────────────────────────────


def test_a_target_may_be_longer_than_a_year() -> None:
    hours = 7.5 * 3600 * 4 + 4 * 3600  # of an ordinary week
    mondays = always("UTC")

    assert due(mondays, "2026-01-01T00:00:00Z", 1461 * 86400) == "2030-01-01T00:00:00+00:00"
    assert worked(SHOP, "2029-01-08T00:00:00+01:00", "2029-03-05T00:00:00+01:00") == 8 * hours


def test_far_away_years_work_in_both_directions() -> None:
    assert due(SHOP, "9000-06-02T08:00:00+02:00", 60) == "9000-06-02T08:01:00+02:00"
    assert worked(always("UTC"), "1600-01-01T00:00:00Z", "2000-01-01T00:00:00Z") == 146097 * 86400


def test_what_is_due_after_the_year_9999_is_said_and_not_guessed() -> None:
    with pytest.raises(TooFar):
        due(always(), "9999-01-01T00:00:00Z", 400 * 86400)
    with pytest.raises(TooFar):
        due(always(), "2026-01-01T00:00:00Z", 10**15)


def test_the_ends_of_time_are_refused_not_crashed_into() -> None:
    with pytest.raises(TooFar):
        due(always("Pacific/Apia"), "0001-01-01T00:00:00Z", 60)
    with pytest.raises(TooFar):
        due(always("Pacific/Apia"), "9999-12-31T23:59:59Z", 60)


# ── what is refused ───────────────────────────────────────────────────────────


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(BadCalendar, match="has no offset"):
        due(always(), "2026-05-04T08:00:00", 60)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_seconds_must_be_a_number_from_zero_upward(seconds: float) -> None:
    with pytest.raises(BadCalendar, match="Seconds"):
        due(always(), "2026-05-04T08:00:00Z", seconds)


def test_worked_time_runs_forward_only() -> None:
    with pytest.raises(BadCalendar, match="before the beginning"):
        worked(always(), "2026-05-04T08:00:00Z", "2026-05-04T07:00:00Z")


def test_open_now_and_the_next_opening_agree() -> None:
    shop = Calendar.read(SHOP)
    noon = datetime(2026, 5, 4, 10, tzinfo=UTC)  # 12:00 in Berlin

    assert shop.is_open(noon - timedelta(microseconds=1))
    assert not shop.is_open(noon)
    assert shop.next_opening(noon) == at("2026-05-04T14:00:00+02:00")
