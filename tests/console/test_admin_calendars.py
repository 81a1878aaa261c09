"""Calendars on their pages: a split day, a change from a date, holidays, a target tried."""

import json
import re
from typing import Any

from tests.console.desk import VERA, Desk
from unbroken.calendars import queries as calendars
from unbroken.ground.log import events_of

PAGE = "/console/admin/calendars"
SPLIT = {"name": "Shop", "timezone": "Europe/Rome", "hours_mon": "8-12, 14:00-24:00"}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_calendar_is_made_changed_from_a_date_shown_and_put_back(desk: Desk) -> None:
    vera = desk.client(VERA)

    vera.post(PAGE, {**SPLIT, "key": "shop"})
    row = calendars.stored_calendars()[0]
    vera.post(f"{PAGE}/{row.id}", {**SPLIT, "hours_mon": "9-13", "since": "2026-06-01"})
    changed = calendars.stored_calendars()[0].definition
    shown = words(vera.get(f"{PAGE}/{row.id}?hours=4"))
    version = events_of([f"calendar:{row.id}"])[-1].version
    vera.post(f"{PAGE}/{row.id}/undo", {"version": version})

    assert changed["week"] == {"mon": [["09:00", "13:00"]]}
    assert changed["earlier"][0]["until"] == "2026-06-01"
    assert "it would be due Monday" in shown
    assert "Monday 08:00–12:00, 14:00–24:00" in shown
    after = json.dumps(calendars.stored_calendars()[0].definition["week"])
    assert after == '{"mon": [["08:00", "12:00"], ["14:00", "24:00"]]}'


def test_hours_that_overlap_are_refused_by_day_and_stay_typed(desk: Desk) -> None:
    answer = desk.client(VERA).post(PAGE, {**SPLIT, "key": "shop", "hours_mon": "8-12, 11-14"})

    assert answer.status_code == 422
    assert "Monday: 08:00–12:00 and 11:00–14:00 overlap" in words(answer)
    assert 'value="8-12, 11-14"' in answer.content.decode()
    assert not calendars.stored_calendars()


def test_the_holidays_of_a_country_come_by_name_and_a_region_nobody_knows_is_said(
    desk: Desk,
) -> None:
    vera, page = desk.client(VERA), "/console/admin/holidays"

    bad = vera.post(page, {"country": "DE", "region": "XX"})
    vera.post(page, {"country": "DE", "region": "BY"})
    row = calendars.holiday_sets()[0]

    assert bad.status_code == 422
    assert "no region “XX”" in words(bad)
    assert (row.key, row.name) == ("de-by", "Germany, BY")
    assert "Epiphany" in words(vera.get(f"{page}/{row.id}"))


def test_keeping_a_calendar_as_it_is_shown_keeps_its_holidays(desk: Desk) -> None:
    """Accident: they stood unticked, and the next click on "Keep" took them away."""
    vera = desk.client(VERA)
    vera.post("/console/admin/holidays", {"country": "DE", "region": "BY"})
    vera.post(PAGE, {**SPLIT, "key": "shop", "sets": "de-by"})
    row = calendars.stored_calendars()[0]

    shown = vera.get(f"{PAGE}/{row.id}").content.decode()

    assert list(row.holiday_sets) == ["de-by"]
    assert 'value="de-by" checked' in shown
