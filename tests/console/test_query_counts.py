"""What a page asks of the database: a number per page, kept beside this test.

More questions make a page slower for everybody, one at a time and unnoticed. When a number has to
grow, write the new one into `query_counts.toml` in the same commit that says why.
"""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.conversation import actions as record
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.sequence import forget_drawn
from unbroken.staffing.actions import issue_token

KEPT = Path(__file__).with_name("query_counts.toml")
HTMX = {"HX-Request": "true"}
NO_QUESTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.mark.usefixtures("nothing_kept_grows_old")
def test_no_page_asks_more_than_it_did(desk: Desk) -> None:
    """Each page is asked for once before it is counted: what a process keeps is kept by then."""
    forget_drawn()  # or a page asks for a block of ids that another test has used up
    found = {page: asked(ask) for page, ask in pages(desk).items()}

    kept = tomllib.loads(KEPT.read_text(encoding="utf-8"))["queries"]
    assert found.keys() == kept.keys()
    grown = {page: (kept[page], count) for page, count in found.items() if count > kept[page]}
    assert not grown, f"these pages ask more than before (was, is): {grown}"


def pages(desk: Desk) -> dict[str, Callable[[], int]]:
    """How each page is asked for; what is returned is its status."""
    client, lead = desk.client(SOFIE), desk.client(VERA)
    ticket, other = desk.asks("Anneke de Wit", "lamp"), desk.asks("Anneke de Wit", "router")
    record.relate_ticket(
        ticket_id=ticket, other_id=other, relation="related", by=desk.by(SOFIE), at=now()
    )
    for _round in range(3):
        record.note_ticket(ticket_id=ticket, words="a note", by=desk.by(TIMO), at=now())
        desk.writes("Anneke de Wit", ticket, "more")
    page = f"/console/tickets/{ticket}"
    _id, token = issue_token(name="shop", by=HOUSE, at=now())
    system = {"Authorization": f"Bearer {token}"}

    def write(mode: str, **headers: str) -> int:
        said = {"mode": mode, "words": "We are looking."}
        return client.post(f"{page}/messages", said, headers=headers).status_code

    def send(path: str, **body: object) -> int:
        text = json.dumps(body)
        answer = client.post(path, text, content_type="application/json", headers=system)
        return answer.status_code

    return {
        "what to do next": lambda: client.get("/console/").status_code,
        "ticket": lambda: client.get(page).status_code,
        "ticket, the part that is new": lambda: (
            client.get(f"{page}?part=story", headers=HTMX).status_code
        ),
        "answer": lambda: write("reply"),
        "answer, and what it changed": lambda: write("reply", **HTMX),
        "note": lambda: write("note"),
        "draft": lambda: (
            client.post(f"{page}/draft", {"mode": "reply", "words": "half"}).status_code
        ),
        "my dashboard": lambda: client.get("/console/dashboards/").status_code,
        "team board": lambda: client.get("/console/dashboards/team").status_code,
        "network now": lambda: client.get("/console/problems/now").status_code,
        "unknown senders": lambda: client.get("/console/contacts").status_code,
        "calculator of prices": lambda: lead.get("/console/admin/prices").status_code,
        "costs": lambda: lead.get("/console/admin/costs").status_code,
        "credits": lambda: lead.get("/console/admin/credits").status_code,
        "plan of shifts": lambda: lead.get("/console/admin/plan").status_code,
        "a search": lambda: client.get("/console/search?q=lamp").status_code,
        "API: tickets": lambda: client.get("/api/tickets", headers=system).status_code,
        "API: ticket": lambda: client.get(f"/api/tickets/{ticket}", headers=system).status_code,
        "API: new ticket": lambda: send(
            "/api/tickets", description="dark", contact={"email": "anneke@home.example"}
        ),
        "API: answer": lambda: send(f"/api/tickets/{ticket}/replies", text="We are looking."),
    }


def asked(ask: Callable[[], int]) -> int:
    """How many questions one request asks."""
    assert ask() < 400
    with CaptureQueriesContext(connection) as caught:
        assert ask() < 400
    return sum(
        not (query["sql"] or "").startswith(NO_QUESTIONS) for query in caught.captured_queries
    )
