"""The estimate from shifts and queues: learned from the record, asked of the desk as it stands."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.ground.actor import HOUSE, Actor
from unbroken.routing import eta, state
from unbroken.routing.actions import give_to_team, set_queue
from unbroken.routing.ahead import foresee, people
from unbroken.routing.ahead.helping import what_helps
from unbroken.routing.ahead.history import Happened, legs_of
from unbroken.routing.ahead.keeping import Keeper
from unbroken.routing.estimate.queues import Learned, Leg
from unbroken.routing.estimate.trust import rank
from unbroken.routing.models import Foreseen
from unbroken.staffing import actions as staffing

MONDAY = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
HOUR = 3600.0
AS_PLANNED = {day: [["10:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def at(hour: float) -> datetime:
    return MONDAY.replace(hour=0) + timedelta(hours=hour)


def happened(number: int, kind: str, hour: float, **more: object) -> Happened:
    told = {"topic": "slow", "priority": "high", "by": None, "team": None, "waiting_for": None,
            "problem": None}  # fmt: skip
    return Happened(number=number, kind=f"ticket.{kind}", at=at(hour), **{**told, **more})  # type: ignore[arg-type]


def plainly(agent: int, since: datetime, until: datetime) -> float:
    return (until - since).total_seconds()


def test_work_began_when_the_last_was_done_or_when_it_came_and_waits_are_no_work() -> None:
    events = [
        happened(1, "queued", 8.0, team="7"),
        happened(2, "queued", 8.0, team="7"),
        happened(1, "replied", 8.5, by=3),
        happened(1, "assigned", 8.5, team="8", by=3),
        happened(2, "customer_asked", 8.75, by=3),
        happened(2, "customer_answered", 10.0),
        happened(2, "resolved", 10.25, by=3),
    ]

    found = {place: leg for leg, place in legs_of(events, plainly) if leg.then == "8"}
    (over,) = [leg for leg, _place in legs_of(events, plainly) if leg.then == ""]

    assert found[0].seconds == HOUR / 2
    assert over.seconds == HOUR / 2, "a quarter before the question, a quarter after the answer"
    assert (over.waited, over.waited_for) == (1.25 * HOUR, "customer")


def test_a_night_between_two_deeds_is_no_work() -> None:
    events = [
        happened(1, "queued", 8.0, team="7"),
        happened(1, "replied", 17.0, by=3),
        happened(1, "resolved", 34.0, by=3),
    ]

    (leg,) = [leg for leg, _place in legs_of(events, lambda who, since, until: 600.0)]

    assert leg.seconds == 1200.0


@pytest.fixture
def desk(db: None) -> Iterator[dict[str, int]]:
    """Routers, of whom Bram is on from ten to six; legs of an hour were learned."""
    told = {"by": HOUSE, "at": MONDAY - timedelta(days=30)}
    team = staffing.open_team(key="routers", name="Routers", **told)  # type: ignore[arg-type]
    bram = staffing.hire_agent(
        name="Bram",
        email="bram@desk.example",
        language="en",
        timezone="UTC",
        **told,  # type: ignore[arg-type]
    )
    staffing.join_team(agent_id=bram, team_id=team, **told)  # type: ignore[arg-type]
    staffing.set_shifts(
        agent_id=bram, since=MONDAY.date().replace(month=5), week=AS_PLANNED, **told
    )  # type: ignore[arg-type]
    set_queue(key="routers", name="Routers", team_id=team, is_default=True, way="push", **told)  # type: ignore[arg-type]
    learned = Learned()
    for _ in range(60):
        learned.learn(Leg("", str(team), HOUR, 0.0, "", "moderate"), 0)
    state.keep_learned(foresee.LEGS, foresee.to_bytes(learned), at=MONDAY)
    _forget()
    yield {"team": int(team), "bram": int(bram)}
    _forget()


def _forget() -> None:
    for one in (foresee.kept_legs, foresee.kept_trust, people):
        one.forget()


def asks(desk: dict[str, int], when: datetime = MONDAY) -> TicketId:
    opening = Opening(name="slow", channel="phone", reported_at=when, language="en")
    said = Incoming(author=HOUSE, channel="phone", words="slow", at=when)
    number, _ = conversation.acknowledge_ticket(opening, said, by=HOUSE, at=when)
    give_to_team(ticket_id=number, team_id=desk["team"], by=HOUSE, at=when)  # type: ignore[arg-type]
    return number


def test_a_request_waits_for_the_shift_and_for_those_before_it(desk: dict[str, int]) -> None:
    first, second, third = (asks(desk) for _ in range(3))

    told = {one.number: one for one in eta.estimates(None, at=MONDAY)}

    assert [told[one].before for one in (first, second, third)] == [0, 1, 2]
    assert told[first].begins_at == at(10), "Bram's day begins at ten"
    assert at(10) < told[first].p50_at < at(12)
    assert told[first].p50_at < told[second].p50_at < told[third].p50_at <= told[third].p80_at
    (alone,) = eta.estimates([third], at=MONDAY)
    assert abs(alone.p50_at - told[third].p50_at) < timedelta(minutes=45)


def test_leave_moves_the_estimate_to_the_next_day(desk: dict[str, int]) -> None:
    number = asks(desk)
    before = eta.estimates([number], at=MONDAY)[0].p50_at

    staffing.set_shift_day(
        agent_id=desk["bram"],
        day=MONDAY.date(),
        hours=(),
        reason="leave",
        by=HOUSE,
        at=MONDAY,  # type: ignore[arg-type]
    )
    people.forget()

    after = eta.estimates([number], at=MONDAY)[0].p50_at
    assert before.date() == MONDAY.date()
    assert after.date() == MONDAY.date() + timedelta(days=1)


def test_a_wait_that_has_lasted_long_is_one_of_the_long_ones(desk: dict[str, int]) -> None:
    number = asks(desk)
    conversation.hold_ticket(
        ticket_id=number,
        waiting_for="partner",
        by=Actor.agent(desk["bram"]),
        at=MONDAY,  # type: ignore[arg-type]
    )

    soon = eta.estimates([number], at=at(10))[0].p50_at
    late = eta.estimates([number], at=at(30))[0].p50_at

    assert late - at(30) > soon - at(10)


def test_what_would_help_a_late_one_is_reckoned_with_the_time_it_would_give(
    desk: dict[str, int],
) -> None:
    told = {"by": HOUSE, "at": MONDAY - timedelta(days=30)}
    mila = staffing.hire_agent(
        name="Mila",
        email="mila@desk.example",
        language="en",
        timezone="UTC",
        **told,  # type: ignore[arg-type]
    )
    staffing.join_team(agent_id=mila, team_id=desk["team"], **told)  # type: ignore[arg-type]
    staffing.set_shifts(
        agent_id=mila, since=MONDAY.date().replace(month=5), week=AS_PLANNED, **told
    )  # type: ignore[arg-type]
    people.forget()
    last = [asks(desk) for _ in range(14)][-1]
    (now_,) = eta.estimates([last], at=at(11))

    ways = {one.kind: one for one in what_helps(last, at=at(11))}

    assert ways["first"].p50_at < now_.p50_at - timedelta(hours=1)
    assert ways["call_in"].p50_at < now_.p50_at
    assert ways["call_in"].from_at == at(12)
    assert ways["first"].p50_at <= ways["call_in"].p50_at


def test_only_the_teams_in_which_something_changed_are_reckoned_anew(desk: dict[str, int]) -> None:
    keeper = Keeper()
    number = asks(desk)
    assert keeper.look(at=MONDAY) == 1
    assert keeper.look(at=MONDAY + timedelta(minutes=1)) == 0

    asks(desk)

    assert keeper.look(at=MONDAY + timedelta(minutes=2)) == 2
    conversation.resolve_ticket(ticket_id=number, by=HOUSE, at=at(12))
    keeper.look(at=at(12))
    kept = Foreseen.objects.get(pk=number)
    assert kept.ended_at == at(12)
    came = rank(kept.first_curve, 4 * HOUR)
    assert [is_over for _rank, is_over in foresee.kept_trust().seen].count(True) == 1
    assert (pytest.approx(came), True) in foresee.kept_trust().seen
    assert record.ticket_facts(number) is not None
