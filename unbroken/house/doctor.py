"""What `unbroken doctor` looks at: each check says what it saw, and what is wrong about it.

A check never changes anything and never raises for something that is merely ill. Ages are
seconds of the real clock.
"""

import os
import shutil
import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from unbroken.house import doctor_desk, doctor_network, ports, schema, wire
from unbroken.house.behind import running_pid
from unbroken.house.finding import Finding, has_table
from unbroken.house.watch import all_loops
from unbroken.house.worker import ORPHANED

JOB_AGE_SECONDS_MAX = 300
FREE_BYTES_MIN = 1_000_000_000
CLOCK_SECONDS_MAX = 5.0
CERTIFICATE_DAYS_MIN = 14
VERSION_MIN = 150_000


def examine() -> dict[str, Finding]:
    """Every check that needs the database, in the order in which they are printed."""
    checks: dict[str, Callable[[], Finding]] = {
        "database": _database,
        "migrations": _migrations,
        "letters": doctor_desk.letters,
        "jobs": _jobs,
        "loops": _loops,
        "mailboxes": doctor_desk.mailboxes,
        "rules": doctor_desk.rules,
        "promises": doctor_desk.promises,
        "figures": doctor_desk.figures,
        "retention": doctor_desk.retention,
        **WITHOUT_DATABASE,
        "doors": lambda: doctor_network.with_network(_doors()),
    }
    return {name: check() for name, check in checks.items()}


def examine_without_database(trouble: str) -> dict[str, Finding]:
    """The same when the database does not answer."""
    rest = {name: check() for name, check in WITHOUT_DATABASE.items()}
    return {"database": Finding({"answers": False}, [trouble]), **rest}


def _database() -> Finding:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
            " pg_database_size(current_database()), extract(epoch FROM clock_timestamp()),"
            " lower('ПРИВЕТ') = 'привет', current_setting('fsync') = 'on'"
        )
        number, version, size, clock, knows_capitals, is_durable = cursor.fetchone()
    skew = abs(time.time() - float(clock))
    problems = []
    if number < VERSION_MIN:
        problems.append(f"PostgreSQL {version} is too old; 15 or newer is needed.")
    if not knows_capitals or not _knows_cyrillic_trigrams():
        problems.append("The database's locale does not know Cyrillic, so search is dead.")
    if skew > CLOCK_SECONDS_MAX:
        problems.append(f"The clocks of this machine and the database differ by {skew:.0f} s.")
    if not is_durable:
        problems.append("PostgreSQL runs with fsync off: a power failure may lose everything.")
    facts = {
        "answers": True,
        "embedded": not settings.UNBROKEN.has_outside_database,
        "version": version,
        "bytes": size,
        "clock_skew_seconds": round(skew, 3),
        "took_ms": round((time.monotonic() - began) * 1000, 1),
    }
    return Finding(facts, problems)


def _knows_cyrillic_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
        if cursor.fetchone() != (True,):
            return True
        cursor.execute("SELECT similarity('Привет', 'привет') = 1")
        return bool(cursor.fetchone() == (True,))


def _migrations() -> Finding:
    missing = schema.missing()
    problems = [f"{len(missing)} migrations are missing; `unbroken migrate` applies them."]
    return Finding({"missing": missing}, problems if missing else [])


_JOBS = """
-- Calls to the outside: how many wait, run, failed, and since when the oldest could have run.
SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
       count(*) FILTER (WHERE status = 'failed'),
       extract(epoch FROM now() - (
           SELECT min(coalesce(todo.scheduled_at, event.at))
           FROM procrastinate_jobs todo
           JOIN procrastinate_events event ON event.job_id = todo.id AND event.type = 'deferred'
           WHERE todo.status = 'todo' AND coalesce(todo.scheduled_at <= now(), true)))
FROM procrastinate_jobs
"""


