"""Calendars kept by the desk: set, shared holidays, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from unbroken.calendars import queries
from unbroken.calendars.actions import set_calendar, set_holidays
from unbroken.calendars.models import HolidaySet, WorkingCalendar
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused

pytestmark = pytest.mark.django_db

SOFIE = Actor.agent(3)
MONDAY = datetime(2026, 5, 4, 8, tzinfo=UTC)
WEEK = {"mon": [["08:00", "16:00"]], "tue": [["08:00", "16:00"]]}


def office(**more: Any) -> None:
    definition = {"timezone": "UTC", "week": WEEK, **more.pop("definition", {})}
    set_calendar(key="office", name="Office", definition=definition, by=SOFIE, at=MONDAY, **more)


def due(seconds: int) -> datetime | None:
    calendar = queries.calendar("office")
    assert calendar is not None
    return calendar.due(MONDAY, seconds)


def test_a_calendar_is_asked_by_its_key() -> None:
    office()

    assert due(3600) == datetime(2026, 5, 4, 9, tzinfo=UTC)
    assert queries.calendar("shop") is None


def test_a_change_counts_from_the_next_question_on() -> None:
    office()
    assert due(3600) == datetime(2026, 5, 4, 9, tzinfo=UTC)

    office(definition={"holidays": ["05-04"]})

    assert due(3600) == datetime(2026, 5, 5, 9, tzinfo=UTC)


def test_many_calendars_share_a_set_of_holidays() -> None:
    set_holidays(key="town", name="The town's", dates=["05-04"], by=SOFIE, at=MONDAY)
    office(holiday_sets=["town"])
    assert due(3600) == datetime(2026, 5, 5, 9, tzinfo=UTC)

    set_holidays(key="town", name="The town's", dates=["05-04", "05-05"], by=SOFIE, at=MONDAY)

    assert due(3600) == datetime(2026, 5, 11, 9, tzinfo=UTC)


def test_setting_what_is_already_so_changes_nothing() -> None:
    set_holidays(key="town", name="The town's", dates=["05-04"], by=SOFIE, at=MONDAY)
    office(holiday_sets=["town"])
    office(holiday_sets=["town"])
    set_holidays(key="town", name="The town's", dates=["05-04"], by=SOFIE, at=MONDAY)

    assert WorkingCalendar.objects.get().version == 1
    assert HolidaySet.objects.get().version == 1


def test_what_cannot_be_read_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="“25:00” is not a time"):
        office(definition={"week": {"mon": [["08:00", "25:00"]]}})
    with pytest.raises(Refused, match="no set of holidays “moon”"):
        office(holiday_sets=["moon"])
    with pytest.raises(Refused, match="not a holiday"):
        set_holidays(key="town", name="Town", dates=["30-02"], by=SOFIE, at=MONDAY)
    with pytest.raises(Refused, match="needs a key"):
        set_calendar(key=" ", name="Office", definition={}, by=SOFIE, at=MONDAY)

    assert not WorkingCalendar.objects.exists()


def test_all_calendars_are_listed_with_their_hours() -> None:
    office()

    (row,) = queries.calendars()

    assert (row.key, row.name) == ("office", "Office")
    assert row.hours is queries.calendar("office")  # read once for what it says
