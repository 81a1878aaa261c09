"""Sessions out of a `radacct` table of FreeRADIUS or daloRADIUS, in a database of the operator's.

Read only, a few thousand rows at a time. A row stands for up to three records (start, latest
interim, stop): they become blocks as FreeRADIUS writes them into `detail`, and take the same way
from there, so that a table, its detail file and live packets may overlap. New rows are found by
their number; those that were open are looked at again until they have a stop.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from unbroken.evidence.radacct_tables import ROWS, Away, Row
from unbroken.evidence.radacct_tables import opened as table_at
from unbroken.evidence.radius.detail import NotRead, read_block
from unbroken.evidence.radius.entries import DETAIL, Entry, pack
from unbroken.evidence.radius.records import Record
from unbroken.evidence.reading import naming_now, words
from unbroken.evidence.state import counts, opened, outside, partitions, radius
from unbroken.ground import clock

log = logging.getLogger(__name__)

__all__ = ["SOURCE", "Away", "Fetched", "fetch"]

SOURCE = "radacct"
OVERLAP = 500
"""Numbers are drawn before rows are committed: a smaller one may appear after a larger."""

FORGOTTEN = timedelta(days=60)
"""An open row of which nothing was heard for so long has no NAS any more."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How many rows were read, and of the records in them: new ones, those known before."""

    rows: int = 0
    new: int = 0
    known: int = 0


def fetch(url: str, *, now: datetime) -> Fetched:
    """What is new there; each part is durable with its mark. Away when it cannot be read."""
    total = Fetched()
    with table_at(url) as there:
        for ids, times in opened.chunks(ROWS):
            total = _added(total, _keep(there.changed(ids, times), mark=None, now=now))
        while True:
            mark = int(outside.mark_of(SOURCE) or 0)
            rows = there.after(max(mark - OVERLAP, 0))
            newest = max((_whole(row["radacctid"]) or 0 for row in rows), default=0)
            total = _added(total, _keep(rows, mark=max(mark, newest), now=now))
            if len(rows) < ROWS or newest <= mark:
                break
        opened.forget(now - FORGOTTEN)
        return total


def _keep(rows: Sequence[Row], *, mark: int | None, now: datetime) -> Fetched:
    naming, dictionary = naming_now(), words()
    read: list[tuple[Record, bytes]] = []
    refused = 0
    for row in rows:
        for block in blocks_of(row, now=now):
            try:
                record = read_block(block, naming=naming, words=dictionary)
            except (NotRead, ValueError, OverflowError):
                refused += 1
                continue
            if record is not None:
                read.append((record, block))
    with transaction.atomic():
        folded, new = radius.fold_records([record for record, _ in read])
        are_new = {id(record) for record in new}
        raw = [
            Entry(record.arrived_at.timestamp(), "", DETAIL, block)
            for record, block in read
            if id(record) in are_new
        ]
        if raw:
            partitions.ensure("radius_batch", {now.astimezone(UTC).date()})
            radius.keep(pack(raw), len(raw), taken_at=now, is_folded=True)
        opened.note([(_whole(row["radacctid"]) or 0, _latest(row)) for row in rows if _open(row)])
        opened.end([_whole(row["radacctid"]) or 0 for row in rows if not _open(row)])
        if mark is not None:
            outside.set_mark(SOURCE, str(mark), at=now)
        counts.add(
            SOURCE,
            {"received": len(rows), "kept": folded.new, "known": folded.known, "refused": refused},
        )
    return Fetched(len(rows), folded.new, folded.known)


def blocks_of(row: Row, *, now: datetime) -> Iterator[bytes]:
    """The records in a row, as `detail` has them. What was not told is left out. Pure."""
    start, stop = row["acctstarttime"], row["acctstoptime"]
    update = row["acctupdatetime"]
    if isinstance(start, datetime):
        yield _block(row, "Start", start, now, {})
    counters = {
        "Acct-Session-Time": _whole(row["acctsessiontime"]),
        **_octets("Input", row["acctinputoctets"]),
        **_octets("Output", row["acctoutputoctets"]),
    }
    if isinstance(stop, datetime):
        cause = row["acctterminatecause"]
        yield _block(row, "Stop", stop, now, {**counters, "Acct-Terminate-Cause": cause})
    elif isinstance(update, datetime) and update != start:
        yield _block(row, "Interim-Update", update, now, counters)


def _block(row: Row, status: str, at: datetime, now: datetime, more: Row) -> bytes:
    told: Row = {
        "Acct-Status-Type": status,
        "Acct-Session-Id": row["acctsessionid"],
        "User-Name": row["username"],
        "NAS-IP-Address": row["nas"],
        "NAS-Port-Id": row["nasportid"],
        "Calling-Station-Id": row["callingstationid"],
        "Framed-IP-Address": row["address"],
        **more,
        "Event-Timestamp": int(at.timestamp()),
        "Timestamp": int(min(at, now).timestamp()),
    }
    lines = [f"\t{name} = {_written(value)}" for name, value in told.items() if value is not None]
    return "\n".join([min(at, now).strftime("%a %b %d %H:%M:%S %Y"), *lines, ""]).encode()


def _written(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    plain = "".join(sign if sign.isprintable() else " " for sign in str(value)[:500])
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _octets(way: str, told: object) -> Row:
    count = _whole(told)
    if count is None or count < 0:
        return {}
    return {f"Acct-{way}-Octets": count % 2**32, f"Acct-{way}-Gigawords": count >> 32}


def _whole(told: object) -> int | None:
    return int(told) if isinstance(told, int) else None


def _open(row: Row) -> bool:
    return row["acctstoptime"] is None


def _latest(row: Row) -> datetime:
    for name in ("acctupdatetime", "acctstarttime"):
        if isinstance(at := row[name], datetime):
            return at
    return clock.now() - timedelta(days=1)


def _added(one: Fetched, other: Fetched) -> Fetched:
    return Fetched(one.rows + other.rows, one.new + other.new, one.known + other.known)
