"""The nightly check: the clocks that are kept are those that the record gives."""

import argparse
import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.promise.desk import Desk, when
from unbroken.house import doctor_desk
from unbroken.promise import actions, queries, state
from unbroken.promise.commands import clocks_rebuild
from unbroken.promise.loops import last_night, turn_of_the_checker
from unbroken.promise.models import Clock, ClockCheck, NextPromise

AT = when("mon 12:00")


def sql(statement: str) -> None:
    """Something happens to the tables that no code of ours does."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def check(limit: int = 50) -> dict[int, tuple[str, ...]]:
    """What one batch finds."""
    looked = actions.check_clocks(after=0, at=AT, limit=limit)
    assert looked is not None
    return dict(looked.differing)


def test_clocks_of_every_kind_are_what_the_record_gives(desk: Desk) -> None:
    desk.anneke.reports("no sync", "mon 08:00")
    answered = desk.anneke.reports("slow", "mon 08:10")
    desk.sofie.replies(answered, "mon 09:00")
    desk.anneke.writes(answered, "mon 09:30")
    waits = desk.anneke.reports("noise", "mon 08:20")
    desk.sofie.ask_customer(waits, "mon 09:00")
    again = desk.anneke.reports("drops", "mon 08:30")
    desk.sofie.resolve_ticket(again, "mon 09:00")
    desk.sofie.reopen_ticket(again, "mon 10:00")
    into = desk.anneke.reports("drops again", "mon 08:40")
    desk.sofie.merge_tickets(answered, "mon 11:00", into_id=into)
    desk.customer("Nobody", "nobody@home.example", "unheard-of").reports("hello", "mon 08:00")

    assert check() == {}


@pytest.mark.parametrize(
    ("accident", "measure"),
    [
        ("UPDATE promise_clock SET due_at = due_at + interval '1 hour'"
         " WHERE measure = 'first_answer'", "first_answer"),
        ("DELETE FROM promise_clock WHERE measure = 'time_to_resolve'", "time_to_resolve"),
        ("UPDATE promise_clock SET paused_since = started_at WHERE measure = 'first_answer'",
         "first_answer"),
        ("UPDATE next_promise SET due_at = NULL", "first_answer"),
        ("DELETE FROM next_promise", "first_answer"),
    ],
)  # fmt: skip
def test_a_clock_that_went_wrong_is_found_named_and_counted_anew(
    desk: Desk, caplog: pytest.LogCaptureFixture, accident: str, measure: str
) -> None:
    """Accident: a table was mended by hand, a restore went half, a fault of ours."""
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    right = list(Clock.objects.order_by("measure").values_list("measure", "due_at"))
    sql(accident)

    assert check() == {ticket: (measure,)}

    assert f"the clocks of ticket {ticket}" in caplog.text
    assert list(Clock.objects.order_by("measure").values_list("measure", "due_at")) == right
    assert NextPromise.objects.get(ticket_id=ticket).due_at == dict(right)["first_answer"]
    assert check() == {}


def test_a_clock_that_is_about_to_be_counted_is_no_fault(desk: Desk) -> None:
    """Accident: the check comes between a change and its consequence, and cries wolf."""
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    other = desk.anneke.reports("slow", "mon 08:00")
    desk.promises("classic", at="mon 09:00", first_answer=1)
    assert check() == {}
    actions.recount_stale(at=AT)
    sql(f"UPDATE promise_clock SET due_at = NULL WHERE ticket_id = {other}")
    sql(
        "INSERT INTO ground_letter (box, stream, event_id, attempts)"
        f" SELECT 'promise', stream, max(id), 0 FROM ground_event"
        f" WHERE stream IN ('ticket:{ticket}', 'ticket:{other}') GROUP BY stream"
    )

    assert check() == {}


def test_the_check_goes_on_where_it_was_left_and_ends_once_a_night(desk: Desk) -> None:
    """Accident: the watch is begun again in the middle of the night."""
    tickets = [desk.anneke.reports(f"fault {n}", "mon 08:00") for n in range(3)]
    first = state.begin_check(at=AT)
    state.note_batch(first, reached=tickets[0], count=1, differing=[])

    turns = [turn_of_the_checker(AT) for _ in range(3)]

    assert turns == [True, False, False]
    done = queries.last_check()
    assert done is not None
    assert (done.id, done.looked_at, done.ended_at) == (first, 3, AT)
    assert turn_of_the_checker(AT + timedelta(days=1))
    assert ClockCheck.objects.count() == 2


def test_a_night_begins_at_one() -> None:
    assert last_night(when("tue 00:59")) == when("mon 01:00")
    assert last_night(when("tue 01:00")) == when("tue 01:00")


def test_only_the_last_checks_stay_on_file(db: None) -> None:
    for _ in range(state.KEPT_MAX + 3):
        newest = state.begin_check(at=AT)

    assert ClockCheck.objects.count() == state.KEPT_MAX
    assert ClockCheck.objects.filter(pk=newest).exists()


def test_the_doctor_tells_of_clocks_that_differed(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    sql("DELETE FROM promise_clock")

    assert doctor_desk.promises().problems == []
    turn_of_the_checker(AT)
    (problem,) = doctor_desk.promises().problems

    assert problem.startswith(f"Not what their record gives: the clocks of {ticket}. They")


def test_every_clock_is_counted_again_also_of_what_has_ended_and_only_what_differs_is_written(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, running = (desk.anneke.reports(name, "mon 08:00") for name in ("over", "open"))
    desk.sofie.resolve_ticket(ended, "mon 09:00")
    Clock.objects.filter(ticket_id=ended, measure="time_to_resolve").update(cause=1)
    Clock.objects.filter(ticket_id=running, measure="first_answer").update(due_at=when("tue 00:00"))
    told = []
    alone = ["--processes", "1", "--json"]
    for words in (alone, [*alone, "--all"], [*alone, "--all"]):
        parser = argparse.ArgumentParser()
        clocks_rebuild.add_arguments(parser)
        assert clocks_rebuild.run(parser.parse_args(words)) == 0
        told.append(json.loads(capsys.readouterr().out))

    assert [(one["tickets"], one["differed"]) for one in told] == [(1, 1), (2, 1), (2, 0)]