def _jobs() -> Finding:
    if not has_table("procrastinate_jobs"):
        return Finding({})
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        waiting, running, failed, age = cursor.fetchone()
        cursor.execute(ORPHANED, {"family": wire.WORKERS})
        orphaned = len(cursor.fetchall())
    oldest = max(0.0, round(float(age), 1)) if age is not None else None
    problems = []
    if failed:
        problems.append(f"{failed} calls to the outside failed for good.")
    if orphaned:
        problems.append(f"{orphaned} calls lost their worker and wait for another to take them.")
    if oldest is not None and oldest > JOB_AGE_SECONDS_MAX:
        problems.append(f"The oldest call to the outside waits for {oldest:.0f} s; is a worker up?")
    facts = {"waiting": waiting, "running": running, "failed": failed, "orphaned": orphaned}
    return Finding({**facts, "oldest_seconds": oldest}, problems)


def _loops() -> Finding:
    owned = {}
    with connection.cursor() as cursor:
        for loop in all_loops():
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND classid = %s::bigint::oid"
                " AND objid = (hashtext(%s)::bigint & 4294967295)::oid"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
                [wire.LOOPS, loop.name],
            )
            owned[loop.name] = cursor.fetchone() == (True,)
    idle = [name for name, is_owned in owned.items() if not is_owned]
    is_up = running_pid(settings.UNBROKEN.data) != 0 or any(owned.values())
    problems = [f"Nobody runs the loop {name}; is `unbroken watch` up?" for name in idle]
    return Finding({"owned": owned}, problems if is_up else [])


def _doors() -> Finding:
    read = settings.UNBROKEN
    doors = {"http": read.http, "smtp": read.smtp, "lmtp": read.lmtp}
    facts = {
        name: {"address": str(address), "answers": ports.accepts(address)}
        for name, address in doors.items()
    }
    shut = [f"{name} ({facts[name]['address']})" for name in facts if not facts[name]["answers"]]
    problems = [f"The desk is up, but nobody answers at {door}." for door in shut]
    return Finding(facts, problems if running_pid(read.data) else [])


def _disk() -> Finding:
    data: Path = settings.UNBROKEN.data
    usage = shutil.disk_usage(data if data.exists() else data.parent)
    problems = []
    if usage.free < FREE_BYTES_MIN:
        problems.append(f"Only {usage.free // 1_000_000} MB are free where {data} lies.")
    return Finding({"free_bytes": usage.free, "total_bytes": usage.total}, problems)


def _processes() -> Finding:
    pid = running_pid(settings.UNBROKEN.data)
    facts: dict[str, Any] = {"desk": pid or None, "children": _children(pid) if pid else []}
    return Finding(facts)


def _children(pid: int) -> list[dict[str, Any]]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [{"pid": int(child), "name": _name_of(child)} for child in children]


def _name_of(pid: str) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "gone"
    title = b" ".join(words).strip().decode(errors="replace")
    if title.startswith("unbroken "):
        return title.removeprefix("unbroken ")
    return os.path.basename(words[0].decode(errors="replace"))


def _certificate() -> Finding:
    base = urlsplit(settings.UNBROKEN.base_url)
    if base.scheme != "https":
        return Finding({})
    host, port = base.hostname or "", base.port or 443
    try:
        with (
            socket.create_connection((host, port), timeout=3) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            until = str((secure.getpeercert() or {})["notAfter"])
    except (OSError, KeyError) as error:
        return Finding({"checked": False}, [f"{host}:{port} shows no good certificate ({error})."])
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC)
    days = (ends - datetime.now(UTC)).days
    problems = [f"The certificate of {host} ends in {days} days."]
    facts = {"checked": True, "ends": ends.isoformat(), "days": days}
    return Finding(facts, problems if days < CERTIFICATE_DAYS_MIN else [])


def _clock() -> Finding:
    text = settings.UNBROKEN.clock
    problems = ["UNBROKEN_CLOCK is set: this desk rehearses, its times are not real."]
    return Finding({"rehearsal": text or None}, problems if text else [])


WITHOUT_DATABASE: dict[str, Callable[[], Finding]] = {
    "doors": _doors,
    "clock": _clock,
    "disk": _disk,
    "certificate": _certificate,
    "processes": _processes,
}
