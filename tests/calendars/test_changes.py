"""A change of hours applies from its date; a year of days; hours as people type them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unbroken.calendars import queries
from unbroken.calendars.actions import set_calendar
from unbroken.calendars.definition import BadCalendar, read
from unbroken.calendars.hours_text import dates_of, hours_of, in_text
from unbroken.calendars.working_time import Calendar
from unbroken.calendars.year import year_of
from unbroken.ground.actor import HOUSE

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("UTC", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe")
SPANS = st.sampled_from([[], [["08:00", "12:00"], ["14:00", "24:00"]], [["00:00", "24:00"]]])
WEEKS = st.fixed_dictionaries(dict.fromkeys(DAYS, SPANS))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS = st.integers(0, 200 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    before=WEEKS,
    after=WEEKS,
    day=st.dates(date(2026, 2, 1), date(2026, 11, 1)),
    start=SECONDS.map(lambda span: NEW_YEAR + span),
    span=SECONDS,
)
def test_what_counts_before_the_change_counts_as_before_and_the_rest_as_after(
    zone: str, before: Any, after: Any, day: date, start: datetime, span: timedelta
) -> None:
    """Also where the change falls on a midnight that does not exist (Santiago, 6 September)."""
    earlier = [{"until": day.isoformat(), "week": before}]
    both = Calendar.read({"timezone": zone, "week": after, "earlier": earlier})
    old, new = (Calendar.read({"timezone": zone, "week": week}) for week in (before, after))
    change, end = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)), start + span

    first = old.worked(start, max(start, min(end, change)))
    rest = new.worked(min(end, max(start, change)), end)
    worked = both.worked(start, end)

    assert worked == first + rest
    due = both.due(start, worked)
    assert due is not None or worked == 0
    if due is not None and worked:
        assert due <= end
        assert both.worked(start, due) == worked


def test_a_calendar_that_closed_for_good_has_no_due_time_and_does_not_search_for_ever() -> None:
    earlier = [{"until": "2026-06-01", "week": {"mon": [["08:00", "16:00"]]}}]
    hours = Calendar.read({"timezone": "UTC", "week": {}, "earlier": earlier})
    monday = datetime(2026, 5, 25, 12, tzinfo=UTC)

    assert hours.due(monday, 4 * 3600) == datetime(2026, 5, 25, 16, tzinfo=UTC)
    assert hours.due(monday, 5 * 3600) is None


@pytest.mark.django_db
def test_hours_changed_twice_on_a_day_hold_from_that_day_and_are_kept_once() -> None:
    at = datetime(2026, 5, 27, 10, tzinfo=UTC)

    def office(opens: str, since: date | None) -> None:
        week = {"wed": [[opens, "16:00"]]}
        set_calendar(
            key="office", name="Office", definition={"timezone": "UTC", "week": week},
            since=since, by=HOUSE, at=at,
        )  # fmt: skip

    office("08:00", None)
    office("10:00", at.date())
    office("12:00", at.date())

    stored = queries.stored_calendars()[0].definition["earlier"]
    assert stored == [
        {"until": "2026-05-27", "week": {"wed": [["08:00", "16:00"]]}, "holidays": []}
    ]
    hours = queries.calendar("office")
    assert hours is not None
    assert hours.worked(at - timedelta(days=8), at + timedelta(days=1)) == (8 + 4) * 3600


def test_a_year_says_of_each_day_whether_it_is_open_and_why_not() -> None:
    hours = read({"timezone": "UTC", "week": {"fri": [["08:00", "12:00"]]}, "holidays": ["05-01"]})

    may = year_of(hours, 2026)[4]

    assert may.lead == 4
    assert [(day.date.day, day.state) for day in may.days[:2]] == [(1, "off"), (2, "closed")]
    assert may.days[7].seconds == 4 * 3600


def test_hours_and_days_are_read_as_people_type_them_and_overlaps_are_refused() -> None:
    assert hours_of("mon", "14-24, 8:30 – 12") == [["08:30", "12:00"], ["14:00", "24:00"]]
    assert in_text(hours_of("mon", "8-12,13-17")) == "08:00–12:00, 13:00–17:00"
    assert hours_of("mon", " ") == []
    assert dates_of("25.12., 2026-05-15 01-06") == ["01-06", "12-25", "2026-05-15"]
    with pytest.raises(BadCalendar, match=r"Monday: 08:00–12:00 and 11:00–17:00 overlap"):
        hours_of("mon", "8-12, 11-17")
    with pytest.raises(BadCalendar, match="late"):
        hours_of("mon", "late")
