"""For how long things are kept, on its page: tried, settled, taken back, read by the auditor."""

import re
from datetime import timedelta
from typing import Any

from tests.console.desk import SOFIE, VERA, Desk
from unbroken.ground import retention
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.keeping import kinds
from unbroken.ground.log import events_of
from unbroken.staffing.actions import give_role
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Trace

PAGE = "/console/admin/retention"
TRACES = f"{PAGE}/traces"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def days_of(key: str) -> int | None:
    kept = retention.kept(key)
    assert kept is not None
    return kept.days


def test_a_number_of_days_is_tried_settled_and_taken_back(desk: Desk) -> None:
    for days in (100, 40, 20):
        Trace.objects.create(at=now() - timedelta(days=days), kind="read", thing=str(days))
    vera = desk.client(VERA)

    tried = words(vera.get(f"{TRACES}?days=30"))
    assert "Would go tonight: 2." in tried
    assert "Keep it: 30 days" in tried
    assert (days_of("traces"), Trace.objects.filter(kind="read").count()) == (730, 3)
    vera.post(TRACES, {"days": "30"})
    shown = words(vera.get(TRACES))
    version = events_of([f"retention:{retention.kept('traces').id}"])[-1].version  # type: ignore[union-attr]
    vera.post(f"{TRACES}/undo", {"version": version})

    assert "Kept for: 730 days → 30 days" in shown
    assert "Vera Lindholm" in shown
    assert days_of("traces") == 730
    assert Trace.objects.filter(kind="read").count() == 3, "only a night removes anything"


def test_what_makes_no_sense_or_is_too_few_is_refused_and_said(desk: Desk) -> None:
    vera = desk.client(VERA)

    for typed, said in (
        ("29", "At least 30 days"),
        ("soon", "Write a number"),
        ("9" * 9, "At most"),
    ):
        for answer in (vera.get(TRACES, {"days": typed}), vera.post(TRACES, {"days": typed})):
            assert (answer.status_code, said in words(answer)) == (422, True), typed
    assert days_of("traces") == 730


def test_the_page_tells_what_is_kept_for_ever_what_went_and_what_could_not(desk: Desk) -> None:
    Trace.objects.create(at=now() - timedelta(days=800), kind="read")
    run = retention.begin_run(at=now())
    retention.remove(kinds()["traces"], 730, at=now())
    retention.note_removed(run, "drafts", count=0, has_more=True, error="OutOfSpace: no room")

    shown = words(desk.client(VERA).get(PAGE))

    assert "Words of requests that ended" in shown
    assert "for ever" in shown
    assert "could not be removed: Drafts nobody sent. OutOfSpace: no room" in shown
    assert "Who signed in, read other queues, took data away older than" in shown


def test_an_auditor_reads_it_and_settles_nothing(desk: Desk) -> None:
    sofie = desk.agents[SOFIE]
    give_role(agent_id=AgentId(sofie), role="auditor", by=HOUSE, at=now())
    client = desk.client(SOFIE)

    assert "What would go?" not in words(client.get(TRACES))
    assert client.post(TRACES, {"days": "30"}).status_code == 403
    assert days_of("traces") == 730
