"""Recurring requests: made once, whatever happens to the desk."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.console.desk import Desk
from unbroken.conversation.queries import participants_of, ticket_facts
from unbroken.directory import actions as directory
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import HOUSE
from unbroken.ground.log import events_of
from unbroken.routines import recurring
from unbroken.routines.ids import RecurrenceId
from unbroken.routines.queries.recurrences import due, next_due, recurrence
from unbroken.routines.schedule import Schedule
from unbroken.routines.sheets import RecurrenceSheet

START = datetime.fromisoformat("2026-05-01T00:00:00+00:00")


def monthly(desk: Desk) -> RecurrenceId:
    """The backups are checked every day at eight."""
    sheet = RecurrenceSheet(
        name="Backups",
        schedule=Schedule(date(2026, 5, 2), time(8), "UTC", 1, "day"),
        subject="Check the backups",
        team=desk.teams["routers"],
        customer=desk.customers["Anneke de Wit"],
        items=("Read the report", "Restore one file"),
    )
    return recurring.set_recurrence(sheet, by=HOUSE, at=START)


def made(number: RecurrenceId) -> list[int]:
    """The tickets that it made."""
    events = events_of([f"recurrence:{number}"])
    return [event.data["ticket"] for event in events if event.kind == "recurrence.made"]


def test_one_is_made_when_its_time_comes_with_all_that_was_written(desk: Desk) -> None:
    number = monthly(desk)
    assert due(at=START + timedelta(hours=31)) == []

    ticket = recurring.make(recurrence_id=number, at=START + timedelta(hours=32))

    assert ticket is not None
    facts = ticket_facts(ticket)
    assert facts is not None
    assert (facts.name, facts.team_id) == ("Check the backups", desk.teams["routers"])
    assert facts.customer_id == desk.customers["Anneke de Wit"]
    assert next_due() == START + timedelta(days=2, hours=8)


def test_after_a_standstill_one_is_made_for_all_that_were_missed_and_never_two(desk: Desk) -> None:
    """Accident: the machine stood still for a week; two watches wake up at once."""
    number, later = monthly(desk), START + timedelta(days=8)

    first = recurring.make(recurrence_id=number, at=later)
    second = recurring.make(recurrence_id=number, at=later)

    assert (first is None, second is None) == (False, True)
    assert made(number) == [first]
    assert next_due() == later + timedelta(hours=8)


def test_a_crash_between_the_ticket_and_the_next_date_makes_none_and_then_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accident: the process is killed after the ticket was written and before the date was."""
    number, at = monthly(desk), START + timedelta(hours=32)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(recurring, "next_of", killed)
        with pytest.raises(KeyboardInterrupt):
            recurring.make(recurrence_id=number, at=at)
    assert made(number) == []

    ticket = recurring.make(recurrence_id=number, at=at)

    assert made(number) == [ticket]


def test_one_is_left_out_and_all_can_rest(desk: Desk) -> None:
    number = monthly(desk)
    first = START + timedelta(days=1, hours=8)

    for _twice in range(2):
        recurring.skip_once(recurrence_id=number, due=first, by=HOUSE, at=START)
    assert next_due() == first + timedelta(days=1)
    recurring.switch_recurrence(recurrence_id=number, on=False, by=HOUSE, at=START)
    assert recurring.make(recurrence_id=number, at=START + timedelta(days=9)) is None
    recurring.switch_recurrence(
        recurrence_id=number, on=True, by=HOUSE, at=START + timedelta(days=9)
    )

    row = recurrence(number)
    assert row is not None
    assert row.next_at == START + timedelta(days=9, hours=8), "what it missed is not made"


def test_whoever_left_or_never_came_takes_no_part_in_what_is_made(desk: Desk) -> None:
    """Attack: an invitation went to a wrong address; its reader is answered about each request."""
    company = CustomerId(desk.known("Bakery", "baker@bakery.example", kind="company"))
    told: dict[str, Any] = {"by": HOUSE, "at": START}
    directory.let_go(contact_id=ContactId(desk.contacts["Bakery"]), **told)
    directory.invite_colleague(
        customer_id=company, name="Wrong", email="wrong@else.example", language="en", **told
    )
    daily = Schedule(date(2026, 5, 2), time(8), "UTC", 1, "day")
    sheet = RecurrenceSheet(name="Visit", schedule=daily, subject="Visit", customer=company)
    number = recurring.set_recurrence(sheet, **told)

    ticket = recurring.make(recurrence_id=number, at=START + timedelta(hours=32))

    assert ticket is not None
    facts = ticket_facts(ticket)
    assert facts is not None
    assert (facts.customer_id, facts.contact_id) == (company, None)
    assert not participants_of(ticket)


def test_a_team_or_topic_that_is_gone_holds_up_nothing(desk: Desk) -> None:
    """Attack: a forged form names a topic that never was; all that recurs waits behind it."""
    daily = Schedule(date(2026, 5, 2), time(8), "UTC", 1, "day")
    sheet = RecurrenceSheet(
        name="Visit", schedule=daily, subject="Visit", topic=10**12, team=10**12
    )
    number = recurring.set_recurrence(sheet, by=HOUSE, at=START)

    ticket = recurring.make(recurrence_id=number, at=START + timedelta(hours=32))

    assert ticket is not None
    facts = ticket_facts(ticket)
    assert facts is not None
    assert (facts.topic_id, facts.team_id) == (None, None)
