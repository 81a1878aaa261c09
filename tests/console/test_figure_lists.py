"""Lists behind numbers, and lists as tables for spreadsheets."""

import csv
import io

import pytest
from django.test import Client

from tests.console.desk import SOFIE, VERA, Desk, ago
from tests.portal.people import text_of
from unbroken.conversation import actions as record
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.quality import projections


def table(client: Client, words: str) -> list[dict[str, str]]:
    answer = client.get("/console/requests.csv", {"q": words})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_list_behind_a_number_shows_what_was_counted_in_whatever_state(desk: Desk) -> None:
    solved, other = desk.asks("Anneke de Wit", "lamp"), desk.asks("Bram Visser", "router")
    hidden = desk.asks("Bram Visser", "invoice", team="billing")
    for ticket, who in ((solved, SOFIE), (hidden, VERA)):
        record.resolve_ticket(ticket_id=ticket, by=desk.by(who), at=now())
    drain(at=now())
    projections.count_aside(at=now(), limit=100)
    client, today = desk.client(SOFIE), f"{now():%Y-%m-%d}"

    page = text_of(client.get("/console/", {"q": f"resolved:me/{today}"}))

    assert "lamp" in page
    assert "router" not in page
    assert [one["number"] for one in table(client, f"resolved:{today}")] == [str(solved)]
    assert {one["number"] for one in table(client, f"received:{today} team:first-line")} <= {
        str(solved), str(other),
    }  # fmt: skip
    assert table(client, f"received:{today} team:none") == []
    assert {one["number"] for one in table(desk.client(VERA), f"resolved:{today}")} == {
        str(solved), str(hidden),
    }  # fmt: skip


@pytest.mark.parametrize("evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1"])
def test_what_a_stranger_wrote_never_runs_in_a_spreadsheet(evil: str) -> None:
    """Attack: a subject that a spreadsheet takes for a formula."""
    assert sheet.cell(evil) == f"'{evil}"
    assert sheet.cell(-5) == "-5"
    assert sheet.cell("lamp, dark") == "lamp, dark"


def test_a_table_of_a_list_carries_no_formula(desk: Desk) -> None:
    desk.asks("Anneke de Wit", "=HYPERLINK(evil)", at=ago(hours=2))

    found = table(desk.client(SOFIE), "")

    assert [one["subject"] for one in found] == ["'=HYPERLINK(evil)"]
