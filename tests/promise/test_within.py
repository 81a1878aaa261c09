"""Targets within the house: legs of teams and partners, each with a clock of its own."""

from decimal import Decimal
from typing import Any

import pytest

from tests.promise.desk import HOUR, LONG_AGO, SOFIE, Desk, hear, when
from unbroken.directory import actions as directory
from unbroken.directory import queries as known
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.promise import actions, objectives, queries
from unbroken.promise.queries.within import LegRow, legs_counted, period_objectives
from unbroken.staffing import actions as staffing

ALL = ("critical", "high", "moderate", "low")


def team(key: str) -> int:
    return int(staffing.open_team(key=key, name=key.title(), by=HOUSE, at=LONG_AGO))


def owes(whose: str, whose_id: int, hours: float, at: str = "mon 00:00") -> None:
    objectives.set_internal_target(
        whose=whose, whose_id=whose_id, calendar="round-the-clock",
        seconds=dict.fromkeys(ALL, int(hours * HOUR)), by=SOFIE, at=when(at),
    )  # fmt: skip
    hear()


def legs(ticket: Any) -> list[tuple[str, int, float, object]]:
    return [
        (leg.whose, leg.whose_id, leg.used_seconds / HOUR, leg.due_at)
        for leg in legs_counted(ticket)
    ]


def test_each_team_has_a_clock_of_its_own_from_hand_to_hand(desk: Desk) -> None:
    first, routers = team("first"), team("routers")
    owes("team", first, 1)
    owes("team", routers, 4)
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    desk.sofie.assign_ticket(ticket, "mon 08:30", team_id=first, agent_id=None)
    desk.sofie.ask_customer(ticket, "mon 09:00")
    desk.anneke.writes(ticket, "mon 11:00")
    desk.sofie.assign_ticket(ticket, "mon 12:00", team_id=routers, agent_id=None)
    desk.sofie.resolve_ticket(ticket, "mon 15:00")

    assert legs(ticket) == [
        ("team", first, 1.5, when("mon 11:30")),
        ("team", routers, 3, when("mon 16:00")),
    ]
    assert [leg.is_late(when("mon 15:00")) for leg in legs_counted(ticket)] == [True, False]


def test_a_partner_has_one_for_each_time_we_wait_for_them(desk: Desk) -> None:
    netco = known.partner_by_key("netco") or directory.register_partner(
        key="netco", name="NetCo", by=HOUSE, at=LONG_AGO
    )
    number = next(one.id for one in known.partners() if one.key == "netco")
    owes("partner", number, 2)
    ticket = desk.anneke.reports("no sync", "mon 08:00")

    desk.sofie.hold_ticket(ticket, "mon 09:00", waiting_for="partner", partner_id=number)
    desk.sofie.resume_ticket(ticket, "mon 12:00")

    assert netco
    assert legs(ticket) == [("partner", number, 3, when("mon 11:00"))]
    with pytest.raises(Refused, match="no such partner"):
        desk.sofie.hold_ticket(ticket, "mon 13:00", waiting_for="partner", partner_id=number + 99)


def test_a_target_set_later_counts_what_is_open_and_the_customer_is_promised_nothing_by_it(
    desk: Desk,
) -> None:
    routers = team("routers")
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    desk.sofie.assign_ticket(ticket, "mon 09:00", team_id=routers, agent_id=None)
    before = queries.promises_of(ticket, at=when("mon 10:00"))

    owes("team", routers, 1, at="mon 10:00")
    recounted = actions.recount_stale(at=when("mon 10:00"))

    assert recounted == 1
    assert [leg.due_at for leg in legs_counted(ticket)] == [when("mon 10:00")]
    assert queries.promises_of(ticket, at=when("mon 10:00")) == before
    assert queries.violations_of(ticket) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"whose": "customer"}, "no such team or partner"),
        ({"whose_id": 0}, "no such team or partner"),
        ({"calendar": "moon"}, "no calendar"),
        ({"seconds": {"low": -1}}, "whole and positive"),
        ({"warning_share": 2}, "between 0 and 1"),
    ],
)
def test_a_target_that_cannot_be_is_refused(desk: Desk, wrong: dict[str, Any], says: str) -> None:
    wanted: dict[str, Any] = {
        "whose": "team", "whose_id": team("first"), "calendar": "weekdays", "seconds": {"low": 60}
    }  # fmt: skip

    with pytest.raises(Refused, match=says):
        objectives.set_internal_target(**{**wanted, **wrong}, by=SOFIE, at=when("mon 08:00"))


def test_what_is_promised_over_a_month_is_checked_and_may_be_given_up(desk: Desk) -> None:
    def promise(percent: str, seconds: int | None = None, measure: str = "first_answer") -> int:
        return objectives.set_period_objective(
            agreement="rock", measure=measure, percent=Decimal(percent), seconds=seconds,
            by=SOFIE, at=when("mon 08:00"),
        )  # fmt: skip

    for percent, seconds, measure in (
        ("0", None, "first_answer"), ("101", None, "first_answer"), ("NaN", None, "first_answer"),
        ("80", -1, "first_answer"), ("80", None, "joy"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            promise(percent, seconds, measure)
    share, _available = promise("80", 1200), promise("99.9", 5, "availability")
    objectives.end_period_objective(objective_id=share, by=SOFIE, at=when("mon 09:00"))

    (one,) = period_objectives("rock")
    assert (one.measure, one.percent, one.seconds) == ("availability", Decimal("99.9"), None)


def test_a_leg_knows_whether_it_is_late() -> None:
    leg = LegRow("team", 1, when("mon 08:00"), None, when("mon 09:00"), 3600, 0)

    assert (leg.is_late(when("mon 09:00")), leg.is_late(when("mon 09:01"))) == (False, True)
