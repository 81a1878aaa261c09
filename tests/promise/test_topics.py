"""Targets of a topic, and what a wrong topic, a split and a change of hands do to a clock."""

from typing import Any

import pytest

from tests.promise.desk import HOUR, LONG_AGO, SOFIE, Desk, hear, when
from unbroken.conversation import actions as record
from unbroken.conversation import queries as asked
from unbroken.conversation.ids import MessageId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.promise import actions, queries
from unbroken.promise.book import Aim
from unbroken.promise.queries.why import why
from unbroken.staffing import actions as staffing

ALL = ("critical", "high", "moderate", "low")


def topic(key: str, parent: str | None = None) -> int:
    record.set_topic(key=key, names={"en": key}, parent_key=parent, by=HOUSE, at=LONG_AGO)
    return next(row.id for row in asked.topic_tree() if row.key == key)


def promised(*of: tuple[str, str, float], at: str = "mon 00:00") -> None:
    """Hours of time to resolve by type and topic, round the clock, under the one agreement."""
    aims = [
        Aim("time_to_resolve", kind, dict.fromkeys(ALL, int(hours * HOUR)), 0.75, branch)
        for kind, branch, hours in of
    ]
    actions.set_agreement(
        key="classic", name="Classic", calendar="round-the-clock", objectives=aims,
        by=SOFIE, at=when(at),
    )  # fmt: skip
    hear()


def due(desk: Desk, ticket: Any, at: str) -> Any:
    return desk.promise(ticket, "time_to_resolve", at).due


def test_a_topic_is_promised_its_own_time_and_all_below_it_too(desk: Desk) -> None:
    topic("internet")
    slow, mail = topic("internet/slow", "internet"), topic("mail")
    promised(("", "", 8), ("", "internet", 4), ("complaint", "internet", 1))
    ticket = desk.anneke.reports("slow", "mon 08:00", topic_id=slow)
    other = desk.anneke.reports("no mail", "mon 08:00", topic_id=mail)
    angry = desk.anneke.reports("again!", "mon 08:00", topic_id=slow, ticket_type="complaint")

    dues = [due(desk, one, "mon 08:00") for one in (ticket, other, angry)]

    assert dues == [when("mon 12:00"), when("mon 16:00"), when("mon 09:00")]


def test_a_wrong_topic_is_counted_anew_from_the_start_and_the_earlier_promise_stays(
    desk: Desk,
) -> None:
    slow, mail = topic("slow"), topic("mail")
    promised(("", "slow", 8), ("", "mail", 4))
    ticket = desk.anneke.reports("?", "mon 08:00", topic_id=slow)
    desk.sofie.ask_customer(ticket, "mon 09:00")
    desk.anneke.writes(ticket, "mon 10:00")
    desk.sofie.classify_ticket(ticket, "mon 11:00", topic_id=mail)

    one = desk.promise(ticket, "time_to_resolve", "mon 11:00")
    found = why(ticket, at=when("mon 11:00"))

    assert (one.due, one.used_seconds) == (when("mon 13:00"), 2 * HOUR)
    assert found is not None
    (earlier,) = found.promises[0].earlier
    assert (earlier.topic, earlier.target_seconds) == (slow, 8 * HOUR)
    assert earlier.due_at == when("mon 17:00")


def test_what_is_split_off_is_promised_from_when_it_was_said_not_from_when_it_was_split(
    desk: Desk,
) -> None:
    desk.promises("classic", time_to_resolve=8)
    ticket = desk.anneke.reports("slow, and the bill is wrong", "mon 08:00")
    desk.anneke.writes(ticket, "mon 09:00")
    message = MessageId(asked.messages_of(ticket)[-1].id)

    other = record.split_ticket(
        ticket_id=ticket, message_id=message, name="the bill", by=SOFIE, at=when("mon 11:00")
    )
    hear()

    assert due(desk, ticket, "mon 11:00") == when("mon 16:00")
    assert due(desk, other, "mon 11:00") == when("mon 17:00")


