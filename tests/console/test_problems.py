"""Problems in the console: everybody looks, who may manages them, the page says what is known."""

import re

from tests.console.desk import SOFIE, Desk, ago
from unbroken.directory.topology_queries import service_ids
from unbroken.evidence.actions import note_planned_window
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.outage import queries
from unbroken.outage.actions import open_problem
from unbroken.staffing.actions import give_role
from unbroken.staffing.ids import AgentId


def test_everybody_sees_what_is_wrong_and_only_who_manages_problems_changes_it(desk: Desk) -> None:
    at = now()
    services = dict.fromkeys(service_ids([]).values(), at)
    note_planned_window(
        key="netco MW-1", since=ago(hours=3), until=ago(hours=1), resources=["cable-44"],
        by=HOUSE, at=at,
    )  # fmt: skip
    number = open_problem(
        element="cable-44", origin="silence", severity="major", cause="work_overran",
        since=at, services=services, announced="netco MW-1", by=HOUSE, at=at,
    )  # fmt: skip
    address = f"/console/problems/{number}"
    sofie = desk.client(SOFIE)

    listed = sofie.get("/console/problems").content.decode()
    assert "cable-44" in listed
    page = sofie.get(address).content.decode()
    assert "Give this news" not in page
    assert re.search(r"netco MW-1:\s*<", page), "the notice it outlasts, from when to when"
    assert "Notified work takes longer" in page
    step = {"deed": "step", "step": "left"}
    assert sofie.post(f"{address}/changes", step).status_code == 403

    agent = AgentId(desk.agents[SOFIE])
    give_role(agent_id=agent, role="lead", by=HOUSE, at=now())
    assert "Give this news" in sofie.get(address).content.decode()
    assert sofie.post(f"{address}/changes", step).status_code == 303
    wrong = sofie.post(f"{address}/changes", {"deed": "news", "text": " "})
    assert wrong.status_code == 422
    news = {"deed": "news", "text": "The crew digs.", "next_at": "2031-05-24T09:00"}
    sofie.post(f"{address}/changes", news)
    page = sofie.get(address).content.decode()
    assert "The crew digs." in page
    assert "The crew has left" in page

    sofie.post(f"{address}/changes", {"deed": "end"})
    sofie.post(
        f"{address}/changes", {"deed": "learn", "root_cause": "A digger.", "lesson": "Mark."}
    )
    sofie.post(f"{address}/changes", {"deed": "close"})
    drain(at=now())
    found = queries.problem(number)
    assert found is not None
    assert found.state == "closed"
    assert "A digger." in sofie.get(address).content.decode()
