"""What a calendar may say, and what is answered when it cannot be read."""

from typing import Any

import pytest

from unbroken.calendars.definition import BadCalendar, read, write

WEEK = {"mon": [["08:00", "12:00"]]}


def calendar(**parts: Any) -> dict[str, Any]:
    return {"timezone": "Europe/Berlin", "week": WEEK, **parts}


def test_days_that_are_not_named_are_closed() -> None:
    assert read(calendar()).week[1:] == ((),) * 6


def test_hours_that_touch_become_one_without_a_note() -> None:
    hours = read(calendar(week={"mon": [["12:00", "24:00"], ["08:00", "12:00"]]}))

    assert hours.week[0] == ((8 * 3600, 24 * 3600),)
    assert hours.notes == ()


def test_overlapping_hours_count_once_and_are_reported() -> None:
    hours = read(calendar(week={"tue": [["08:00", "12:00"], ["11:00", "13:00"]]}))

    assert hours.week[1] == ((8 * 3600, 13 * 3600),)
    assert [str(note) for note in hours.notes] == [
        "tue: 11:00–12:00 is given twice and counts once."
    ]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ([], "is an object"),
        ({"week": WEEK}, "needs a timezone"),
        (calendar(timezone=""), "needs a timezone"),
        (calendar(timezone="Mars/Olympus"), "no timezone “Mars/Olympus”"),
        (calendar(timezone="../../etc/passwd"), "no timezone"),
        (calendar(timezone="Europe"), "no timezone"),
        (calendar(timezone="Europe/Berlin\0"), "no timezone"),
        ({"timezone": "UTC"}, "needs a week"),
        (calendar(week=[]), "needs a week"),
        (calendar(week={"monday": []}), "no day “monday”"),
        (calendar(week={"mon": "08:00-12:00"}), "mon: hours are a list"),
        (calendar(week={"mon": ["08:00", "12:00"]}), "mon: hours are pairs"),
        (calendar(week={"mon": [["08:00"]]}), "mon: hours are pairs"),
        (calendar(week={"mon": [["08:00", "25:00"]]}), "“25:00” is not a time"),
        (calendar(week={"mon": [["8:00", "12:00"]]}), "“8:00” is not a time"),
        (calendar(week={"mon": [["08:00", "12:60"]]}), "“12:60” is not a time"),
        (calendar(week={"mon": [[8, 12]]}), "“8” is not a time"),
        (calendar(week={"mon": [["٠٨:٠٠", "12:00"]]}), "is not a time"),
        (calendar(week={"mon": [["24:00", "24:00"]]}), "24:00 can only be an end"),
        (calendar(week={"mon": [["12:00", "08:00"]]}), "ends before it begins"),
        (calendar(week={"mon": [["22:00", "06:00"]]}), "split hours that cross midnight"),
        (calendar(week={"mon": [["08:00", "08:00"]]}), "ends before it begins"),
        (calendar(holidays="01-01"), "list of dates"),
        (calendar(holidays=["02-30"]), "“02-30” is not a holiday"),
        (calendar(holidays=["2026-02-29"]), "“2026-02-29” is not a holiday"),
        (calendar(holidays=["1.1."]), "“1.1.” is not a holiday"),
        (calendar(holidays=[101]), "“101” is not a holiday"),
        (calendar(holiday=["01-01"]), "no “holiday”"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_correct(source: Any, says: str) -> None:
    with pytest.raises(BadCalendar) as refusal:
        read(source)

    assert says in str(refusal.value)


def test_what_is_written_reads_the_same() -> None:
    written = write(timezone="Asia/Kolkata", week={"sun": [("09:00", "24:00")]}, holidays=["02-29"])

    hours = read(written)

    assert hours.zone.key == "Asia/Kolkata"
    assert hours.week[6] == ((9 * 3600, 24 * 3600),)
    assert hours.yearly == {(2, 29)}