def test_a_moved_branch_moves_the_promises_of_what_hangs_on_it(desk: Desk) -> None:
    topic("internet")
    slow = topic("slow")
    promised(("", "", 8), ("", "internet", 4))
    ticket = desk.anneke.reports("slow", "mon 08:00", topic_id=slow)
    before = due(desk, ticket, "mon 08:00")

    record.set_topic(
        key="slow", names={"en": "slow"}, parent_key="internet", by=HOUSE, at=when("mon 08:30")
    )

    assert (before, due(desk, ticket, "mon 09:00")) == (when("mon 16:00"), when("mon 12:00"))
    assert actions.recount_stale(at=when("mon 09:00")) == 1


def test_a_topic_that_nobody_knows_is_promised_nothing(desk: Desk) -> None:
    with pytest.raises(Refused, match="There is no topic"):
        promised(("", "no such thing", 4))


# ── whose time it was ─────────────────────────────────────────────────────────


def test_our_own_time_names_the_team_that_had_it_and_adds_up(desk: Desk) -> None:
    desk.promises("classic", time_to_resolve=4)
    teams = [
        staffing.open_team(key=key, name=key, by=HOUSE, at=LONG_AGO) for key in ("first", "routers")
    ]
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    for team, at in zip(teams, ("mon 09:00", "mon 11:00"), strict=True):
        desk.sofie.assign_ticket(ticket, at, team_id=team, agent_id=None)
    desk.sofie.hold_ticket(ticket, "mon 11:30", waiting_for="partner")
    desk.sofie.resume_ticket(ticket, "mon 13:00")

    found = why(ticket, at=when("mon 15:00"))

    assert found is not None
    steps = found.promises[0].steps
    assert [(step.kind, step.team, step.seconds / HOUR) for step in steps] == [
        ("counts", None, 1),
        ("counts", teams[0], 2),
        ("counts", teams[1], 0.5),
        ("waits", None, 0),
        ("counts", teams[1], 0.5),
        ("late", teams[1], 1.5),
    ]
    assert [step.total / HOUR for step in steps] == [1, 3, 3.5, 3.5, 4, 5.5]


# ── who may stop a clock ──────────────────────────────────────────────────────


def test_only_those_who_may_stop_clocks_hold_for_force_majeure_and_then_it_is_nobodys_time(
    desk: Desk,
) -> None:
    sofie, lea = (
        Actor.agent(
            staffing.hire_agent(
                name=name, email=f"{name}@desk.example", role=role, language="en",
                timezone="UTC", by=HOUSE, at=LONG_AGO,
            )
        )
        for name, role in (("sofie", "agent"), ("lea", "lead"))
    )  # fmt: skip
    desk.promises("classic", time_to_resolve=4)
    ticket = desk.anneke.reports("flooded", "mon 08:00")
    storm = {"ticket_id": ticket, "waiting_for": "force_majeure"}

    with pytest.raises(Refused, match="Only those who may stop clocks"):
        record.hold_ticket(**storm, by=sofie, at=when("mon 09:00"))  # type: ignore[arg-type]
    record.hold_ticket(**storm, by=lea, at=when("mon 10:00"))  # type: ignore[arg-type]
    hear()
    one = desk.promise(ticket, "time_to_resolve", "mon 20:00")

    assert (one.state, one.used_seconds) == ("paused", 2 * HOUR)
    assert one.intervals[-1].owner == "force_majeure"


def test_the_operator_says_which_reasons_are_reserved(desk: Desk) -> None:
    known = staffing.hire_agent(
        name="Timo", email="timo@desk.example", role="agent", language="en", timezone="UTC",
        by=HOUSE, at=LONG_AGO,
    )  # fmt: skip
    timo, ticket = Actor.agent(known), desk.anneke.reports("no sync", "mon 08:00")

    record.set_pause_rules(reserved=["partner"], by=SOFIE, at=when("mon 08:30"))

    with pytest.raises(Refused, match="Only those who may stop clocks"):
        record.hold_ticket(ticket_id=ticket, waiting_for="partner", by=timo, at=when("mon 09:00"))
    record.hold_ticket(ticket_id=ticket, waiting_for="date", by=timo, at=when("mon 09:00"))
    assert queries.violations_of(ticket) == []
