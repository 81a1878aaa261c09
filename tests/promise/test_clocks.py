"""Promises with a database behind them: counted on every letter, missed once, never twice."""

import json
from dataclasses import replace
from datetime import timedelta

from django.db import connection

from tests.promise.desk import HOUR, LONG_AGO, SOFIE, Desk, hear, when
from unbroken.calendars import actions as calendars
from unbroken.conversation import queries as record
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.events import LoggedEvent
from unbroken.ground.writers import refit
from unbroken.promise import actions, projections, queries, reactions
from unbroken.promise.models import Clock, NextPromise, Violation
from unbroken.promise.timeline import GRACE

SOON = timedelta(seconds=6)


# ── what is promised ──────────────────────────────────────────────────────────


def test_a_request_is_promised_what_its_service_was_sold_with(desk: Desk) -> None:
    bram = desk.customer("Bram", "bram@shop.example", "24x7-business")

    ours = desk.anneke.reports("no sync", "sat 10:00")
    theirs = bram.reports("till is offline", "sat 10:00")

    assert desk.promise(ours, "first_answer", "sat 10:00").due == when("next mon 16:00")
    assert desk.promise(theirs, "first_answer", "sat 10:00").due == when("sat 10:30")


def test_an_unknown_agreement_gives_the_default_one_and_says_so(desk: Desk) -> None:
    gold = desk.customer("Greta", "greta@home.example", "gold")

    ticket = gold.reports("no sync", "mon 08:00")
    named = queries.agreement_of(service_id=gold.service_id, customer_id=None)

    assert desk.promise(ticket, "first_answer", "mon 08:00").due == when("mon 16:00")
    assert named is not None
    assert (named.key, named.note) == (
        "classic",
        "There is no agreement “gold”; the default one applies.",
    )


def test_a_request_about_no_service_is_under_the_agreement_all_of_theirs_share(desk: Desk) -> None:
    rock = desk.customer("Rosa", "rosa@home.example", "rock")
    first = rock.reports("which plug?", "mon 08:00", with_service=False)
    assert desk.promise(first, "first_answer", "mon 08:00").due == when("mon 09:00")

    directory.register_service(customer_id=rock.id, agreement="pop", by=HOUSE, at=when("mon 09:00"))
    second = rock.reports("which lamp?", "tue 08:00", with_service=False)

    assert desk.promise(second, "first_answer", "tue 08:00").due == when("tue 16:00")


def test_a_complaint_may_be_promised_more_than_the_rest(desk: Desk) -> None:
    ticket = desk.anneke.reports("third time!", "mon 08:00", ticket_type="complaint")

    assert desk.promise(ticket, "first_answer", "mon 08:00").due == when("mon 12:00")


def test_without_agreements_nothing_is_promised_and_the_ticket_still_stands_in_the_list(
    db: None,
) -> None:
    desk = Desk.__new__(Desk)
    anneke = desk.customer("Anneke", "anneke@home.example", "classic")

    ticket = anneke.reports("no sync", "mon 08:00")

    assert queries.promises_of(ticket, at=when("mon 09:00")) == ()
    assert NextPromise.objects.get(ticket_id=ticket).due_at is None
    assert actions.recount_stale(at=when("mon 09:00")) == 0


def test_planting_again_leaves_alone_what_the_operator_changed(desk: Desk) -> None:
    desk.promises("classic", first_answer=1)
    actions.make_default(key="rock", by=SOFIE, at=when("mon 00:00"))

    actions.plant_agreements(timezone="Europe/Berlin", by=HOUSE, at=when("mon 01:00"))

    found = {row.key: row for row in queries.agreements()}
    assert [aim.measure for aim in found["classic"].aims] == ["first_answer"]
    assert [key for key, row in found.items() if row.is_default] == ["rock"]


# ── the honest time of a receipt ──────────────────────────────────────────────


def test_the_receipt_names_the_time_by_which_a_person_answers(desk: Desk) -> None:
    ticket = record.ticket_facts(desk.anneke.reports("no sync", "fri 16:00"))
    assert ticket is not None

    assert queries.due_for_receipt(ticket, at=when("fri 16:00")) == when("next mon 14:00")


def test_the_receipt_is_right_before_any_clock_was_counted(desk: Desk) -> None:
    ticket = record.ticket_facts(desk.anneke.reports("no sync", "mon 08:00"))
    assert ticket is not None
    Clock.objects.all().delete()
    NextPromise.objects.all().delete()

    assert queries.due_for_receipt(ticket, at=when("mon 08:00")) == when("mon 16:00")


