"""The week's list of lines that will likely fail: made by the loop, shown, made work of, mailed."""

import json
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from tests.console.desk import SOFIE, VERA, Desk, ago, open_desk
from tests.scenery import scene
from unbroken.console.ageing import mailing
from unbroken.conversation.queries import ticket_facts
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence import ageing_lists
from unbroken.evidence.importing.observations import import_observations
from unbroken.evidence.queries import ageing
from unbroken.evidence.state import ageing as kept
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

LINES = 10
DAYS = 112
WOBBLE = (1, -2, 1, 0, -1, 2, -1)


@scene
def aged() -> Desk:
    """Ten lines on two cables over sixteen weeks: s-1 sinks until it has no margin, s-2 will."""
    desk = open_desk()
    import_inventory([json.dumps(inventory())], by=HOUSE, at=ago(days=200))
    file = Path(tempfile.mkdtemp()) / "observations"
    file.write_text("\n".join(readings()))
    import_observations([str(file)])
    assert ageing_lists.make_due(now()) == 7
    return desk


def inventory() -> dict[str, object]:
    lines = [
        {"id": f"l-{n}", "kind": "line", "parents": [f"cable-{n % 2}"],
         "owner": "netco" if n == 3 else "us"} for n in range(1, LINES + 1)
    ]  # fmt: skip
    return {
        "partners": [{"id": "netco", "name": "NetCo"}],
        "resources": [*({"id": f"cable-{n}", "kind": "cable"} for n in (0, 1)), *lines],
        "customers": [
            {"id": f"c-{n}", "name": f"Customer {n}",
             "services": [{"id": f"s-{n}", "resource": f"l-{n}"}]}
            for n in range(1, LINES + 1)
        ],
    }  # fmt: skip


def readings() -> list[str]:
    """One a day, at noon, in tenths of a decibel."""
    today = datetime.combine(now().date(), time(12), UTC)
    return [
        json.dumps({
            "resource": f"l-{n}", "at": (today - timedelta(days=back)).isoformat(),
            "values": {"DSL.Line.DownstreamNoiseMargin": margin(n, DAYS - back)},
        })
        for n in range(1, LINES + 1) for back in range(DAYS, 0, -1)
    ]  # fmt: skip


def margin(n: int, day: int) -> int:
    sunk = {1: 1.15 * day, 2: 1.0 * max(0, day - 50), 3: 1.0 * max(0, day - 52)}.get(n, 0.0)
    return round(max(0.0, 100 + 2 * n - sunk + WOBBLE[(day + n) % 7]))


def test_the_list_names_what_sinks_and_tells_how_often_earlier_lists_came_true(aged: Desk) -> None:
    page = aged.client(VERA).get("/console/ahead/lines").content.decode()

    assert page.count("ageing-line__name") == 2
    assert "The noise margin sinks" in page
    assert "NetCo" in page
    lists = ageing.latest_lists()
    assert [one.is_backcast for one in lists] == [False] + [True] * 6
    assert sum(one.came_true for one in lists) >= 1  # s-1, named while it still held
    assert ageing.record_of(lists).precision is not None
    assert ageing_lists.make_due(now()) == 0, "made once a week"


def test_it_is_filtered_by_what_the_address_says_and_handed_out_as_a_table(aged: Desk) -> None:
    client = aged.client(VERA)

    even = client.get("/console/ahead/lines", {"element": "cable-0"}).content.decode()
    table = client.get("/console/ahead/lines.csv", {"owner": "netco"}).content.decode()

    assert even.count("ageing-line__name") == 1
    assert "s-2" in even
    assert table.count("\n") == 2
    assert "s-3" in table


def test_one_click_makes_one_request_of_the_house_however_often_it_is_clicked(aged: Desk) -> None:
    assert aged.client(SOFIE).post("/console/ahead/lines/request", {}).status_code == 403
    client = aged.client(VERA)
    monday = ageing.latest_monday()
    assert monday is not None
    line = next(one for one in ageing.lines_on(monday) if one.service == "s-2")
    told = {"line": line.id, "team": aged.teams["first-line"]}

    for _again in range(2):
        assert client.post("/console/ahead/lines/request", told).status_code == 303

    row = next(one for one in ageing.lines_on(monday) if one.service == "s-2")
    assert row.ticket_id is not None
    facts = ticket_facts(row.ticket_id)  # type: ignore[arg-type]
    assert facts is not None
    assert (facts.customer_id, facts.service_id) == (None, None)
    gone = client.post("/console/ahead/lines/request", {"line": 10**9})
    assert gone.status_code == 422
    assert "not on the latest list" in gone.content.decode()


def test_whoever_wants_it_gets_it_by_mail_once(aged: Desk) -> None:
    client = aged.client(VERA)
    client.post("/console/ahead/lines/mail", {"wants": "yes"})
    assert mailing.send_due(noon()) == 0, "the list of before the wish is not sent again"
    kept.wish_mail(aged.agents[VERA], wants=False, last=None)
    kept.wish_mail(aged.agents[VERA], wants=True, last=None)
    assert mailing.send_due(noon()) == 1
    assert mailing.send_due(noon()) == 0


def noon() -> datetime:
    return datetime.combine(now().date(), time(12), UTC)
