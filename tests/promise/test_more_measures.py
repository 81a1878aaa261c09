"""News, restore, calls, appointments, complaints: each measure is one file, each rule one test."""

from tests.promise.story import ALWAYS, ANNEKE, SOFIE, Story, when
from unbroken.promise.measure import Run
from unbroken.promise.measures import all_measures
from unbroken.promise.timeline import Standing, as_of, runs, stand

HOUR = 3600


def told(story: Story, key: str) -> tuple[Run, ...]:
    return runs(all_measures()[key], story.events)


def standing(run: Run, hours: float, at: str) -> Standing:
    return stand(run, seconds=int(hours * HOUR), calendar=ALWAYS, warning_share=0.75, at=when(at))


def test_each_message_of_ours_begins_the_next_promise_of_news() -> None:
    story = (
        Story().anneke_reports("mon 08:00").sofie_replies("mon 09:00").sofie_replies("mon 12:00")
    )

    first, second, third = told(story, "next_news")

    assert (first.ending, second.started_at, second.ended_at) == (
        "kept",
        when("mon 09:00"),
        when("mon 12:00"),
    )
    assert not third.is_over


def test_news_is_owed_while_a_partner_works_and_not_while_we_wait_for_the_customer() -> None:
    held = Story().anneke_reports("mon 08:00").sofie_holds("mon 09:00", "partner")
    asked = Story().anneke_reports("mon 08:00").sofie_asks("mon 09:00")

    assert standing(told(held, "next_news")[-1], 4, "mon 13:00").is_late
    assert standing(told(asked, "next_news")[-1], 4, "mon 13:00").state == "paused"


def test_a_resolved_request_owes_no_news_and_one_opened_again_does() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_resolves("mon 09:00")
    assert [run.ending for run in told(story, "next_news")] == ["kept"]

    story.anneke_reopens("tue 08:00")

    assert told(story, "next_news")[-1].started_at == when("tue 08:00")


def test_the_service_may_work_before_the_request_is_settled() -> None:
    story = Story().anneke_reports("mon 08:00")
    story.tell("restored", "mon 10:00", SOFIE).sofie_resolves("mon 15:00")

    (run,) = told(story, "time_to_restore")

    assert run.ended_at == when("mon 10:00")


def test_every_call_is_picked_up_or_given_up_by_itself() -> None:
    story = Story().tell("rang", "mon 08:00", ANNEKE).tell("hung_up", "mon 08:01", ANNEKE)
    story.tell("rang", "mon 08:05", ANNEKE).tell("picked_up", "mon 08:06", SOFIE)

    assert [run.ending for run in told(story, "pick_up")] == ["void", "kept"]


def test_an_appointment_is_late_from_the_end_of_its_window_on() -> None:
    story = Story().tell(
        "appointment_fixed", "mon 08:00", SOFIE, until=when("tue 12:00").isoformat()
    )
    (waiting,) = told(story, "appointment_kept")
    assert standing(waiting, 0.25, "tue 11:00").due_at == when("tue 12:15")

    story.tell("crew_arrived", "tue 11:00", SOFIE)

    assert standing(told(story, "appointment_kept")[0], 0.25, "tue 13:00").state == "met"


def test_a_window_that_was_moved_is_another_promise() -> None:
    story = Story().tell(
        "appointment_fixed", "mon 08:00", SOFIE, until=when("tue 12:00").isoformat()
    )
    story.tell("appointment_fixed", "mon 09:00", SOFIE, until=when("wed 12:00").isoformat())

    assert [run.ending for run in told(story, "appointment_kept")] == ["void", ""]


def test_what_is_called_a_complaint_later_is_one_from_then_on_and_no_wait_stops_it() -> None:
    story = Story().anneke_reports("mon 08:00")
    story.tell("classified", "mon 10:00", SOFIE, ticket_type="complaint").sofie_asks("mon 11:00")

    (run,) = told(story, "complaint_answered")

    assert (run.started_at, standing(run, 2, "mon 12:30").is_late) == (when("mon 10:00"), True)


def test_a_request_that_was_no_complaint_after_all_owes_nothing_of_it() -> None:
    story = Story().tell("acknowledged", "mon 08:00", ANNEKE, ticket_type="complaint")
    story.tell("classified", "mon 09:00", SOFIE, ticket_type="question")

    assert [run.ending for run in told(story, "complaint_answered")] == ["void"]


# ── a wait cannot go on for ever ──────────────────────────────────────────────


def test_a_wait_ends_when_it_was_said_to_end_although_nobody_goes_on() -> None:
    story = Story().anneke_reports("mon 08:00")
    until = when("tue 08:00").isoformat()
    story.tell("held", "mon 09:00", SOFIE, waiting_for="date", until=until)
    (run,) = told(story, "time_to_resolve")

    before, after = standing(run, 4, "mon 20:00"), standing(run, 4, "tue 09:00")

    assert (before.state, before.due_at, before.next_at) == ("paused", None, when("tue 08:00"))
    assert (after.state, after.due_at) == ("running", when("tue 11:00"))


def test_a_wait_for_a_customer_who_never_answers_excuses_a_month_and_no_more() -> None:
    (run,) = told(Story().anneke_reports("mon 08:00").sofie_asks("mon 09:00"), "time_to_resolve")
    assert run.pause is not None
    assert run.pause.ends_by is not None

    month = run.pause.ends_by

    assert (month - when("mon 09:00")).days == 30
    assert as_of(run, month).pause is None


def test_going_on_after_the_wait_was_over_gives_no_time_back() -> None:
    story = Story().anneke_reports("mon 08:00")
    until = when("mon 10:00").isoformat()
    story.tell("held", "mon 09:00", SOFIE, waiting_for="date", until=until)
    story.sofie_resumes("tue 09:00")

    (run,) = told(story, "time_to_resolve")

    assert run.pauses[0].until == when("mon 10:00")
