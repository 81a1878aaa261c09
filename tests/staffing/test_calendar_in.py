"""A calendar that somebody hands in: shifts and leave by day, the same as often as it comes."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.portal.people import ago, sofie
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.staffing.actions.handed_in import hand_in_calendar
from unbroken.staffing.calendar_in import BadCalendarFile, DayIn, days_in
from unbroken.staffing.ids import AgentId

FIRST, LAST = date(2026, 10, 19), date(2026, 11, 1)


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\r\n{one}\r\nEND:VEVENT\r\n" for one in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".replace("|", "\r\n")


def read(*events: str, timezone: str = "Europe/Berlin") -> dict[date, DayIn]:
    return days_in(calendar(*events), timezone=timezone, first=FIRST, last=LAST)


EARLY = (
    "UID:early|DTSTART;TZID=Europe/Berlin:20260105T080000|DTEND;TZID=Europe/Berlin:20260105T160000|"
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE|EXDATE;TZID=Europe/Berlin:20261021T080000|"
    "SUMMARY:Early shi\r\n ft"
)


def test_what_recurs_keeps_its_hour_over_the_night_in_which_clocks_change() -> None:
    days = read(EARLY)

    assert days == {
        date(2026, 10, 19): DayIn((("08:00", "16:00"),), "plan"),
        date(2026, 10, 26): DayIn((("08:00", "16:00"),), "plan"),
        date(2026, 10, 28): DayIn((("08:00", "16:00"),), "plan"),
    }


def test_one_time_of_it_that_was_moved_or_cancelled_counts_as_it_is_now() -> None:
    moved = (
        "UID:early|RECURRENCE-ID;TZID=Europe/Berlin:20261026T080000|SEQUENCE:1|"
        "DTSTART;TZID=Europe/Berlin:20261027T100000|DTEND;TZID=Europe/Berlin:20261027T120000"
    )
    off = "UID:early|RECURRENCE-ID:20261028T070000Z|STATUS:CANCELLED|DTSTART:20261028T070000Z"

    assert list(read(EARLY, moved, off)) == [date(2026, 10, 19), date(2026, 10, 27)]


def test_a_night_is_parted_at_midnight_on_the_wall_of_who_works_it() -> None:
    night = "UID:night|DTSTART:20261020T200000Z|DURATION:PT8H"

    assert read(night) == {
        date(2026, 10, 20): DayIn((("22:00", "24:00"),), "plan"),
        date(2026, 10, 21): DayIn((("00:00", "06:00"),), "plan"),
    }
    assert list(read(night, timezone="Asia/Tokyo")) == [date(2026, 10, 21)]


def test_whole_days_are_leave_and_its_end_is_not_among_them() -> None:
    leave = "UID:off|DTSTART;VALUE=DATE:20261029|DTEND;VALUE=DATE:20261031|SUMMARY:Urlaub"
    ill = "UID:ill|DTSTART:20261020T070000Z|DTEND:20261020T150000Z|SUMMARY:Sick"

    assert read(leave, ill) == {
        date(2026, 10, 20): DayIn((), "illness"),
        date(2026, 10, 29): DayIn((), "leave"),
        date(2026, 10, 30): DayIn((), "leave"),
    }


def test_a_rule_without_an_end_or_sense_stops_nobody() -> None:
    """Attack: a calendar that recurs every second, or in words nobody knows."""
    seconds = "UID:s|DTSTART:20261019T000000Z|DURATION:PT1H|RRULE:FREQ=SECONDLY"

    assert len(read(seconds)) <= 14
    with pytest.raises(BadCalendarFile):
        read("UID:x|DTSTART:20261019T000000Z|RRULE:FREQ=SOMETIMES")
    with pytest.raises(BadCalendarFile):
        read("UID:x|DTSTART:tomorrow")


@pytest.mark.django_db
def test_the_same_calendar_twice_changes_nothing_and_a_bad_one_nothing_at_all() -> None:
    who = AgentId(sofie().id or 0)
    day = (now() + timedelta(days=3)).strftime("%Y%m%d")
    text = calendar(f"UID:a|DTSTART:{day}T080000Z|DTEND:{day}T160000Z")

    first = hand_in_calendar(agent_id=who, text=text, by=HOUSE, at=ago(minutes=2))
    hand_in_calendar(agent_id=who, text=text, by=HOUSE, at=ago(minutes=1))

    told = [one.kind for one in events_of([f"agent:{who}"])]
    assert (first.worked, first.away) == (1, 0)
    assert told.count("agent.shift_day_set") == 1
    with pytest.raises(Refused), transaction.atomic():
        hand_in_calendar(agent_id=who, text="BEGIN:NOTHING", by=HOUSE, at=now())
