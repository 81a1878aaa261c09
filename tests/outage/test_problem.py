"""A problem from its first minute to its end: each rule of its record."""

from datetime import UTC, datetime, timedelta

import pytest

from town.town import Town
from unbroken.conversation import actions as record
from unbroken.conversation import queries as recorded
from unbroken.directory.topology_queries import service_ids
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.outage import actions, queries
from unbroken.outage.ids import ProblemId

MORNING = datetime(2026, 5, 24, 4, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEXT_NEWS = MORNING + timedelta(hours=2)


def opened(*services: int) -> ProblemId:
    """The cable went at 6:10 and took these along."""
    return actions.open_problem(
        element="cable-44",
        origin="silence",
        severity="major",
        cause="cable_cut",
        since=MORNING,
        services=dict.fromkeys(services, MORNING),
        by=HOUSE,
        at=MORNING + MINUTE,
    )


def told(problem_id: int) -> list[str]:
    return [e.kind.removeprefix("problem.") for e in events_of([f"problem:{problem_id}"])]


@pytest.fixture
def lines(town: Town) -> list[int]:
    """Services on the cable."""
    return sorted(service_ids(["s-77", "s-78", "s-79"]).values())


def test_some_come_back_and_go_again_and_each_time_is_kept(lines: list[int]) -> None:
    anneke, lena, third = lines
    number = opened(anneke, lena)

    actions.affect_services(
        problem_id=number,
        services={lena: MORNING, third: MORNING + MINUTE},
        by=HOUSE,
        at=MORNING + 2 * MINUTE,
    )
    for minutes in (30, 40):
        back = {anneke: MORNING + minutes * MINUTE}
        actions.restore_services(
            problem_id=number, services=back, by=HOUSE, at=MORNING + 50 * MINUTE
        )
    again = {anneke: MORNING + 60 * MINUTE}
    actions.affect_services(problem_id=number, services=again, by=HOUSE, at=MORNING + 61 * MINUTE)

    spans = [(a.service_id, a.since, a.until) for a in queries.affected_by(number)]
    assert spans == [
        (anneke, MORNING, MORNING + 30 * MINUTE),
        (anneke, MORNING + 60 * MINUTE, None),
        (lena, MORNING, None),
        (third, MORNING + MINUTE, None),
    ]
    assert told(number) == ["opened", "service_affected", "service_restored", "service_affected"]
    assert queries.problems_of(lines)[anneke].id == number


def test_the_end_brings_everybody_back_but_those_whose_own_evidence_says_no(
    lines: list[int],
) -> None:
    number = opened(*lines)
    until = MORNING + 60 * MINUTE

    for _ in range(2):
        actions.end_problem(
            problem_id=number, until=until, left=[lines[2]], by=HOUSE, at=until + MINUTE
        )

    away = [a.service_id for a in queries.affected_by(number, only_away=True)]
    assert away == [lines[2]]
    assert told(number) == ["opened", "ended"]
    assert queries.problems_of(lines) == {}
    actions.reopen_problem(problem_id=number, since=until, by=HOUSE, at=until + 2 * MINUTE)
    assert [p.id for p in queries.open_problems()] == [number]


def test_a_crews_tap_counts_once_and_says_when_it_arrives(lines: list[int]) -> None:
    number = opened(*lines)

    for _ in range(2):
        actions.take_step(problem_id=number, step="left", by=HOUSE, at=MORNING + 5 * MINUTE)
    actions.take_step(problem_id=number, step="minutes", minutes=20, by=HOUSE, at=NEXT_NEWS)

    found = queries.problem(number)
    assert found is not None
    assert (found.state, found.step, found.due_at) == (
        "inProgress",
        "minutes",
        NEXT_NEWS + 20 * MINUTE,
    )
    assert told(number) == ["opened", "step_taken", "step_taken"]
    with pytest.raises(Refused, match="minutes"):
        actions.take_step(problem_id=number, step="minutes", by=HOUSE, at=NEXT_NEWS)


def test_the_next_news_is_promised_for_later_and_ends_with_the_problem(lines: list[int]) -> None:
    number = opened(*lines)
    with pytest.raises(Refused, match="later"):
        actions.promise_news(problem_id=number, next_at=MORNING, by=HOUSE, at=MORNING + MINUTE)

    actions.promise_news(problem_id=number, next_at=NEXT_NEWS, by=HOUSE, at=MORNING + MINUTE)
    actions.give_news(
        problem_id=number,
        text="The crew digs.",
        next_at=NEXT_NEWS + MINUTE,
        by=HOUSE,
        at=NEXT_NEWS - MINUTE,
    )
    actions.end_problem(problem_id=number, until=NEXT_NEWS, by=HOUSE, at=NEXT_NEWS)

    found = queries.problem(number)
    assert found is not None
    assert found.next_news_at is None
    assert told(number) == ["opened", "news_due", "news_given", "ended"]


def test_a_guess_does_not_overrule_what_somebody_saw(lines: list[int]) -> None:
    number = opened(*lines)

    actions.confirm_cause(problem_id=number, cause="area_power", by=HOUSE, at=NEXT_NEWS)
    actions.name_element(
        problem_id=number, element="dslam-7", cause="access_node", by=HOUSE, at=NEXT_NEWS
    )

    found = queries.problem(number)
    assert found is not None
    assert (found.element, found.cause, found.is_confirmed) == ("dslam-7", "area_power", True)


def test_what_stands_in_has_a_state_of_its_own_and_is_only_for_the_affected(
    town: Town, lines: list[int]
) -> None:
    number = opened(*lines[:2])
    loan = {"problem_id": number, "kind": "mobileRouter", "by": HOUSE, "at": NEXT_NEWS}

    for state in ("asked", "sent", "sent"):
        actions.set_backup(service_id=lines[0], state=state, **loan)  # type: ignore[arg-type]

    assert told(number) == ["opened", "backup_set", "backup_set"]
    with pytest.raises(Refused, match="not affected"):
        actions.set_backup(service_id=lines[2], state="asked", **loan)  # type: ignore[arg-type]


def test_joined_requests_are_counted_and_leave_the_problems_own_row_alone(
    town: Town, lines: list[int]
) -> None:
    number = opened(*lines)
    tickets = [
        town.anneke.reports("no sync", at="mon 08:00"),
        town.bram.reports("no", at="mon 08:01"),
    ]

    for ticket in tickets:
        for _ in range(2):
            record.join_problem(ticket_id=ticket, problem=number, by=HOUSE, at=NEXT_NEWS)
    record.part_from_problem(ticket_id=tickets[1], problem=number, by=HOUSE, at=NEXT_NEWS)

    assert recorded.count_joined([number]) == {number: 1}
    assert recorded.joined_to(number) == [tickets[0]]
    assert recorded.was_in_problem(tickets[1], number)
    assert told(number) == ["opened"]
    with pytest.raises(Refused, match="belongs to problem"):
        record.join_problem(ticket_id=tickets[0], problem=number + 1, by=HOUSE, at=NEXT_NEWS)


def test_more_services_than_one_event_can_hold_are_told_in_several(
    lines: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "SERVICES_AT_ONCE", 2)

    number = opened(*lines)

    assert told(number) == ["opened", "service_affected"]
    assert len(queries.affected_by(number, only_away=True)) == 3


def test_part_of_something_bigger_goes_on_there_and_is_told_to_nobody_as_over(
    lines: list[int],
) -> None:
    """Accident: two cables were two problems before the DSLAM above them was seen to be dead."""
    cable, dslam = opened(lines[0]), opened(*lines[1:])

    for _again in range(2):
        actions.merge_problem(problem_id=cable, into=dslam, by=HOUSE, at=MORNING + 5 * MINUTE)

    merged = queries.problem(cable)
    assert merged is not None
    assert (merged.is_open, merged.merged_into) == (False, dslam)
    assert told(cable) == ["opened", "merged"]
    assert queries.affected_by(cable, only_away=True) == []
    with pytest.raises(Refused):
        actions.merge_problem(problem_id=dslam, into=dslam, by=HOUSE, at=MORNING + 6 * MINUTE)


def test_what_an_agent_saw_first_follows_the_records_once_they_show_it(lines: list[int]) -> None:
    number = opened(*lines)

    for finding in (7, 8):
        actions.back_by_evidence(
            problem_id=number, finding_id=finding, by=HOUSE, at=MORNING + 5 * MINUTE
        )

    found = queries.problem(number)
    assert found is not None
    assert (found.finding_id, told(number)) == (7, ["opened", "backed"])
