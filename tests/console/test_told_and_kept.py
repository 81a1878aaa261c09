"""Of the times that customers were told: how many were kept, with silence about too few."""

from datetime import timedelta

import pytest

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.console.foreseen.judged import Cell, by, whole
from unbroken.conversation import actions as conversation
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

HOUR = timedelta(hours=1)


def cell(topic: int, told: int, kept: int, month: str = "2026-05") -> Cell:
    return Cell(month, topic, 1, told, kept, 0)


def test_a_share_is_said_of_enough_only_and_pointed_at_when_it_is_far_off() -> None:
    found = [cell(1, 15, 9), cell(1, 15, 9, "2026-06"), cell(2, 19, 19)]

    drops, few = by(found, lambda one: str(one.topic_id))

    assert (drops.share, drops.is_off) == (0.6, "early")
    assert few.share is None
    assert whole(found).told == 49
    assert whole([]).share is None


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Three times told: one kept, one late, one that is over its time and still open."""
    at = now()
    for ended in (0.5, 3.0, None):
        number = desk.asks("Anneke de Wit", "lamp")
        conversation.tell_estimate(
            ticket_id=number, by_when=at + 2 * HOUR, why="", mailed=False, by=HOUSE, at=at
        )  # fmt: skip
        if ended is not None:
            conversation.resolve_ticket(ticket_id=number, by=HOUSE, at=at + ended * HOUR)
    return desk


def test_what_is_still_open_after_its_time_counts_as_not_kept(
    told: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unbroken.console.foreseen.pages.now", lambda: now() + 5 * HOUR)
    monkeypatch.setattr("unbroken.console.foreseen.judged.JUDGED_MIN", 3)
    client = told.client(VERA)

    page = client.get("/console/dashboards/foreseen").content.decode()
    table = client.get("/console/dashboards/foreseen.csv").content.decode()

    assert "33 %" in page
    assert "told too early" in page
    (month,) = [line for line in table.splitlines() if line.startswith("month,")]
    assert month.endswith(",3,1,0")
    assert told.client(SOFIE).get("/console/dashboards/foreseen").status_code == 403
