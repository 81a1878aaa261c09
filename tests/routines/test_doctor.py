"""The doctor tells administrators of rules that run in circles."""

from datetime import timedelta

from tests.console.desk import Desk
from tests.routines.test_rules import rule
from unbroken.ground.clock import now
from unbroken.house.doctor_desk import rules
from unbroken.routines import state


def test_a_rule_that_runs_in_a_circle_is_named(desk: Desk) -> None:
    """Accident: two rules that undo each other."""
    number, ticket = (
        rule(name="Back and forth", steps={"add": ["x"]}),
        desk.asks("Anneke de Wit", "x"),
    )
    assert rules().problems == []

    for hours in (1, 30):
        at = now() - timedelta(hours=hours)
        state.note_firing(number, ticket, at=at, outcome="itself", judged=(), chain=[number])

    assert "“Back and forth” 1 times since yesterday" in rules().problems[0]