def test_a_receipt_that_comes_too_late_names_no_time(desk: Desk) -> None:
    ticket = record.ticket_facts(desk.anneke.reports("no sync", "mon 08:00"))
    assert ticket is not None

    assert queries.due_for_receipt(ticket, at=when("tue 08:00")) is None


# ── clocks as rows ────────────────────────────────────────────────────────────


def test_the_most_urgent_promise_of_an_open_ticket_is_one_row(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    row = NextPromise.objects.get(ticket_id=ticket)
    assert (row.measure, row.due_at) == ("first_answer", when("mon 16:00"))

    desk.sofie.replies(ticket, "mon 09:00")
    row.refresh_from_db()
    assert row.measure == "time_to_resolve"

    desk.sofie.ask_customer(ticket, "mon 09:00")
    row.refresh_from_db()
    assert (row.measure, row.due_at) == ("", None)

    desk.sofie.resolve_ticket(ticket, "mon 10:00")
    assert not NextPromise.objects.filter(ticket_id=ticket).exists()


def test_the_bars_of_a_promise_show_whose_time_it_was(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.ask_customer(ticket, "mon 09:00")
    desk.anneke.writes(ticket, "mon 11:00")
    desk.sofie.hold_ticket(ticket, "mon 12:00", waiting_for="partner")

    bar = desk.promise(ticket, "time_to_resolve", "mon 13:00")

    assert [i.owner for i in bar.intervals] == ["us", "customer", "us", "partner"]
    assert (bar.state, bar.paused, bar.due) == ("paused", True, None)
    assert bar.used_seconds == 2 * HOUR


def test_what_was_counted_is_what_is_counted_when_asked(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.replies(ticket, "mon 09:00")
    desk.anneke.writes(ticket, "mon 10:00")

    rows = {row.measure: row for row in Clock.objects.filter(ticket_id=ticket)}
    asked = {row.key: row for row in queries.promises_of(ticket, at=when("mon 10:00"))}

    assert rows.keys() == asked.keys()
    assert rows.keys() == {"first_answer", "next_answer", "next_news", "time_to_resolve"}
    for key, row in rows.items():
        assert (row.state, row.due_at) == (asked[key].state, asked[key].due)
        assert (row.started_at, row.ended_at) == (asked[key].started_at, asked[key].ended_at)


def test_thrown_away_clocks_come_back_the_same(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.replies(ticket, "mon 09:00")
    before = list(Clock.objects.order_by("measure").values_list("measure", "state", "due_at"))
    Clock.objects.all().delete()
    NextPromise.objects.all().delete()

    assert actions.rebuild_clocks(at=when("mon 09:00")) == ticket
    assert actions.rebuild_clocks(after=ticket, at=when("mon 09:00")) is None

    after = list(Clock.objects.order_by("measure").values_list("measure", "state", "due_at"))
    assert after == before


def test_an_adopted_ticket_is_promised_an_answer_from_then_on(desk: Desk) -> None:
    ticket = desk.anneke.reports("from the old desk", "mon 08:00")
    refit("a test's own import", "trouble_ticket", [ticket], set_sql="imported = true",
          at=when("mon 08:00"))  # fmt: skip

    desk.sofie.adopt_ticket(ticket, "wed 08:00")

    assert desk.promise(ticket, "first_answer", "wed 08:00").started_at <= when("wed 08:00")


# ── missed, once ──────────────────────────────────────────────────────────────


def test_silence_past_the_due_time_is_a_miss(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    actions.ring(at=when("mon 16:00") + SOON)

    (miss,) = queries.violations_of(ticket)
    assert (miss.measure, miss.agreement, miss.due_at) == (
        "first_answer", "classic", when("mon 16:00"),
    )  # fmt: skip
    told = LoggedEvent(*_last_event("promise.missed"))
    assert told.data["ticket"] == ticket


def _last_event(kind: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, stream, version, kind, at, by, data::text FROM ground_event"
            " WHERE kind = %s ORDER BY id DESC LIMIT 1",
            [kind],
        )
        row = cursor.fetchone()
    return (*row[:6], json.loads(row[6]))


def test_a_miss_is_noted_once_however_often_it_is_counted(desk: Desk) -> None:
    """The accident: the process dies after the miss is noted, and the letter is opened again."""
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    late = when("tue 08:00")
    event = LoggedEvent(0, f"ticket:{ticket}", 1, "ticket.acknowledged", late, "house", {})

    for _again in range(3):
        reactions.recount(event, at=late)
        actions.ring(at=late)

    assert desk.missed(ticket) == ["first_answer"]


def test_a_miss_is_noted_once_although_the_clocks_were_lost(desk: Desk) -> None:
    """The accident: the projection is thrown away after a miss."""
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    actions.ring(at=when("tue 08:00"))
    Clock.objects.all().delete()
    NextPromise.objects.all().delete()

    actions.rebuild_clocks(at=when("tue 08:00"))

    assert desk.missed(ticket) == ["first_answer"]


def test_a_late_answer_is_a_miss_although_no_timer_ran(desk: Desk) -> None:
    """The accident: watch stood still over the due time."""
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    desk.sofie.replies(ticket, "mon 17:00")

    assert desk.missed(ticket) == ["first_answer"]
    assert desk.promise(ticket, "first_answer", "tue 08:00").state == "missed"


def test_an_answer_that_was_committing_at_the_due_time_is_in_time(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    actions.ring(at=when("mon 16:00") + timedelta(seconds=1))
    desk.sofie.replies(ticket, "mon 16:00")
    actions.ring(at=when("mon 16:00") + SOON)

    assert desk.missed(ticket) == []
    assert desk.promise(ticket, "first_answer", "tue 08:00").state == "met"


def test_every_answer_owed_and_missed_is_a_miss_of_its_own(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.replies(ticket, "mon 09:00")
    desk.anneke.writes(ticket, "mon 10:00")
    desk.sofie.replies(ticket, "wed 10:00")
    desk.anneke.writes(ticket, "wed 11:00")
    desk.sofie.replies(ticket, "fri 11:00")

    assert desk.missed(ticket).count("next_answer") == 2


def test_a_warning_comes_before_the_miss(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    assert actions.ring(at=when("mon 13:59")) == 0
    assert actions.ring(at=when("mon 14:00")) == 1

    assert NextPromise.objects.get(ticket_id=ticket).is_warned
    assert NextPromise.objects.get(ticket_id=ticket).next_at == when("mon 16:00") + GRACE
    assert desk.missed(ticket) == []


def test_the_timer_knows_when_to_look_next(desk: Desk) -> None:
    assert projections.next_ring() is None

    desk.anneke.reports("no sync", "mon 08:00")

    assert projections.next_ring() == when("mon 14:00")


def test_a_ticket_that_cannot_be_counted_holds_up_no_other(desk: Desk) -> None:
    """The accident: a line in the record that our code cannot read."""
    broken = desk.anneke.reports("odd", "mon 08:00")
    sound = desk.anneke.reports("no sync", "mon 08:30")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ground_event (stream, version, kind, at, by, data, imported)"
            " VALUES (%s, 99, 'ticket.absorbed', now(), 'house', '{}', false)",
            [f"ticket:{broken}"],
        )

    assert actions.ring(at=when("tue 08:00")) == 1

    assert desk.missed(sound) == ["first_answer"]
    assert NextPromise.objects.get(ticket_id=broken).next_at == when("tue 08:01")


# ── merged, reopened, classified ──────────────────────────────────────────────


def test_merging_carries_an_unanswered_promise_over_and_ends_it_on_the_old_number(
    desk: Desk,
) -> None:
    first = desk.anneke.reports("no sync", "mon 08:00")
    second = desk.anneke.reports("still no sync", "mon 12:00")

    desk.sofie.merge_tickets(first, "mon 13:00", into_id=second)

    assert desk.promise(first, "first_answer", "mon 13:00").state == "cancelled"
    assert desk.promise(second, "first_answer", "mon 13:00").due == when("mon 16:00")
    assert not NextPromise.objects.filter(ticket_id=first).exists()


def test_merging_neither_hides_a_miss_nor_repeats_it(desk: Desk) -> None:
    first = desk.anneke.reports("no sync", "mon 08:00")
    second = desk.anneke.reports("still no sync", "mon 12:00")
    actions.ring(at=when("mon 17:00"))
    assert desk.missed(first) == ["first_answer"]

    desk.sofie.merge_tickets(first, "mon 17:30", into_id=second)
    actions.ring(at=when("fri 17:30"))

    causes = list(Violation.objects.filter(measure="first_answer").values_list("cause", flat=True))
    assert len(causes) == len(set(causes)) == 1


def test_a_reopened_request_goes_on_where_it_was_left(desk: Desk) -> None:
    desk.promises("classic", time_to_resolve=8)
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.resolve_ticket(ticket, "mon 12:00")
    assert desk.promise(ticket, "time_to_resolve", "tue 08:00").state == "met"

    desk.anneke.writes(ticket, "wed 08:00")

    again = desk.promise(ticket, "time_to_resolve", "wed 08:00")
    assert (again.state, again.due) == ("running", when("wed 12:00"))
    assert [i.owner for i in again.intervals] == ["us", "customer", "us"]


def test_a_higher_priority_counts_from_the_start_and_keeps_the_time_used(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    assert desk.promise(ticket, "first_answer", "mon 09:00").target_seconds == 8 * HOUR

    desk.sofie.classify_ticket(ticket, "mon 09:00", impact="high", urgency="high")

    urgent = desk.promise(ticket, "first_answer", "mon 09:00")
    assert (urgent.target_seconds, urgent.due) == (2 * HOUR, when("mon 10:00"))
    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("mon 10:00")


def test_a_promise_that_was_kept_is_not_missed_by_a_later_priority(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.replies(ticket, "mon 13:00")

    desk.sofie.classify_ticket(ticket, "mon 14:00", impact="high", urgency="high")

    assert "first_answer" not in desk.missed(ticket)
    assert desk.promise(ticket, "first_answer", "mon 14:00").state == "met"
    assert Clock.objects.get(ticket_id=ticket, measure="first_answer").state == "met"


def test_an_answer_taken_back_is_owed_again(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    message, _delivery = desk.sofie.replies(ticket, "mon 09:00")

    desk.sofie.withdraw_reply(ticket, "mon 09:00", message_id=message)

    assert NextPromise.objects.get(ticket_id=ticket).measure == "first_answer"


# ── other terms ───────────────────────────────────────────────────────────────


def test_a_changed_agreement_is_counted_from_the_next_look_on(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    assert actions.recount_stale(at=when("mon 08:30")) == 0

    desk.promises("classic", at="mon 08:30", first_answer=1)

    assert desk.promise(ticket, "first_answer", "mon 08:30").due == when("mon 09:00")
    assert actions.recount_stale(at=when("mon 08:31")) == 1
    assert actions.recount_stale(at=when("mon 08:31")) == 0
    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("mon 09:00")
    assert set(Clock.objects.filter(ticket_id=ticket).values_list("measure", flat=True)) == {
        "first_answer"
    }


def test_a_holiday_moves_the_promises_that_run(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 17:00")
    assert desk.promise(ticket, "first_answer", "mon 17:00").due == when("tue 15:00")
    week = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

    calendars.set_holidays(
        key="town", name="The town's", dates=["2040-05-08"], by=SOFIE, at=when("mon 17:01")
    )
    calendars.set_calendar(
        key="weekdays", name="Weekdays", definition={"timezone": "UTC", "week": week},
        holiday_sets=["town"], by=SOFIE, at=when("mon 17:01"),
    )  # fmt: skip
    assert actions.recount_stale(at=when("mon 17:02")) == 1

    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("wed 15:00")

    calendars.set_holidays(key="town", name="The town's", dates=[], by=SOFIE, at=when("mon 17:03"))
    assert actions.recount_stale(at=when("mon 17:03")) == 1
    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("tue 15:00")


def test_a_service_under_another_agreement_takes_its_open_tickets_along(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    directory.change_service(
        service_id=desk.anneke.service_id, agreement="rock", by=SOFIE, at=when("mon 08:10")
    )
    hear()

    assert actions.recount_stale(at=when("mon 08:10")) == 1
    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("mon 09:00")


def test_an_agreement_named_in_vain_applies_once_it_exists(desk: Desk) -> None:
    greta = desk.customer("Greta", "greta@home.example", "Gold Plus")
    ticket = greta.reports("no sync", "mon 08:00")

    desk.promises("gold plus", at="mon 08:10", first_answer=0.5)
    actions.recount_stale(at=when("mon 08:10"))

    assert NextPromise.objects.get(ticket_id=ticket).due_at == when("mon 08:30")


def test_history_is_not_judged_anew_by_a_new_agreement(desk: Desk) -> None:
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.replies(ticket, "mon 13:00")

    desk.promises("classic", at="mon 14:00", first_answer=1, time_to_resolve=100)
    actions.recount_stale(at=when("mon 14:00"))

    assert desk.missed(ticket) == []
    assert desk.promise(ticket, "first_answer", "mon 14:00").state == "met"


def test_the_clocks_know_that_a_spring_night_is_short(desk: Desk) -> None:
    # given Berlin, where Sunday 25 March 2040 has 23 hours
    week = {day: [["00:00", "24:00"]] for day in ("sat", "sun", "mon")}
    calendars.set_calendar(
        key="round-the-clock", name="Weekend",
        definition={"timezone": "Europe/Berlin", "week": week}, by=SOFIE, at=when("mon 00:00"),
    )  # fmt: skip
    desk.promises("classic", first_answer=24)
    facts = record.ticket_facts(desk.anneke.reports("no sync", "mon 08:00"))
    assert facts is not None
    saturday_noon = LONG_AGO.replace(month=3, day=24, hour=11)
    spring = replace(facts, reported_at=saturday_noon)

    due = queries.due_for_receipt(spring, at=saturday_noon)

    assert due is not None
    assert due.isoformat() == "2040-03-25T13:00:00+02:00"
