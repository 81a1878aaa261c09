"""The record of who did what: deeds, sign-ins, and what was read outside one's own queues."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.console.audit import asking, lines
from unbroken.ground import retention
from unbroken.ground.clock import now
from unbroken.ground.keeping import kinds
from unbroken.ground.log import events_of
from unbroken.ground.sheet import cell
from unbroken.staffing import actions as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Trace
from unbroken.staffing.state import traces

PAGE = "/console/admin/audit"


def auditor(desk: Desk) -> Client:
    """Timo is made the auditor, and signs in."""
    timo = AgentId(desk.agents[TIMO])
    staffing.give_role(agent_id=timo, role="auditor", by=desk.by(VERA), at=now())
    return desk.client(TIMO)


def readings(desk: Desk, who: str) -> list[tuple[str, str, str]]:
    found = Trace.objects.filter(agent=desk.agents[who], kind=traces.READ).order_by("id")
    return [(one.thing, one.note, one.why) for one in found]


def test_reading_what_ones_queues_do_not_cover_is_on_record(desk: Desk) -> None:
    """Vera is in billing and sees every queue; Sofie reads what is hers to read."""
    ticket = desk.asks("Anneke de Wit", "lamp")
    mine = desk.asks("Anneke de Wit", "bill", team="billing")
    vera, sofie = desk.client(VERA), desk.client(SOFIE)

    for client in (vera, vera, sofie):
        assert client.get(f"/console/tickets/{ticket}").status_code == 200
    vera.get(f"/console/tickets/{mine}")
    vera.get(f"/console/tickets/{ticket}/files/7")
    vera.get(f"/console/contacts/{desk.contacts['Bram Visser']}")
    vera.get(f"/console/companies/{desk.customers['Bram Visser']}")

    why = "see_every_queue"
    assert readings(desk, VERA) == [
        (f"ticket:{ticket}", "", why),
        (f"ticket:{ticket}", "file:7", why),
        (f"contact:{desk.contacts['Bram Visser']}", "", why),
        (f"customer:{desk.customers['Bram Visser']}", "", why),
    ]
    assert readings(desk, SOFIE) == []


def test_a_trace_is_never_altered_or_deleted(desk: Desk) -> None:
    """Attack: an administrator with a SQL prompt."""
    desk.client(VERA)

    for statement in ("UPDATE trace SET agent = 1", "DELETE FROM trace"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_trace_goes_when_its_time_is_over_and_that_is_on_record(desk: Desk) -> None:
    vera, at = desk.agents[VERA], now()
    for days in (731, 729):
        traces.note_export(vera, f"list:{days}", at=at - timedelta(days=days))

    retention.remove(kinds()["traces"], 730, at=at)

    assert Trace.objects.filter(kind=traces.EXPORTED).get().thing == "list:729"
    told = [one for one in events_of(["house"]) if one.kind == "house.expired"]
    assert [(one.data["what"], one.data["count"]) for one in told] == [("traces", 1)]


def test_the_page_tells_deeds_and_traces_by_person_kind_time_and_thing(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "lamp")
    client = auditor(desk)
    desk.client(VERA).get(f"/console/tickets/{ticket}")
    Client().post("/sign-in", {"email": SOFIE, "password": "hunter2"})
    Client().post("/sign-in", {"email": "hunter2", "password": "x"})

    def shown(**query: str) -> str:
        answer = client.get(PAGE, query)
        assert answer.status_code == 200
        return answer.content.decode().partition('<ol class="sheet')[2]

    everything = shown()
    assert "another role" in everything
    assert f'href="/console/admin/people/{desk.agents[TIMO]}#history"' in everything
    assert "hunter2" not in everything
    assert "A sign-in failed." in shown(who=f"agent:{desk.agents[SOFIE]}")
    assert "Read what" not in shown(kind="failed")
    assert "Read what" in shown(thing=str(ticket), kind="reading")
    assert "Read what" not in shown(thing=str(ticket + 1))
    assert shown(to="2020-01-01") == ""
    assert shown(who="x", kind="odd", thing="';--", before="9-z-9", **{"from": "never"})


def test_pages_follow_one_another_without_a_gap(desk: Desk) -> None:
    """Accident: many lines of one instant, from the log and the traces."""
    at, vera = now(), desk.agents[VERA]
    for number in range(4):
        traces.note_export(vera, f"list:{number}", at=at)
        staffing.open_team(key=f"t{number}", name="T", by=desk.by(VERA), at=at)
    wanted = asking.read({"who": f"agent:{vera}"})

    whole, _end = lines.page_of(wanted, "UTC", size=100)
    by_twos, place, rounds = [], None, 0
    while rounds < 20:
        step = asking.read({"who": f"agent:{vera}", "before": str(place or "")})
        some, place = lines.page_of(step, "UTC", size=2)
        by_twos, rounds = [*by_twos, *some], rounds + 1
        if place is None:
            break

    assert len(whole) >= 8
    assert by_twos == whole


def test_it_is_taken_away_as_a_file_that_runs_nothing_and_that_is_on_record_too(
    desk: Desk,
) -> None:
    """Attack: a name that a spreadsheet would calculate with."""
    staffing.change_agent(
        agent_id=AgentId(desk.agents[SOFIE]), name="=cmd|' /C calc'!A0", by=desk.by(VERA), at=now()
    )
    desk.client(SOFIE)

    answer: Any = auditor(desk).get(f"{PAGE}.csv")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert table[0][:3] == ["When", "Who", "What"]
    assert "'=cmd|' /C calc'!A0" in {line[1] for line in table}
    assert not any(cell.startswith(("=", "@")) for line in table for cell in line)
    assert Trace.objects.filter(agent=desk.agents[TIMO], kind=traces.EXPORTED).count() == 1
    assert cell("-1+1") == "'-1+1"


def test_the_record_is_open_only_to_whom_it_is_meant_for(desk: Desk) -> None:
    """Attack: an agent who knows the address."""
    sofie = desk.client(SOFIE)

    assert sofie.get(PAGE).status_code == 403
    assert sofie.get(f"{PAGE}.csv").status_code == 403
    assert auditor(desk).post(PAGE).status_code == 405
