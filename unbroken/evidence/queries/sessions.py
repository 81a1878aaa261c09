"""Sessions as the outside reads them (`unbroken sessions`)."""

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from unbroken.directory.queries import services_by_any_key
from unbroken.evidence.radius.records import cause_in_words
from unbroken.ground.sql import text_of

Told = dict[str, object]

CHUNK = 2_000


def told_sessions(text: str | None = None) -> Iterator[Told]:
    """The sessions of what a text names, or all of them; by start. Memory holds a few."""
    condition, params = _asked(text) if text else ("true", {})
    statement = text_of("evidence/queries/sessions.sql").replace("-- WHERE", f"WHERE {condition}")
    service_of = lru_cache(10_000)(_service_of)
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, params)
        while some := cursor.fetchmany(CHUNK):
            for row in some:
                yield _told(row, service_of(row[2], row[3]))


def _asked(text: str) -> tuple[str, dict[str, Any]]:
    services = services_by_any_key(text)
    users = {one.access_name for one in services if one.access_name} | {text}
    circuits = {one.circuit.upper() for one in services if one.circuit} | {text.upper()}
    return (
        '("user" = ANY (%(users)s) OR circuit <> %(no)s AND upper(circuit) = ANY (%(circuits)s)'
        " OR address = %(address)s::inet)",
        {
            "users": sorted(users),
            "no": "",
            "circuits": sorted(circuits),
            "address": _as_address(text),
        },
    )


def _as_address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None


def _service_of(user: str, circuit: str) -> str | None:
    """By access name, else by circuit; None where it might be one of two."""
    for text in filter(None, (user, circuit)):
        found = services_by_any_key(text)
        if len(found) == 1:
            return found[0].key or str(found[0].id)
    return None


def _told(row: tuple[Any, ...], service: str | None) -> Told:
    (nas, session, user, _circuit, started, ended, ended_by, seconds, heard,
     octets_in, octets_out, cause, address) = row  # fmt: skip
    return {
        "session": session,
        "nas": nas,
        "user": user,
        "service": service,
        "started": _written(started),
        "ended": _written(ended),
        "ended_by": ended_by or None,
        "seconds": _seconds(started, ended, ended_by, seconds, heard),
        "input_octets": octets_in,
        "output_octets": octets_out,
        "terminate_cause": cause_in_words(cause),
        "address": address or None,
    }


def _seconds(
    started: datetime, ended: datetime | None, ended_by: str, told: int | None, heard: datetime
) -> int:
    """As its stop says; where a restart ended it, up to there; while open, up to the last news."""
    if ended is not None and (ended_by != "stop" or told is None):
        return max(0, round((ended - started).total_seconds()))
    return told if told is not None else max(0, round((heard - started).total_seconds()))


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()
