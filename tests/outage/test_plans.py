"""Our own work on the network: from a draft to its end, and the window it is meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.queries.windows import window_called
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.outage.plans import actions, queries
from unbroken.outage.plans.actions import PlanSheet
from unbroken.outage.plans.loops import look_at_plans

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
NIGHT = datetime(2026, 6, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOFIE, VERA = Actor.agent(1), Actor.agent(2)
LINES = ", ".join(
    f'{{"id": "line-{n}", "kind": "line", "parents": ["cable-1"]}}' for n in range(12)
)
SERVICES = ", ".join(f'{{"id": "s-{n}", "resource": "line-{n}"}}' for n in range(12))
INVENTORY = f"""{{"customers": [{{"id": "c-1", "name": "Anneke", "services": [{SERVICES}]}}],
 "resources": [{{"id": "cable-1", "kind": "cable"}},
  {{"id": "spare-1", "kind": "cable"}}, {LINES}]}}"""
SHEET = PlanSheet("New splices", NIGHT, NIGHT + 4 * HOUR, ("cable-1",), "OUTAGE")


@pytest.fixture
def network(db: None) -> None:
    import_inventory([INVENTORY], by=HOUSE, at=AT)


def proposed(sheet: PlanSheet = SHEET) -> int:
    number = actions.draft_plan(sheet, by=SOFIE, at=AT)
    actions.propose_plan(plan_id=number, by=SOFIE, at=AT)
    return number


def announce(number: int, *, by: Actor = VERA, at: datetime = AT, despite: bool = False) -> None:
    actions.announce_plan(plan_id=number, despite=despite, zone="Europe/Berlin", by=by, at=at)


def told(number: int) -> list[str]:
    return [one.kind for one in events_of([f"plan:{number}"])]


@pytest.mark.usefixtures("network")
def test_what_touches_many_is_approved_by_another_and_is_a_window_from_then_on() -> None:
    number = proposed()
    assert window_called(f"plan {number}") is None
    with pytest.raises(Refused, match="12 services"):
        announce(number, by=SOFIE)
    announce(number)
    window = window_called(f"plan {number}")
    assert window is not None
    assert (window.resources, window.status) == (("cable-1",), "CONFIRMED")
    assert len(queries.services_of_plan(number)) == 12
    small = proposed(replace(SHEET, resources=("spare-1",)))
    announce(small, by=SOFIE)


@pytest.mark.usefixtures("network")
def test_what_speaks_against_it_is_said_before_and_stands_on_record_after() -> None:
    number = proposed()
    with pytest.raises(Refused):
        announce(number, at=NIGHT - HOUR)
    announce(number, at=NIGHT - HOUR, despite=True)
    found = queries.plan(number)
    assert found is not None
    assert found.despite == ["short_notice"]
    other = proposed()
    looked = queries.look(
        key=f"plan {other}", since=NIGHT, until=NIGHT + HOUR, resources=["line-1"],
        impact="OUTAGE", zone="Europe/Berlin", at=AT,
    )  # fmt: skip
    assert [(one.kind, one.with_key) for one in looked.conflicts] == [
        ("same_element", f"plan {number}")
    ]


@pytest.mark.usefixtures("network")
def test_moved_it_moves_its_window_and_called_off_it_excuses_nothing() -> None:
    number = proposed()
    announce(number)
    later = replace(SHEET, since=NIGHT + 24 * HOUR, until=NIGHT + 26 * HOUR)
    actions.change_plan(later, plan_id=number, by=SOFIE, at=AT)
    window = window_called(f"plan {number}")
    assert window is not None
    assert (window.since, window.status) == (later.since, "RE-SCHEDULED")
    actions.call_off_plan(plan_id=number, by=SOFIE, at=AT)
    window = window_called(f"plan {number}")
    assert window is not None
    assert window.status == "CANCELLED"
    assert told(number)[-2:] == ["plan.moved", "plan.called_off"]


@pytest.mark.usefixtures("network")
def test_done_early_its_window_ends_and_late_it_overran_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Accident: what breaks after the crew has left would count as announced."""
    early, late = proposed(), proposed(replace(SHEET, resources=("spare-1",)))
    announce(early, despite=True)
    announce(late, despite=True)
    for number in (early, late):
        actions.begin_plan(plan_id=number, by=SOFIE, at=NIGHT)
    actions.finish_plan(plan_id=early, by=SOFIE, at=NIGHT + HOUR)
    window = window_called(f"plan {early}")
    assert window is not None
    assert window.until == NIGHT + HOUR

    monkeypatch.setattr("unbroken.outage.plans.loops.now", lambda: NIGHT + 4 * HOUR)
    look_at_plans()
    look_at_plans()
    assert told(late)[-1] == "plan.overran"
    assert told(early).count("plan.overran") == 0
    actions.finish_plan(plan_id=late, by=SOFIE, at=NIGHT + 5 * HOUR)
    window = window_called(f"plan {late}")
    assert window is not None
    assert window.until == NIGHT + 4 * HOUR, "overrunning excuses nothing"


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    "changed",
    [
        {"name": " "},
        {"since": None},
        {"until": NIGHT},
        {"until": NIGHT + timedelta(days=40)},
        {"since": AT - HOUR},
        {"resources": ("cable-9",)},
        {"resources": ()},
        {"impact": "BOOM"},
    ],
)
def test_a_plan_with_a_slip_of_the_pen_is_not_kept(changed: dict[str, object]) -> None:
    with pytest.raises(Refused):
        actions.draft_plan(replace(SHEET, **changed), by=SOFIE, at=AT)  # type: ignore[arg-type]
