"""What the room does when something happens below it, or to its own problems."""

from datetime import datetime

from unbroken.conversation import relay
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.outage import following, matching, settling


@when(
    "evidence.element_silent",
    "evidence.element_named",
    "evidence.services_silent",
    "evidence.services_back",
    "evidence.element_back",
    "evidence.element_again",
    "evidence.element_merged",
)
def follow_the_silence(event: LoggedEvent, *, at: datetime) -> None:
    """An element fell silent, more went with it, some are back: the problem follows."""
    following.follow(event.subject_id, at=at)


@when(relay.begins("matched"))
def match_problem(event: LoggedEvent, *, at: datetime) -> None:
    """A new request may suffer from something that we know already."""
    if relay.is_turn("matched", event):
        matching.match(event.subject_id, at=at)


@when("ticket.acknowledged", "ticket.classified")
def join_when_it_is_plain(event: LoggedEvent, *, at: datetime) -> None:
    """It names no service, or names it only now: it may suffer from something all the same."""
    names_one = event.data.get("service") is not None
    if names_one != (event.kind == relay.START):
        matching.join_if_plain(event.subject_id, at=at)


@when("ticket.matched")
def join_who_was_left_out(event: LoggedEvent, *, at: datetime) -> None:
    """The relay did not wait for the stage: a busy desk knows of the problem all the same."""
    if event.data.get("skipped"):
        matching.join_if_plain(event.subject_id, at=at)


@when("problem.opened", "problem.service_affected", "problem.reopened")
def join_who_wrote_before(event: LoggedEvent, *, at: datetime) -> None:
    """Who wrote before we knew belongs to it too."""
    matching.join_waiting(event.subject_id, at=at)


def _look_at_those_left(event: LoggedEvent) -> settling.Findings:
    return settling.looked_at(event.subject_id, at=event.at)


@when(
    "problem.ended",
    "problem.service_restored",
    "problem.left_alone",
    "problem.cancelled",
    "problem.merged",
    prepare=_look_at_those_left,
)
def settle_requests(event: LoggedEvent, *, at: datetime, prepared: settling.Findings) -> None:
    """It is over: joined requests end with it, or stand alone again, or go along."""
    settling.settle(event.subject_id, prepared, at=at)
