"""Accounting records: kept raw, known again, folded into sessions. One folds at a time.

Keeping is all that the door waits for. Folding follows in batches and may be repeated: a record
taken in twice changes nothing but the count of duplicates.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from unbroken.evidence.radius.folding import Restart, Session, fold
from unbroken.evidence.radius.records import STATUSES, Record
from unbroken.evidence.state import counts, partitions, sessions
from unbroken.ground.clock import now

FOLD = 0x756E6661
"""An advisory lock: sessions are folded by one process at a time."""

SLOT = timedelta(minutes=5)


Reader = Callable[[bytes], Iterable[Record]]
"""Whoever can read packed entries: `evidence.reading`."""


@dataclass(frozen=True, slots=True)
class Folded:
    """How many records were new, and how many were known already."""

    new: int
    known: int


def keep(
    entries: bytes,
    count: int,
    *,
    taken_at: datetime,
    arrived: tuple[datetime, datetime] | None = None,
    is_folded: bool = False,
) -> None:
    """Make raw records durable with the transaction this is part of.

    `arrived`: from when to when they did, where that was not just now.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO radius_batch (taken_at, count, entries, arrived_since, arrived_until)"
            " VALUES (%s, %s, %s, %s, %s) RETURNING id",
            [taken_at, count, entries, *(arrived or (None, None))],
        )
        if not is_folded:
            cursor.execute(
                "INSERT INTO radius_waiting (batch_id, taken_at) VALUES (%s, %s)",
                [*cursor.fetchone(), taken_at],
            )


def fold_records(records: Sequence[Record]) -> tuple[Folded, list[Record]]:
    """Fold these into sessions; also returns those that were new. Part of a transaction."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLD])
    new, almost = _new_ones(records)
    if new or almost:
        _fold([*new, *almost])
        _note_pulse(new)
    return Folded(len(new), len(records) - len(new)), new


def fold_batches(read: Reader, *, records_max: int) -> int:
    """Fold what waits, about so many records at once; how many there were. A transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLD])
        cursor.execute(_NEXT, [records_max])
        batches = cursor.fetchall()
        if not batches:
            return 0
        records = [one for _, entries in batches for one in read(bytes(entries))]
        folded, _ = fold_records(records)
        if folded.known:
            counts.add("radius", {"accepted": -folded.known, "duplicate": folded.known})
        cursor.execute(
            "DELETE FROM radius_waiting WHERE batch_id = ANY (%s)", [[one for one, _ in batches]]
        )
        return max(len(records), 1)


def set_aside_next() -> int:
    """The batch that would be folded next waits no longer: it cannot be read. Its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM radius_waiting WHERE batch_id ="
            " (SELECT min(batch_id) FROM radius_waiting) RETURNING batch_id"
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


_NEXT = """
-- Batches that wait, oldest first, until so many records are together; always one at least.
WITH next AS (
    SELECT batch.id, batch.entries, sum(batch.count) OVER (ORDER BY waiting.batch_id) AS upto,
           batch.count
    FROM (SELECT * FROM radius_waiting ORDER BY batch_id LIMIT 500) waiting
    JOIN radius_batch batch ON batch.id = waiting.batch_id AND batch.taken_at = waiting.taken_at
)
SELECT id, entries FROM next WHERE upto - count < %s ORDER BY id
"""


def _new_ones(records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Those not taken in before; and those that only their reckoned time keeps apart from one."""
    today = now().date()
    keyed: dict[uuid.UUID, tuple[Record, date]] = {}
    for record in records:
        keyed.setdefault(record.key(), (record, partitions.day_for(record.at, today=today)))
    if not keyed:
        return [], []
    partitions.ensure("radius_seen", {day for _, day in keyed.values()}, today=today)
    near = _known_nearby(keyed)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO radius_seen (key, day) SELECT * FROM unnest(%s::uuid[], %s::date[])"
            " ON CONFLICT DO NOTHING RETURNING key",
            [list(keyed), [day for _, day in keyed.values()]],
        )
        fresh = {key for (key,) in cursor.fetchall()}
    certain, doubtful = fresh - near, fresh & near
    return (
        [record for key, (record, _) in keyed.items() if key in certain],
        [record for key, (record, _) in keyed.items() if key in doubtful],
    )


def _known_nearby(keyed: dict[uuid.UUID, tuple[Record, date]]) -> set[uuid.UUID]:
    """Records without a time of their own of which another came a second earlier or later."""
    asked = {near: key for key, (record, _) in keyed.items() for near in record.keys_near()}
    if not asked:
        return set()
    days = {keyed[key][1] for key in asked.values()}
    within = sorted(days | {day - timedelta(days=1) for day in days})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM radius_seen WHERE key = ANY (%s) AND day = ANY (%s)",
            [list(asked), within],
        )
        known = {asked[key] for (key,) in cursor.fetchall()}
    earlier: set[uuid.UUID] = set()
    for key, (record, _) in keyed.items():
        if any(near in earlier for near in record.keys_near()):
            known.add(key)
        earlier.add(key)
    return known


def _fold(records: Sequence[Record]) -> None:
    about_nas = [record for record in records if record.is_about_nas]
    _note_restarts(about_nas)
    restarts = _restarts({record.nas for record in records})
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        if not record.is_about_nas:
            groups[record.nas, record.session].append(record)
    known = sessions.load(list(groups))
    changed: list[Session] = []
    for (nas, session), said in groups.items():
        changed += fold(known.setdefault((nas, session), []), said, restarts.get(nas, ()))
    sessions.save(changed)
    for record in about_nas:
        sessions.end_those_of(record.nas, record.at, STATUSES[record.status], record.arrived_at)


def _note_restarts(records: Sequence[Record]) -> None:
    if not records:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO nas_restart (nas, at, kind, arrived_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [(one.nas, one.at, STATUSES[one.status], one.arrived_at) for one in records],
        )


def _restarts(nases: set[str]) -> dict[str, list[Restart]]:
    found: dict[str, list[Restart]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nas, at, kind, arrived_at FROM nas_restart WHERE nas = ANY (%s) ORDER BY at",
            [sorted(nases)],
        )
        for nas, at, kind, arrived_at in cursor.fetchall():
            found[nas].append(Restart(at, kind, arrived_at))
    return found


def _note_pulse(records: Sequence[Record]) -> None:
    beats = Counter((record.nas, _slot(record.at)) for record in records)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounting_pulse (nas, slot, records)"
            " SELECT * FROM unnest(%s::text[], %s::timestamptz[], %s::int[])"
            " ON CONFLICT (nas, slot)"
            " DO UPDATE SET records = accounting_pulse.records + excluded.records",
            [[nas for nas, _ in beats], [slot for _, slot in beats], list(beats.values())],
        )


def _slot(at: datetime) -> datetime:
    seconds = int(SLOT.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
