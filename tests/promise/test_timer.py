"""The timer's turns: ring what is due, see new terms through, sleep as long as there is time."""

from datetime import timedelta

from tests.promise.desk import Desk, when
from unbroken.ground.loops import Stop
from unbroken.promise import queries
from unbroken.promise.loops import AT_ONCE, LOOK_AROUND_EVERY, Timer, keep_time
from unbroken.promise.models import NextPromise


def test_with_nothing_to_do_it_sleeps_until_it_looks_around_again(desk: Desk) -> None:
    assert Timer().turn(when("mon 08:00")) == LOOK_AROUND_EVERY


def test_it_sleeps_no_longer_than_until_the_next_clock_rings(desk: Desk) -> None:
    desk.anneke.reports("no sync", "mon 08:00")

    assert Timer().turn(when("mon 14:00") - timedelta(seconds=3)) == timedelta(seconds=3)


def test_it_warns_then_notes_the_miss_then_is_quiet(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    timer = Timer()

    assert timer.turn(when("mon 14:00")) == AT_ONCE
    assert NextPromise.objects.get(ticket_id=ticket).is_warned
    assert timer.turn(when("mon 16:01")) == AT_ONCE
    assert desk.missed(ticket) == ["first_answer"]
    assert timer.turn(when("mon 16:01")) > AT_ONCE


def test_new_terms_are_seen_through_at_once(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    timer = Timer()
    timer.turn(when("mon 08:01"))

    desk.promises("classic", at="mon 08:01", first_answer=1)

    assert timer.turn(when("mon 08:01")) == AT_ONCE
    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("mon 09:00")
    assert timer.turn(when("mon 08:01")) > AT_ONCE


def test_the_doctor_hears_of_clocks_that_nobody_heard(desk: Desk) -> None:
    """The accident: no watch runs."""
    desk.anneke.reports("no sync", "mon 08:00")

    assert queries.timer_health(at=when("mon 14:01")).unheard == 0
    sick = queries.timer_health(at=when("mon 15:00"))

    assert (sick.unheard, sick.since) == (1, when("mon 14:00"))


def test_it_stops_when_asked(desk: Desk) -> None:
    stop = Stop()
    stop.ask()

    keep_time(stop)
