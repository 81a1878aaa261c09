"""What was confirmed moves the odds, never out of reach; a problem is one case, whoever wrote."""

import pytest

from town.times import moment
from town.town import Town
from unbroken.conversation import actions
from unbroken.conversation.events_line import CauseRecorded
from unbroken.evidence.judging import PRIOR_NO_FAULT
from unbroken.evidence.models_outcomes import CauseOutcome
from unbroken.evidence.priors import FARTHEST, Confirmed, factors
from unbroken.evidence.rules import all_rules
from unbroken.ground.actor import HOUSE
from unbroken.ground.postman import drain
from unbroken.outage.actions import confirm_cause, open_problem

TRADE = {rule.key: rule.prior for rule in all_rules().values()} | {"no_fault_found": PRIOR_NO_FAULT}


def test_with_nothing_confirmed_the_odds_of_the_trade_stand() -> None:
    assert factors(TRADE, [], "dsl") == {}


@pytest.mark.parametrize("cases", [10.0, 1e6])
def test_a_rare_cause_never_vanishes_and_a_common_one_never_takes_all(cases: float) -> None:
    """Accident: a year of cable cuts, and nobody finds the one wrong password any more."""
    found = factors(TRADE, [Confirmed("dsl", "cable_cut", cases)], "dsl")

    assert set(found) == set(TRADE)
    assert min(found.values()) >= 1 / FARTHEST
    assert 1.0 < found["cable_cut"] <= FARTHEST


def test_one_confirmed_case_moves_little_and_many_move_more() -> None:
    one, many = (
        factors(TRADE, [Confirmed("dsl", "wet_joint", cases)], "dsl")["wet_joint"]
        for cases in (1.0, 40.0)
    )

    assert 1.0 < one < 2.0 < many


def test_what_happens_on_copper_says_less_of_fibre() -> None:
    confirmed = [Confirmed("dsl", "home_network", 30.0)]

    copper, fibre = (
        factors(TRADE, confirmed, access)["home_network"] for access in ("dsl", "fibre")
    )

    assert copper > fibre > 1.0


def test_a_problem_is_one_case_and_what_was_said_of_a_request_itself_stands(town: Town) -> None:
    tickets = [one.reports("no internet", at="mon 08:00") for one in (town.anneke, town.irina)]
    actions.record_cause(
        ticket_id=tickets[0], found=CauseRecorded("home_network"), by=HOUSE, at=moment("mon 09:00")
    )
    problem = open_problem(
        element="cable-44", origin="agent", severity="major", since=moment("mon 08:00"),
        services={}, by=HOUSE, at=moment("mon 09:10"),
    )  # fmt: skip
    for ticket in tickets:
        actions.join_problem(ticket_id=ticket, problem=problem, by=HOUSE, at=moment("mon 09:20"))

    confirm_cause(problem_id=problem, cause="cable_cut", by=HOUSE, at=moment("mon 10:00"))
    drain(at=moment("mon 10:00"))

    kept = {one.ticket_id: (one.cause, one.how, one.weight) for one in CauseOutcome.objects.all()}
    assert kept[tickets[0]] == ("home_network", "said", 1.0)
    assert kept[tickets[1]] == ("cable_cut", "problem", 0.5)
