"""What stands of a promise, told as stories; the events are all there is."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.promise.story import ALWAYS, OFFICE, Story, when
from unbroken.calendars.working_time import Calendar
from unbroken.promise.measure import WAITS_AT_MOST, Run
from unbroken.promise.measures import all_measures
from unbroken.promise.timeline import GRACE, Standing, earliest, intervals, runs, stand

HOUR = 3600


def all_runs(story: Story, key: str, *merged: Story) -> tuple[Run, ...]:
    return runs(all_measures()[key], story.events, [one.events for one in merged])


def last_run(story: Story, key: str, *merged: Story) -> Run:
    return all_runs(story, key, *merged)[-1]


def standing(
    run: Run, hours: float, at: str, calendar: Calendar = ALWAYS, share: float = 0.75
) -> Standing:
    seconds = int(hours * HOUR)
    return stand(run, seconds=seconds, calendar=calendar, warning_share=share, at=when(at))


def used(story: Story, key: str, at: str = "sun 23:00") -> float:
    return standing(last_run(story, key), 1000, at).used_seconds / HOUR


# ── first answer ──────────────────────────────────────────────────────────────


def test_the_first_answer_is_owed_from_when_the_mail_was_taken_in() -> None:
    story = Story().anneke_reports("mon 08:10", taken_in="mon 08:00").sofie_replies("mon 09:00")

    assert used(story, "first_answer") == 1


def test_a_receipt_is_no_answer() -> None:
    story = Story().anneke_reports("mon 08:00").the_house_receipts("mon 08:01")

    run = last_run(story, "first_answer")

    assert not run.is_over


def test_an_answer_by_the_house_is_no_answer_by_a_person() -> None:
    story = Story().anneke_reports("mon 08:00").tell("replied", "mon 08:05", "house", message=4)

    assert not last_run(story, "first_answer").is_over
    assert last_run(story.sofie_replies("mon 09:00", 5), "first_answer").ended_at == when(
        "mon 09:00"
    )


def test_an_answer_taken_back_was_never_given() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_replies("mon 09:00", message=4)
    story.sofie_takes_it_back("mon 09:00", message=4)

    assert not last_run(story, "first_answer").is_over
    assert used(story.sofie_replies("mon 10:00", message=5), "first_answer") == 2


def test_waiting_for_the_customer_does_not_excuse_a_missing_first_answer() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_asks("mon 08:30").anneke_answers("mon 12:00")

    assert used(story.sofie_replies("mon 13:00"), "first_answer") == 5


def test_resolving_without_a_word_is_an_answer_too() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_resolves("mon 09:00")

    assert standing(last_run(story, "first_answer"), 2, "tue 08:00").state == "met"


def test_a_request_withdrawn_in_time_is_owed_nothing() -> None:
    story = Story().anneke_reports("mon 08:00").anneke_withdraws("mon 09:00")

    assert standing(last_run(story, "first_answer"), 2, "tue 08:00").state == "cancelled"


def test_a_request_withdrawn_after_the_miss_was_missed() -> None:
    story = Story().anneke_reports("mon 08:00").anneke_withdraws("mon 11:00")

    assert standing(last_run(story, "first_answer"), 2, "tue 08:00").state == "missed"


def test_history_taken_in_starts_nothing_until_it_is_adopted() -> None:
    story = Story().anneke_reports("mon 08:00", imported=True)
    assert all_runs(story, "first_answer") == ()

    story.tell("adopted", "wed 10:00", "agent:3")

    assert last_run(story, "first_answer").started_at == when("wed 10:00")
    assert last_run(story, "time_to_resolve").started_at == when("wed 10:00")


def test_history_that_is_opened_again_is_promised_nothing_until_it_is_adopted() -> None:
    story = Story().anneke_reports("mon 08:00", imported=True).anneke_reopens("tue 08:00")

    assert all_runs(story, "time_to_resolve") == ()


# ── next answer ───────────────────────────────────────────────────────────────


def test_before_the_first_answer_no_next_one_is_owed() -> None:
    story = Story().anneke_reports("mon 08:00").anneke_writes("mon 08:30")

    assert all_runs(story, "next_answer") == ()


def test_each_time_the_customer_writes_after_us_the_next_answer_is_owed() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_replies("mon 09:00")
    story.anneke_writes("mon 10:00").sofie_replies("mon 10:30", 5)
    story.anneke_writes("mon 14:00")

    first, second = all_runs(story, "next_answer")

    assert (first.started_at, first.ended_at) == (when("mon 10:00"), when("mon 10:30"))
    assert (second.started_at, second.ended_at) == (when("mon 14:00"), None)


def test_several_messages_in_a_row_wait_since_the_first() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_replies("mon 09:00")
    story.anneke_writes("mon 10:00").anneke_writes("mon 11:00")

    assert [run.started_at for run in all_runs(story, "next_answer")] == [when("mon 10:00")]


def test_an_answer_taken_back_leaves_the_next_one_owed_since_the_question() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_replies("mon 09:00")
    story.anneke_writes("mon 10:00").sofie_replies("mon 11:00", 7).sofie_takes_it_back(
        "mon 11:00", 7
    )

    assert last_run(story, "next_answer").started_at == when("mon 10:00")
    assert not last_run(story, "next_answer").is_over


# ── time to resolve ───────────────────────────────────────────────────────────


def test_the_clock_stands_still_while_we_wait_for_the_customer() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_asks("mon 09:00")
    story.anneke_answers("mon 11:00").sofie_resolves("mon 12:00")

    assert used(story, "time_to_resolve") == 2


def test_a_hold_stops_it_and_only_a_resume_starts_it_again() -> None:
    # Customers answer "thanks!" to a hold notice; that is no reason to go on.
    story = Story().anneke_reports("mon 08:00").sofie_holds("mon 09:00", "partner")
    story.anneke_writes("mon 09:30").sofie_resumes("mon 13:00").sofie_resolves("mon 14:00")

    assert used(story, "time_to_resolve") == 2


def test_a_hold_for_no_stated_reason_is_our_own_time() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_holds("mon 09:00", "other")

    assert used(story, "time_to_resolve", at="mon 12:00") == 4
    assert last_run(story, "time_to_resolve").pause is None


def test_report_hold_resume_resolve_reopen_resolve_is_two_and_a_half_hours() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_holds("mon 09:00", "date")
    story.sofie_resumes("mon 11:00").sofie_resolves("mon 12:00")
    story.anneke_reopens("tue 09:00").sofie_resolves("tue 09:30")

    assert used(story, "time_to_resolve") == 2.5


def test_a_resolved_request_can_still_be_withdrawn_by_nobody() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_resolves("mon 09:00")

    story.tell("closed", "fri 09:00", "house")

    assert last_run(story, "time_to_resolve").ended_at == when("mon 09:00")


def test_every_interval_has_an_owner_and_none_is_missing() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_asks("mon 09:00").anneke_answers("mon 10:00")
    story.sofie_holds("mon 11:00", "partner").sofie_resumes("mon 12:00").sofie_resolves("mon 13:00")

    cut = intervals(last_run(story, "time_to_resolve"))

    assert [(i.owner, i.reason) for i in cut] == [
        ("us", ""), ("customer", "customer"), ("us", ""), ("partner", "partner"), ("us", ""),
    ]  # fmt: skip
    assert all(a.until == b.since for a, b in pairwise(cut))


def test_one_wait_after_another_changes_the_owner() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_asks("mon 09:00")
    story.sofie_holds("mon 10:00", "partner").sofie_holds("mon 11:00", "other")

    cut = intervals(last_run(story, "time_to_resolve"))

    assert [i.owner for i in cut] == ["us", "customer", "partner", "us"]


# ── merged requests ───────────────────────────────────────────────────────────


def test_the_survivor_owes_what_the_merged_one_was_owed_since_it_asked() -> None:
    first, second = Story(1).anneke_reports("mon 08:00"), Story(2).anneke_reports("mon 12:00")

    first.merged_into(second, "mon 13:00")

    assert last_run(second, "first_answer", first).started_at == when("mon 08:00")
    assert standing(last_run(first, "first_answer"), 100, "tue 08:00").state == "cancelled"


def test_a_merged_request_that_was_answered_brings_no_older_promise() -> None:
    first = Story(1).anneke_reports("mon 08:00").sofie_replies("mon 09:00")
    second = Story(2).anneke_reports("mon 12:00")

    first.merged_into(second, "mon 13:00")

    assert last_run(second, "first_answer", first).started_at == when("mon 12:00")
    assert last_run(second, "time_to_resolve", first).started_at == when("mon 08:00")


def test_what_waits_on_the_merged_one_does_not_stop_the_survivor() -> None:
    first = Story(1).anneke_reports("mon 08:00").sofie_asks("mon 09:00")
    second = Story(2).anneke_reports("mon 10:00")

    first.merged_into(second, "mon 11:00")

    assert last_run(second, "time_to_resolve", first).pauses == ()


def test_a_question_merged_into_an_answered_request_is_a_promise_of_its_own() -> None:
    second = Story(2).anneke_reports("mon 08:00").sofie_replies("mon 09:00")
    first = Story(1).anneke_reports("mon 10:00").merged_into(second, "mon 11:00")

    answered, owed = all_runs(second, "first_answer", first)

    assert answered.is_over
    assert owed.started_at == when("mon 10:00")
    assert owed.cause == first.events[0].id


# ── due, late, warned ─────────────────────────────────────────────────────────


def test_an_answer_at_the_due_instant_keeps_the_promise() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_replies("mon 10:00")

    assert standing(last_run(story, "first_answer"), 2, "tue 08:00").state == "met"


def test_an_answer_on_sunday_to_what_was_due_on_friday_evening_is_late() -> None:
    # No working second lies between, yet the promise was Friday.
    story = Story().anneke_reports("fri 14:00").sofie_replies("sun 12:00")

    late = standing(last_run(story, "first_answer"), 2, "next mon 08:00", OFFICE)

    assert late.due_at == when("fri 16:00")
    assert late.used_seconds == 2 * HOUR
    assert late.state == "missed"


def test_a_paused_promise_has_no_due_time_and_says_what_is_left() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_asks("mon 11:00")

    paused = standing(last_run(story, "time_to_resolve"), 8, "wed 12:00")

    assert (paused.state, paused.due_at) == ("paused", None)
    assert paused.next_at == when("mon 11:00") + WAITS_AT_MOST["customer"]
    assert paused.remaining_seconds == 5 * HOUR


def test_a_pause_that_begins_after_the_miss_hides_nothing() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_asks("mon 11:00")

    assert standing(last_run(story, "time_to_resolve"), 2, "mon 12:00").state == "missed"


def test_a_warning_comes_when_its_share_is_used_up() -> None:
    run = last_run(Story().anneke_reports("mon 08:00"), "first_answer")

    early, late = standing(run, 8, "mon 13:59"), standing(run, 8, "mon 14:00")

    assert (early.is_warned, early.next_at) == (False, when("mon 14:00"))
    assert (late.is_warned, late.next_at) == (True, when("mon 16:00") + GRACE)


def test_a_miss_is_certain_only_when_no_answer_can_still_be_on_its_way() -> None:
    run = last_run(Story().anneke_reports("mon 08:00"), "first_answer")
    soon = when("mon 10:00") + timedelta(seconds=1)

    fresh = stand(run, seconds=2 * HOUR, calendar=ALWAYS, warning_share=1, at=soon)
    sure = stand(run, seconds=2 * HOUR, calendar=ALWAYS, warning_share=1, at=soon + GRACE)

    assert (fresh.state, fresh.is_certain) == ("missed", False)
    assert (sure.state, sure.is_certain, sure.next_at) == ("missed", True, None)


def test_a_calendar_that_never_opens_promises_nothing() -> None:
    never = Calendar.read({"timezone": "UTC", "week": {}})
    run = last_run(Story().anneke_reports("mon 08:00"), "first_answer")

    nothing = standing(run, 2, "sun 08:00", never)

    assert (nothing.state, nothing.due_at, nothing.next_at) == ("running", None, None)


def test_the_promise_that_falls_due_first_decides() -> None:
    story = Story().anneke_reports("mon 08:00")
    answer = standing(last_run(story, "first_answer"), 2, "mon 08:00")
    repair = standing(last_run(story, "time_to_resolve"), 1, "mon 08:00")

    assert earliest({"first_answer": answer, "time_to_resolve": repair}) == (
        "time_to_resolve",
        when("mon 09:00"),
    )
    assert earliest({}) is None


# ── whatever happens ──────────────────────────────────────────────────────────

HAPPENINGS = (
    ("anneke_writes", ()), ("anneke_answers", ()), ("sofie_replies", ()), ("sofie_asks", ()),
    ("sofie_holds", ("partner",)), ("sofie_holds", ("other",)), ("sofie_resumes", ()),
    ("sofie_resolves", ()), ("anneke_reopens", ()), ("anneke_withdraws", ()),
    ("sofie_takes_it_back", ()),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 119), st.sampled_from(HAPPENINGS)), max_size=15))
def test_time_is_never_lost_and_never_counted_twice(
    chosen: list[tuple[int, tuple[str, tuple[str, ...]]]],
) -> None:
    story = Story().anneke_reports("mon 00:00")
    for hour, (verb, rest) in sorted(chosen):
        getattr(story, verb)(
            f"{('mon', 'tue', 'wed', 'thu', 'fri')[hour // 24]} {hour % 24:02}:00", *rest
        )

    for key in all_measures():
        for run in all_runs(story, key):
            cut = intervals(run)
            until = run.ended_at or when("sun 00:00")
            assert cut[0].since == run.started_at
            assert all(a.until == b.since for a, b in pairwise(cut))
            ours = sum(((i.until or until) - i.since).total_seconds() for i in cut if i.counts)
            assert standing(run, 1000, "sun 00:00").used_seconds == ours


@pytest.mark.parametrize("key", list(all_measures()))
def test_a_story_can_be_cut_at_any_event_without_changing_its_beginning(key: str) -> None:
    story = Story().anneke_reports("mon 08:00").sofie_replies("mon 09:00").sofie_asks("mon 09:00")
    story.anneke_answers("mon 12:00").sofie_replies("mon 13:00", 5).sofie_resolves("mon 14:00")
    whole = all_runs(story, key)

    for length in range(len(story.events)):
        part = runs(all_measures()[key], story.events[:length])
        assert [run.cause for run in part] == [run.cause for run in whole][: len(part)]
