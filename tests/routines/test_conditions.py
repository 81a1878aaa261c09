"""Conditions: what holds, and why; and a request as it stood."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unbroken.ground.events import LoggedEvent
from unbroken.routines.conditions import Facts, hold, judge, tidy
from unbroken.routines.replay import stood
from unbroken.routines.sheets import MacroSheet, RuleSheet

FACTS = Facts(
    topic=("7", "2"),
    status="inProgress",
    channel="mail",
    team="3",
    language="it",
    type="incident",
    priority="high",
    tags=frozenset({"vip", "line"}),
    subject="The Lamp is dark",
    fields={"modem": "Blue"},
)
ODD = st.sampled_from(["", " ", "x", "X ", "yes", "no", "ß", "\u0000", "7", "a b"])
ANYTHING: Any = ODD | st.lists(ODD | st.integers(0, 9), max_size=3)


def test_all_conditions_have_to_hold_and_any_of_their_values_will_do() -> None:
    assert hold({}, FACTS)
    assert hold({"topic": ["2", "9"], "language": ["it"], "tag": ["line"]}, FACTS)
    assert hold({"subject": ["bill", "lamp"], "field": ["modem=blue"], "no_tag": ["x"]}, FACTS)
    assert not hold({"topic": ["9"]}, FACTS)
    assert not hold({"taken": "yes"}, FACTS)
    assert not hold({"no_tag": ["vip"]}, FACTS)


def test_a_field_of_numbers_is_compared_as_a_number() -> None:
    order = Facts(fields={"price": "99.50", "note": "cheap"})

    assert hold({"field": ["price>99"]}, order)
    assert hold({"field": ["price>=100", "price<=99.5"]}, order)
    for wrong in ("price>100", "price<9", "note>1", "cost>1", "price=99.5", "note"):
        assert not hold({"field": [wrong]}, order), wrong


def test_the_verdict_says_what_was_found() -> None:
    one, other = judge({"status": ["pending"], "vip": "yes"}, FACTS)

    assert (one.key, one.wanted, one.found, one.holds) == (
        "status", ("pending",), ("inProgress",), False
    )  # fmt: skip
    assert (other.found, other.holds) == (("no",), False)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the rule
@given(st.dictionaries(st.sampled_from(["topic", "status", "tag", "vip", "subject"]), ANYTHING))
def test_conditions_are_the_same_after_tidying_twice(given_ones: dict[str, Any]) -> None:
    once = tidy(given_ones)

    assert tidy(once) == once
    hold(once, FACTS)


@given(st.dictionaries(st.sampled_from(["name", "base", "then", "hours"]), ODD))
def test_a_sheet_reads_back_what_it_wrote(source: dict[str, str]) -> None:
    """Attack: a form with anything in it."""
    for kind in (MacroSheet, RuleSheet):
        sheet = kind.read(source)
        assert kind.read(sheet.write()) == sheet
        assert sheet.wrong() is not None


KINDS = st.sampled_from(
    [
        ("ticket.started", {}),
        ("ticket.resolved", {}),
        ("ticket.reopened", {}),
        ("ticket.assigned", {"team": 4, "agent": 1}),
        ("ticket.assigned", {"team": 5}),
        ("ticket.classified", {"priority": "critical"}),
        ("ticket.classified", {"ticket_type": "question"}),
        ("ticket.noted", {"message": 1}),
    ]
)


@given(st.lists(KINDS, max_size=8))
def test_how_it_stood_at_the_end_is_how_it_stands(
    happened: list[tuple[str, dict[str, Any]]],
) -> None:
    first = ("ticket.acknowledged", {"priority": "low", "ticket_type": "incident"})
    at = datetime(2026, 5, 1, tzinfo=UTC)
    events = [
        LoggedEvent(n, "ticket:7", n + 1, kind, at + timedelta(hours=n), "agent:1", data)
        for n, (kind, data) in enumerate([first, *happened])
    ]
    expected = Facts(status="acknowledged", priority="low", type="incident")
    for _event, facts in stood(expected, events):
        last = facts

    again = list(stood(last, events))[-1][1]

    assert again == last
