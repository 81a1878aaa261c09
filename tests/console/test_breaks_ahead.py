"""A promise that will be missed is seen before it is: by the lead, once, and on the board."""

from datetime import timedelta

from tests.console.desk import TIMO, VERA, Desk
from unbroken.console.bell import state as bell
from unbroken.console.models import Ring
from unbroken.conversation import queries as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.promise.models import Clock
from unbroken.routing import state
from unbroken.routing.ahead.foresee import Foreseeing
from unbroken.staffing import actions as staffing

HOUR = timedelta(hours=1)


def test_the_lead_hears_once_of_a_promise_that_will_probably_be_missed(desk: Desk) -> None:
    at = now()
    number = desk.asks("Anneke de Wit", "lamp")
    facts = record.ticket_facts(number)
    assert facts is not None
    assert facts.team_id is not None
    staffing.join_team(
        agent_id=desk.agents[TIMO],
        team_id=facts.team_id,
        role="lead",
        by=HOUSE,
        at=at,  # type: ignore[arg-type]
    )
    Clock.objects.filter(ticket_id=number).delete()
    Clock.objects.create(
        ticket_id=number, measure="time_to_resolve", agreement="x", cause=1, started_at=at,
        due_at=at + 5 * HOUR, state="running", target_seconds=1, used_seconds=0, warned=False,
    )  # fmt: skip
    late = at + 6 * HOUR
    one = Foreseeing(
        number, facts.version, facts.team_id, at, late, late, late, late, late, 3, (1.0, 2.0)
    )
    state.keep_foreseen([one], at=at)

    bell.ring_warnings(at=at)
    rung = Ring.objects.filter(ticket_id=number, kinds__contains=["foreseen"])
    first = {ring.agent_id: ring.at for ring in rung}
    bell.ring_warnings(at=at + HOUR)

    assert list(first) == [desk.agents[TIMO]], "who leads the team, and nobody else"
    assert {ring.agent_id: ring.at for ring in rung.all()} == first, "once for each promise"
    board = desk.client(VERA).get("/console/dashboards/team").content.decode()
    assert "Will probably be missed" in board
    assert f"#{number}" in board
