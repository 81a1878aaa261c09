"""Why is this due then? The steps are what the clock counts: to the second, and without gaps."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.promise.desk import LONG_AGO, SOFIE, Desk
from tests.promise.desk import when as on
from tests.promise.story import OFFICE, Story, when
from unbroken.directory import actions as directory
from unbroken.promise.measure import Run
from unbroken.promise.measures import all_measures
from unbroken.promise.queries.telling_why import as_json
from unbroken.promise.queries.why import why
from unbroken.promise.timeline import runs, stand
from unbroken.promise.why import Step, walk

HOUR = 3600


def resolve_run(story: Story) -> Run:
    return runs(all_measures()["time_to_resolve"], story.events)[-1]


def steps_of(story: Story, hours: float, at: str) -> tuple[Step, ...]:
    standing = stand(
        resolve_run(story),
        seconds=int(hours * HOUR),
        calendar=OFFICE,
        warning_share=0.75,
        at=when(at),
    )
    return walk(standing, OFFICE, at=when(at))


def test_every_stretch_says_whose_it_was_and_what_counted() -> None:
    story = Story().anneke_reports("mon 15:00").sofie_asks("tue 09:00").anneke_answers("tue 12:30")

    steps = steps_of(story, 4, "tue 13:00")

    assert [(step.kind, step.seconds / HOUR, step.total / HOUR) for step in steps] == [
        ("counts", 1, 1),
        ("closed", 0, 1),
        ("counts", 1, 2),
        ("waits", 0, 2),
        ("counts", 2, 4),
    ]
    assert (steps[-1].until, steps[3].owner) == (when("tue 14:30"), "customer")


def test_what_came_after_the_due_time_is_one_late_step() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_resolves("tue 09:00")

    last = steps_of(story, 4, "wed 08:00")[-1]

    assert (last.kind, last.since, last.seconds / HOUR) == ("late", when("mon 12:00"), 5)


def test_a_wait_without_an_end_ends_the_walk() -> None:
    story = Story().anneke_reports("mon 08:00").sofie_holds("mon 09:00", "partner")

    last = steps_of(story, 4, "mon 15:00")[-1]

    assert (last.kind, last.until, last.owner) == ("waits", None, "partner")


def test_a_promise_of_a_year_is_folded_and_still_adds_up() -> None:
    steps = steps_of(Story().anneke_reports("mon 08:00"), 2000, "mon 08:00")

    assert len(steps) < 30
    assert sum(step.seconds for step in steps) == 2000 * HOUR


@settings(max_examples=25, deadline=None)
@given(
    gaps=st.lists(st.integers(1, 30 * HOUR), min_size=2, max_size=8),
    target=st.integers(1, 40 * HOUR),
)
def test_the_steps_leave_no_gap_and_add_up_to_what_was_promised(
    gaps: list[int], target: int
) -> None:
    story, at = Story().anneke_reports("mon 08:00"), when("mon 08:00")
    for number, gap in enumerate(gaps):
        at += timedelta(seconds=gap)
        kind = "customer_asked" if number % 2 == 0 else "customer_answered"
        story.tell(kind, "mon 08:00", "agent:3")
        story.events[-1] = replace(story.events[-1], at=at)
    standing = stand(resolve_run(story), seconds=target, calendar=OFFICE, warning_share=0.75, at=at)

    steps = [step for step in walk(standing, OFFICE, at=at) if step.kind != "late"]

    ends = [step.until for step in steps[:-1]]
    assert ends == [step.since for step in steps[1:]]
    if standing.due_at is not None:
        assert sum(step.seconds for step in steps) == target
        assert steps[-1].until == standing.due_at


def test_the_page_of_a_ticket_says_which_agreement_and_what_was_promised_before(desk: Desk) -> None:
    desk.promises("classic", time_to_resolve=8)
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.promises("classic", at="mon 09:00", time_to_resolve=4)
    desk.sofie.classify_ticket(ticket, "mon 10:00", impact="high", urgency="high")

    found = why(ticket, at=on("mon 10:00"))

    assert found is not None
    assert (found.agreement, found.reason) == ("classic", "because the service stands under it")
    (one,) = found.promises
    assert one.promise.due == on("mon 12:00")
    assert [(e.target_seconds, e.due_at) for e in one.earlier] == [
        (8 * HOUR, on("mon 16:00")),
        (4 * HOUR, on("mon 12:00")),
    ]
    assert as_json(found)["promises"][0]["steps"][0]["seconds"] == 4 * HOUR


def test_a_service_that_names_nothing_stands_under_its_product_then_under_the_customer(
    desk: Desk,
) -> None:
    bram = desk.customer("Bram", "bram@cafe.example", "")
    product = directory.register_product(key="dsl", name="DSL 50", by=SOFIE, at=LONG_AGO)
    directory.change_service(service_id=bram.service_id, product_id=product, by=SOFIE, at=LONG_AGO)
    ticket = bram.reports("no sync", "mon 08:00")
    seen = []
    for change in (
        lambda: None,
        lambda: directory.change_customer(
            customer_id=bram.id, agreement="pop", by=SOFIE, at=LONG_AGO
        ),
        lambda: directory.change_product(
            product_id=product, agreement="rock", by=SOFIE, at=LONG_AGO
        ),
    ):
        change()
        found = why(ticket, at=on("mon 09:00"))
        assert found is not None
        seen.append((found.agreement, found.reason))

    assert seen == [
        ("classic", "No agreement is named; the default one applies."),
        ("pop", "because this customer stands under it"),
        ("rock", "because the product of the service stands under it"),
    ]
