"""People needed today against people on shift: from real days, or silent."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.console.desk import SOFIE, VERA, Desk, ago
from tests.portal.people import text_of
from unbroken.console.dashboards import need as page
from unbroken.console.dashboards.quarters import QUARTERS, Gap, gaps, needed
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.quality import projections
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def test_the_reference_provider_s_hour_needs_eight() -> None:
    """facts: 20.8 requests an hour, 15 minutes each, four of five within a minute."""
    people = needed({40: 20.8 / 4}, handling_seconds=900)

    assert (people[40], people[41]) == (8, 0)


def test_gaps_are_told_at_their_worst_and_only_between_the_first_and_the_last_shift() -> None:
    people = [1] * QUARTERS
    people[40:44] = [3, 4, 3, 3]
    on = [0] * 32 + [2] * 32 + [0] * 32

    assert gaps(people, on) == [Gap(40, 44, 4, 2)]
    assert gaps(people, [0] * QUARTERS) == [], "nobody is planned: nothing to compare with"


def test_too_little_history_is_said_and_not_drawn(desk: Desk) -> None:
    desk.asks("Anneke de Wit", "lamp", at=ago(days=8))
    drain(at=now())
    projections.count_aside(at=now(), limit=100)

    shown = text_of(desk.client(VERA).get("/console/dashboards/support"))

    assert "once 4 weeks are counted. So far: 1." in shown


@pytest.mark.parametrize("who", [SOFIE, VERA])
def test_too_few_on_shift_are_told_with_the_hours(desk: Desk, who: str) -> None:
    noon = now().replace(hour=12, minute=5)
    for week in range(1, 6):
        for name in ("Anneke de Wit", "Bram Visser"):
            desk.asks(name, "lamp", at=noon - timedelta(weeks=week))
    staffing.set_shifts(
        agent_id=AgentId(desk.agents[SOFIE]), since=noon.date() - timedelta(days=40),
        week={day: [["00:00", "23:45"]] for day in WEEK}, by=HOUSE, at=ago(days=41),
    )  # fmt: skip
    drain(at=now())
    projections.count_aside(at=now(), limit=100)
    page._kept.forget()

    shown = text_of(desk.client(who).get("/console/dashboards/team"))

    assert "12:00–12:15: 4 needed, 1 on shift" in shown
    assert "15 minutes for a request are assumed" in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(day) FROM day_figure WHERE figure = 'received'")
        assert cursor.fetchone()[0] == (noon - timedelta(weeks=5)).date()
