"""Going from door to door: one request at a time, undone, and what no answer may ever do."""

import copy
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.security.crowd import Crowd

UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
EVIL = "evil.example"
BY_HOST = {"host": EVIL}
BY_PROXY = {
    "x-forwarded-host": EVIL,
    "forwarded": f"host={EVIL};proto=https",
    "x-original-url": f"/{EVIL}",
    "x-rewrite-url": f"/{EVIL}",
}
"""Every walk comes by a name that is not ours: no page may be built from it."""


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Whatever happens inside has not happened afterwards, in the browser neither."""
    cookies = copy.deepcopy(client.cookies)
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)
    client.cookies = cookies


def ask(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """One request; a form for a POST, JSON where headers say so, nothing else."""
    if headers.get("accept") == "application/json":
        data, kind = json.dumps(body or {}), "application/json"
        return client.generic(method, path, data, kind, headers=headers)
    if method == "POST":
        return client.post(path, body or {}, headers=headers)
    return client.generic(method, path, headers=headers)


def unused(route: str) -> str:
    """A method that nothing uses: the same for a route every time, and each at some routes."""
    return UNUSED[crc32(route.encode()) % len(UNUSED)]


def whole(answer: Any) -> str:
    """Everything an answer says: status, headers, body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return f"{answer.status_code}\n{head}\n{cookies}\n{body.decode('utf-8', 'replace')}".lower()


def events(crowd: Crowd) -> int:
    """How much has happened to Anneke's ticket, its chain of work and its complaint, and what of
    it is stuck."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM ground_event WHERE stream = %(stream)s OR stream IN"
            "   (SELECT 'chain:' || id FROM chain WHERE ticket_id = %(ticket)s)"
            "   OR (kind <> 'complaint.opened' AND stream IN"
            "   (SELECT 'complaint:' || id FROM complaint WHERE ticket_id = %(ticket)s)))"
            " + 1000 * (SELECT count(*) FROM ground_letter WHERE parked_at IS NOT NULL)",
            {"stream": f"ticket:{crowd.ticket}", "ticket": crowd.ticket},
        )
        return int(cursor.fetchone()[0])


def on_record() -> int:
    """How much has happened to anything at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ground_event")
        return int(cursor.fetchone()[0])


def faults(answer: Any, method: str, path: str, told: str = "") -> list[str]:
    """What no answer may do, whoever asked; `told` is all that it says, where that was read."""
    found = [f"breaks with {answer.status_code}"] if answer.status_code >= 500 else []
    found += unprotected(answer.headers, path)
    if method == "GET" and is_kept_on_the_way(answer, path):
        found.append("may be kept on the way")
    return [*found, *(["names a host that is not ours"] if EVIL in told else [])]


def unprotected(head: Mapping[str, str], path: str) -> list[str]:
    """Which headers of an answer leave its reader's browser open to what others want of it."""
    policy, is_file = head.get("Content-Security-Policy", ""), "/static/" in path
    is_closed = "default-src 'none'" in policy and "unsafe-eval" not in policy
    is_well = {
        "X-Content-Type-Options": head.get("X-Content-Type-Options") == "nosniff",
        "Content-Security-Policy": is_closed
        and ("unsafe-inline" not in policy or "sandbox" in policy),
        "Referrer-Policy": head.get("Referrer-Policy") == "same-origin",
        "Cross-Origin-Opener-Policy": head.get("Cross-Origin-Opener-Policy") == "same-origin",
        "X-Frame-Options": is_file or head.get("X-Frame-Options") in ("DENY", "SAMEORIGIN"),
        "X-Powered-By": "X-Powered-By" not in head,
    }
    return [name for name, is_so in is_well.items() if not is_so]


def is_kept_on_the_way(answer: Any, path: str) -> bool:
    """Accident: a provider's cache gives one customer the page of another.

    What is known (`/help`) is the same for everybody of whom nothing is known, and says so;
    how things stand (`/status`) is the same for everybody.
    """
    kept, is_known = answer.headers.get("Cache-Control", ""), _session(answer)
    if (
        "/static/" in path
        or path in ("/status", "/status.atom")
        or (path.startswith("/help") and not is_known)
    ):
        return False
    return "public" in kept or not ("private" in kept or "no-store" in kept)


def _session(answer: Any) -> bool:
    return settings.SESSION_COOKIE_NAME in answer.wsgi_request.COOKIES
