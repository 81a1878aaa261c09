"""Tables cut by time: a part is made when its first record comes, and dropped whole when it is old.

A part is attached, not made in place: that waits for nobody who reads or writes the table.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

WEEKLY = ("radius_batch",)
INDEXES = {
    "radius_batch": (
        "USING brin (taken_at) WITH (pages_per_range = 16)",
        "(arrived_until) WHERE arrived_until IS NOT NULL",
    )
}
"""Each new part is born with them; an index on all parts could not be built while others write."""
FIRST = date(2000, 1, 1)
LOCK = 0x756E7061


def day_for(at: datetime, *, today: date) -> date:
    """The day under which something is kept: its own, or the first one where that is absurd."""
    day = at.astimezone(UTC).date()
    return day if FIRST <= day <= today + timedelta(days=7) else FIRST


def ensure(table: str, days: Iterable[date], *, today: date | None = None) -> None:
    """Make the parts for these days that are not there yet; `today` notes that they were used."""
    wanted = {_part(table, day) for day in days}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, to_regclass(name) IS NOT NULL,"
            " obj_description(to_regclass(name), 'pg_class') FROM unnest(%s::text[]) name",
            [sorted(name for name, _, _ in wanted)],
        )
        found = {name: (is_there, noted) for name, is_there, noted in cursor.fetchall()}
        for name, since, until in sorted(wanted):
            if not found[name][0]:
                _make(table, name, since, until)
            if today is not None and found[name][1] != str(today):
                cursor.execute(f"COMMENT ON TABLE {name} IS '{today}'")


def spans(table: str) -> list[tuple[date, date]]:
    """From when to when each part reaches, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
            [table],
        )
        days = sorted(_day_of(name) for (name,) in cursor.fetchall())
    return [_part(table, day)[1:] for day in days]


def drop_older(table: str, before: date) -> list[str]:
    """Drop the parts that end before this day and were not used since; their names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text, obj_description(inhrelid, 'pg_class')"
            " FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1",
            [table],
        )
        parts = cursor.fetchall()
    old = [
        name
        for name, used in parts
        if _end_of(table, name) <= before and (used is None or used < str(before))
    ]
    for name in old:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(f"DROP TABLE {name}")
    return old


def _make(table: str, name: str, since: date, until: date) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, table])
        cursor.execute("SELECT to_regclass(%s) IS NULL", [name])
        if cursor.fetchone() != (True,):
            return
        cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
        for index in INDEXES.get(table, ()):
            cursor.execute(f"CREATE INDEX ON {name} {index}")
        zone = "" if table == "radius_seen" else " 00:00+00"
        cursor.execute(
            f"ALTER TABLE {table} ATTACH PARTITION {name}"
            f" FOR VALUES FROM ('{since}{zone}') TO ('{until}{zone}')"
        )


def _part(table: str, day: date) -> tuple[str, date, date]:
    if table in WEEKLY:
        since = day - timedelta(days=day.weekday())
        return f"{table}_{since:%Y%m%d}", since, since + timedelta(days=7)
    since = day.replace(day=1)
    return f"{table}_{since:%Y%m%d}", since, (since + timedelta(days=32)).replace(day=1)


def _end_of(table: str, name: str) -> date:
    return _part(table, _day_of(name))[2]


def _day_of(name: str) -> date:
    stamp = name.strip('"').rpartition("_")[2]
    return datetime.strptime(stamp, "%Y%m%d").replace(tzinfo=UTC).date()
