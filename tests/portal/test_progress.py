"""The progress line: what happened, what goes on, what is promised; pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from unbroken.ground.events import LoggedEvent
from unbroken.portal.progress import Step, steps

EIGHT = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ticket:
    status: str = "acknowledged"
    waiting_for: str = ""
    pending_until: datetime | None = None
    reported_at: datetime = EIGHT
    resolved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Promise:
    key: str
    due: datetime | None
    is_owed: bool = True


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def event(kind: str, after: float, by: str = "agent:1", **data: Any) -> LoggedEvent:
    return LoggedEvent(
        int(after * 60), "ticket:1", 1, f"ticket.{kind}", EIGHT + hours(after), by, data, False
    )


def line(found: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [(step.key, step.state) for step in found]


def test_a_new_request_is_received_and_its_answer_promised() -> None:
    promised = [Promise("first_answer", EIGHT + hours(4))]

    found = steps(Ticket(), [], promised, at=EIGHT)

    assert line(found) == [("received", "done"), ("first_answer", "ahead")]
    assert found[1].at == EIGHT + hours(4)


def test_without_a_promise_nothing_is_promised() -> None:
    assert line(steps(Ticket(), [], [], at=EIGHT)) == [("received", "done")]


def test_a_broken_promise_is_said() -> None:
    promised = [Promise("first_answer", EIGHT + hours(4))]

    found = steps(Ticket(), [], promised, at=EIGHT + hours(5))

    assert line(found)[-1] == ("first_answer", "broken")


def test_sorting_into_a_queue_is_not_looking_and_a_person_taking_it_is() -> None:
    sorted_only = [
        event("queued", 0.1, "house", team=1),
        event("assigned", 0.2, team=1, agent=None),
    ]
    taken = [*sorted_only, event("assigned", 1, team=1, agent=2)]

    assert "looked" not in dict(line(steps(Ticket(), sorted_only, [], at=EIGHT)))
    assert steps(Ticket(), taken, [], at=EIGHT)[1].at == EIGHT + hours(1)


def test_an_answer_taken_back_was_never_given() -> None:
    events = [event("replied", 1, message=5), event("reply_withdrawn", 1.1, message=5)]

    assert "answered" not in dict(line(steps(Ticket(), events, [], at=EIGHT)))


def test_waiting_names_for_whom() -> None:
    asked = steps(Ticket("pending"), [event("customer_asked", 2)], [], at=EIGHT)
    held = steps(
        Ticket("held", "partner", EIGHT + hours(9)),
        [event("held", 2, waiting_for="partner")],
        [],
        at=EIGHT,
    )

    assert line(asked)[-1] == ("waiting", "now")
    assert line(held)[-2:] == [("held", "now"), ("resumes", "ahead")]
    assert held[-2].words == "Waiting for our partner"


def test_what_was_opened_again_says_so() -> None:
    events = [event("started", 1), event("resolved", 2), event("reopened", 3, "contact:1")]

    found = steps(Ticket("inProgress"), events, [], at=EIGHT)

    assert line(found)[-1] == ("again", "now")


@pytest.mark.parametrize(
    ("status", "last"),
    [("resolved", "done"), ("closed", "done"), ("cancelled", "withdrawn"), ("rejected", "refused")],
)
def test_what_is_over_promises_nothing_more(status: str, last: str) -> None:
    ticket = Ticket(status, resolved_at=EIGHT + hours(2), closed_at=EIGHT + hours(3))

    found = steps(ticket, [], [Promise("time_to_resolve", EIGHT + hours(9))], at=EIGHT)

    assert line(found) == [("received", "done"), (last, "done")]


def test_two_promises_of_the_same_thing_are_one_step_the_earlier_one() -> None:
    promised = [
        Promise("next_answer", EIGHT + hours(6)),
        Promise("first_answer", EIGHT + hours(4)),
        Promise("time_to_resolve", None),
        Promise("pick_up", EIGHT, is_owed=False),
    ]

    found = steps(Ticket(), [], promised, at=EIGHT)

    assert [(step.key, step.at) for step in found[1:]] == [("first_answer", EIGHT + hours(4))]
