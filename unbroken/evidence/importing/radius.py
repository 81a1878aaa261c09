"""`import radius`: FreeRADIUS `detail` and `reply_log` files, and refusals in its log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from django.db import transaction

from unbroken.evidence.importing.files import Report, take_files
from unbroken.evidence.radius import detail
from unbroken.evidence.radius.detail import NotRead, Reply
from unbroken.evidence.radius.entries import DETAIL, Entry, pack
from unbroken.evidence.radius.records import Record
from unbroken.evidence.reading import naming_now, words
from unbroken.evidence.state import partitions, radius, replies
from unbroken.ground.clock import now
from unbroken.ground.progress import Taken

BATCH = 2_000
LOG_LINES_MAX = 3
"""A block of so many lines without an attribute is a line of the log, not a broken record."""


@dataclass
class _Batch:
    records: list[tuple[Record, bytes]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.records) + len(self.replies)


def import_radius(names: Iterable[str], *, zone: tzinfo) -> Taken:
    """Everything in these files; a second time nothing is new. `zone`: of times without one."""
    naming, dictionary = naming_now(), words()

    def work(name: str, lines: Iterable[bytes], report: Report) -> None:
        batch = _Batch()
        for number, block in detail.blocks(lines):
            try:
                record = detail.read_block(block, naming=naming, words=dictionary, zone=zone)
                reply = None if record else detail.read_reply(block, naming=naming, zone=zone)
            except (NotRead, OverflowError) as problem:
                report.read += 1
                report.refuse(f"{name}:{number}", str(problem))
                continue
            if record is not None:
                batch.records.append((record, block))
            elif reply is not None:
                batch.replies.append(reply)
            elif not _is_of_the_log(block):
                report.read += 1
                report.refuse(f"{name}:{number}", "It is no accounting record and no answer.")
            if len(batch) >= BATCH:
                _keep(batch, report)
                batch = _Batch()
        _keep(batch, report)

    return take_files(names, work, what="accounting records")


def _is_of_the_log(block: bytes) -> bool:
    """FreeRADIUS says much in its log that is about itself."""
    return b" : " in block[:40] and block.count(b"\n") <= LOG_LINES_MAX


def _keep(batch: _Batch, report: Report) -> None:
    at = now()
    with transaction.atomic():
        folded, new = radius.fold_records([record for record, _ in batch.records])
        are_new = {id(record) for record in new}
        raw = [
            Entry(record.arrived_at.timestamp(), "", DETAIL, block)
            for record, block in batch.records
            if id(record) in are_new
        ]
        if raw:
            partitions.ensure("radius_batch", {at.date()})
            arrived = (min(_arrivals(raw)), max(_arrivals(raw)))
            radius.keep(pack(raw), len(raw), taken_at=at, arrived=arrived, is_folded=True)
        new_replies = replies.note(batch.replies, arrived_at=None)
    report.read += len(batch)
    report.new += folded.new + new_replies
    report.known += folded.known + len(batch.replies) - new_replies


def _arrivals(raw: list[Entry]) -> list[datetime]:
    return [datetime.fromtimestamp(entry.arrived, UTC) for entry in raw]
