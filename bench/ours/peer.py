"""Unbroken as one more peer of the peer-neutral bench: what `bench.py ours.peer` drives.

Needs the bench's folder on PYTHONPATH (it offers `adapters.base` and the corpus generator) and
a running desk loaded by `bench/load_corpus.py`. The desk is found by UNBROKEN_HTTP,
UNBROKEN_LMTP and UNBROKEN_DATA.
"""

import json
import os
import smtplib
import threading
import time
from pathlib import Path
from typing import Any

import gen
import psycopg
from adapters.base import Base

FIRST_NUMBER = 100001
AGENTS = 10
PASSWORD = "bench by night"
DATA = Path(os.environ.get("UNBROKEN_DATA", "data"))
HTTP = os.environ.get("UNBROKEN_HTTP", "127.0.0.1:8000")
LMTP = os.environ.get("UNBROKEN_LMTP", "127.0.0.1:8024")
QUIET_SECONDS_MAX = 300.0


class Adapter(Base):  # type: ignore[misc]  # the bench is not typed
    """Ticket n of the corpus is number 100000 + n."""

    host = HTTP.partition(":")[0]
    port = int(HTTP.partition(":")[2])
    procs = (
        r"unbroken (web|watch|worker|doors)|unbroken\.house\.cli|pginstall/bin/postgres"
        r"|postgres: (unbroken|checkpointer|background|walwriter|autovacuum|logical|io worker)"
    )

    def session(self, i: int) -> Any:
        session = self.new()
        session.get("/sign-in")
        form = {
            "email": f"agent{i % AGENTS}@bench.example",
            "password": PASSWORD,
            "csrfmiddlewaretoken": session.cookies["unbroken_csrf"],
        }
        session.headers["Referer"] = f"http://{HTTP}/"
        session.post("/sign-in", form, ok=(302, 303))
        return session

    def api_session(self, i: int) -> Any:
        session = self.new()
        token = (DATA / "bench-token").read_text().strip()
        session.headers["Authorization"] = f"Bearer {token}"
        return session

    def list_view(self, session: Any) -> bytes:
        page: bytes = session.get("/console/")
        if page.count(b"data-row") < 50 and page.count(b"/console/tickets/") < 50:
            raise RuntimeError("fewer than 50 rows")
        return page

    def detail_view(self, session: Any, n: int) -> bytes:
        page: bytes = session.get(f"/console/tickets/{FIRST_NUMBER - 1 + n}")
        if len(page) < 10_000:
            raise RuntimeError("short page")
        return page

    def reply(self, session: Any, n: int, text: str) -> None:
        number = FIRST_NUMBER - 1 + n
        form = {
            "csrfmiddlewaretoken": session.cookies["unbroken_csrf"],
            "mode": "reply",
            "words": text,
        }
        session.post(f"/console/tickets/{number}/messages", form, ok=(200, 302, 303))

    def api_create(self, session: Any, ticket: dict[str, Any]) -> None:
        body = {
            "name": ticket["subject"],
            "description": ticket["messages"][0]["body"],
            "contact": {"email": ticket["email"], "name": ticket["customer"]},
        }
        session.req(
            "POST",
            "/api/tickets",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            ok=(201,),
        )

    def intake(self, paths: list[str], clients: int) -> None:
        """Hand the mails to the LMTP door and wait until each is a committed ticket or message."""
        shares = [paths[start::clients] for start in range(clients)]
        threads = [threading.Thread(target=_hand_in, args=(share,)) for share in shares]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        until = time.monotonic() + QUIET_SECONDS_MAX
        while _number("SELECT count(*) FROM intake WHERE outcome = ''"):
            if time.monotonic() > until:
                raise RuntimeError("mails are left unread")
            time.sleep(0.01)

    def mail_to(self, i: int, clients: int) -> str:
        return "support@bench.example"

    def reply_target(self, n: int) -> dict[str, str]:
        ticket = gen.ticket(n)
        return {
            "subject": f"[#{FIRST_NUMBER - 1 + n}] {ticket['subject']}",
            "from_": ticket["email"],
            "in_reply_to": f"<load-{n}-0@mail.example>",
        }

    def count(self) -> tuple[int, int]:
        said = "SELECT count(*) FROM message WHERE kind = 'message'"
        return _number("SELECT count(*) FROM trouble_ticket"), _number(said)

    def path_of(self, view: str) -> str:
        return "/console/"


def _hand_in(paths: list[str]) -> None:
    host, _, port = LMTP.partition(":")
    with smtplib.LMTP(host, int(port)) as door:
        for path in paths:
            door.sendmail("bench@mail.example", ["support@bench.example"], Path(path).read_bytes())


def _number(statement: str) -> int:
    from unbroken.house.postgres import database_in

    where = database_in(DATA.resolve())
    with psycopg.connect(
        host=where.host, port=where.port, user=where.user, dbname=where.name
    ) as connection:
        row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0
