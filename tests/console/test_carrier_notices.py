"""Carriers' notices in the console: the mail beside its reading, decided with one click."""

from tests.console.desk import SOFIE, Desk
from unbroken.directory import actions as directory
from unbroken.evidence.queries.windows import window_called
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.intake.actions.notices import take_notice
from unbroken.intake.mail.carrier_forms import NoticeRead
from unbroken.intake.notices.queries import notice, waiting_notices
from unbroken.staffing.actions import give_role
from unbroken.staffing.ids import AgentId


def test_only_who_plans_decides_and_what_they_typed_becomes_the_window(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "Planned works")
    directory.register_resource(key="ring-4", kind="link", by=HOUSE, at=now())
    read = NoticeRead("netco.example", "MW-1", ("NC/9",), doubts=("no_time", "unknown_things"))
    number = take_notice(read, intake_id=1, ticket_id=ticket, at=now())
    address = f"/console/ahead/notices/{number}"
    typed = {
        "provider": "netco.example", "number": "MW-1", "status": "CONFIRMED", "impact": "OUTAGE",
        "starts_at": "2027-05-24T01:00", "ends_at": "2027-05-24T05:00", "things": "ring-4",
    }  # fmt: skip
    sofie = desk.client(SOFIE)
    assert sofie.get("/console/ahead/notices").status_code == 403
    assert sofie.post(f"{address}/acceptance", typed).status_code == 403

    agent = AgentId(desk.agents[SOFIE])
    give_role(agent_id=agent, role="lead", by=HOUSE, at=now())
    listed = sofie.get("/console/ahead/notices").content.decode()
    assert "It does not say from when to when." in listed
    assert sofie.post(f"{address}/acceptance", typed | {"things": "NC/9"}).status_code == 422
    assert sofie.post(f"{address}/acceptance", typed).status_code == 303
    window = window_called("netco.example MW-1")
    assert window is not None
    assert window.resources == ("ring-4",)
    assert waiting_notices() == []
    found = notice(number)
    assert found is not None
    assert found.state == "accepted"
