"""Holidays of countries, of regions, and of one's own: filled, kept up to date, rested on."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.typed import told
from unbroken.calendars import queries
from unbroken.calendars.actions import (
    fill_holidays,
    refill_holidays,
    rest_on,
    set_calendar,
    set_holidays,
)
from unbroken.calendars.commands import (
    calendar_set,
    holidays_fill,
    holidays_list,
    holidays_set,
)
from unbroken.calendars.models import HolidaySet, WorkingCalendar
from unbroken.calendars.public_days import filled, public_days, window
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now

Capture = pytest.CaptureFixture[str]

AT = datetime(2026, 5, 4, 8, tzinfo=UTC)
WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def weekdays() -> None:
    definition = {"timezone": "UTC", "week": WEEK, "holidays": ["12-24"]}
    set_calendar(key="weekdays", name="Weekdays", definition=definition, by=HOUSE, at=AT)


def is_open(day: str) -> bool:
    calendar = queries.calendar("weekdays")
    assert calendar is not None
    noon = datetime.fromisoformat(f"{day}T12:00+00:00")
    return calendar.due(noon, 60) == noon.replace(minute=1)


def test_a_region_rests_on_days_on_which_its_country_works() -> None:
    country, region = public_days("DE", "", [2026]), public_days("DE", "BY", [2026])

    assert "2026-10-03" in country
    assert "2026-01-06" in region
    assert "2026-01-06" not in country


def test_a_day_given_in_exchange_for_a_weekend_is_known() -> None:
    """Russia moved Saturday, 3 January 2026 to Friday the 9th by decree."""
    assert "2026-01-09" in public_days("RU", "", [2026])


def test_days_that_have_passed_stay_as_they_were_once_known() -> None:
    years = window(date(2026, 5, 4))

    assert filled(["2019-03-08", "2026-03-08"], ["2026-01-01"], years) == [
        "2019-03-08",
        "2026-01-01",
    ]


@pytest.mark.django_db
def test_a_calendar_rests_on_its_country_and_on_days_of_its_own(capsys: Capture) -> None:
    weekdays()
    this = now().year

    told(holidays_fill, capsys, "de", "--region", "BY", "--for", "weekdays")
    told(holidays_set, capsys, "company", "07-01", f"{this}-08-14", "--for", "weekdays")

    days = ("01-06", "12-24", "07-01", "08-14")
    assert [day for day in days if is_open(f"{this}-{day}")] == []
    assert [day for day in days if is_open(f"{this + 1}-{day}")] == ["08-14"]
    assert is_open(f"{this}-01-07")
    sets = {row["key"]: row for row in json.loads(told(holidays_list, capsys, "--json").out)}
    assert sets["company"]["calendars"] == sets["de-by"]["calendars"] == ["weekdays"]
    assert (sets["de-by"]["country"], sets["de-by"]["region"]) == ("DE", "BY")
    assert sets["de-by"]["known_until"] > str(this + 3)


@pytest.mark.django_db
def test_the_years_to_come_arrive_by_themselves_and_what_is_known_changes_nothing() -> None:
    """Accident: nobody thinks of next year's Easter until it is there."""
    fill_holidays(key="de", name="Germany", country="DE", by=HOUSE, at=AT)
    set_holidays(key="own", name="Ours", dates=["07-01"], by=HOUSE, at=AT)

    refill_holidays(by=HOUSE, at=AT)
    assert HolidaySet.objects.get(key="de").version == 1
    refill_holidays(by=HOUSE, at=AT.replace(year=2028))

    dates = HolidaySet.objects.get(key="de").dates
    assert "2025-12-25" in dates
    assert "2032-12-25" in dates
    assert HolidaySet.objects.get(key="own").dates == ["07-01"]


@pytest.mark.django_db
def test_new_hours_keep_the_holidays_unless_others_are_named(
    capsys: Capture, tmp_path: Path
) -> None:
    """Accident: the hours are corrected, and Christmas becomes a working day."""
    weekdays()
    set_holidays(key="own", name="Ours", dates=["07-01"], by=HOUSE, at=AT)
    rest_on(calendar_key="weekdays", holiday_sets=["own"], by=HOUSE, at=AT)
    file = tmp_path / "hours.json"
    file.write_text(json.dumps({"timezone": "UTC", "week": {"mon": [["09:00", "12:00"]]}}))

    told(calendar_set, capsys, "weekdays", str(file))
    assert WorkingCalendar.objects.get().holiday_sets == ["own"]
    told(calendar_set, capsys, "weekdays", str(file), "--holidays")

    assert WorkingCalendar.objects.get().holiday_sets == []


@pytest.mark.django_db
def test_a_place_that_nobody_knows_is_refused_in_words_and_nothing_is_kept() -> None:
    with pytest.raises(Refused, match="a country “XX”"):
        fill_holidays(key="xx", name="X", country="XX", by=HOUSE, at=AT)
    with pytest.raises(Refused, match="DE has no region “Bayern-Nord”; there are: BB, BE"):
        fill_holidays(key="x", name="X", country="DE", region="Bayern-Nord", by=HOUSE, at=AT)
    with pytest.raises(Refused, match="no calendar “shop”"):
        rest_on(calendar_key="shop", holiday_sets=[], by=HOUSE, at=AT)

    assert not HolidaySet.objects.exists()
