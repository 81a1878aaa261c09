"""`import mail`: boxes, folders and files of mail become history, whole families at a time.

Two passes. The first looks at every head: who is whose answer, what came twice; the mails go
into a spool on disk, so memory stays small. The second reads them, family by family in the
order of their dates, and writes batches of one transaction each. Stopped at any instant and
begun again it goes on where it was: what is in the record already is known.
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from unbroken.conversation import actions as conversation_actions
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.intake.desk import our_desk
from unbroken.intake.families import Named, families
from unbroken.intake.history import Archivist, PastMail, Relatives
from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import dates, dedupe_key, headers, mime, read
from unbroken.intake.mail.folders import MailFound, mails_in
from unbroken.intake.readers import Readers

BATCH_MAILS = 400
BATCH_BYTES = 16_000_000
COPY_WITHIN = timedelta(minutes=5)
READERS_FROM = 300
"""From so many mails on it pays to read them in processes of their own."""

_ID = re.compile(r"<[^<>\s]{1,500}>")
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)

Progress = Callable[[str, int, int], None]


@dataclass
class Report:
    """What became of it."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    tickets: set[int] = field(default_factory=set)
    adopted: int = 0


@dataclass(frozen=True, slots=True)
class _Spooled:
    """A mail by its head, and where its bytes lie."""

    label: str
    start: int
    size: int
    dedupe: bytes
    names: Named
    sender: str
    at: datetime


def import_mail(
    paths: Iterable[Path],
    *,
    mailbox: str = "",
    adopt: bool = False,
    at: datetime,
    spool_folder: Path | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Everything in these files and folders enters the record; nothing is sent."""
    report = Report()
    with tempfile.TemporaryFile(dir=spool_folder) as spool:
        mails: list[_Spooled] = []
        for found in _all_mails(paths, report):
            mails.append(_spooled(found, spool, number=len(mails), at=at))
            report.read += 1
            progress("looked at", len(mails), 0)
        mails = _each_its_name(sorted(mails, key=lambda mail: mail.at))
        related = families([mail.names for mail in mails])
        archivist = Archivist(mailbox=mailbox, at=at)
        unread = _unread(mails, related.members, archivist)
        report.known = done = len(mails) - sum(len(places) for places in unread)
        for batch in _read_batches(mails, unread, spool):
            kept = archivist.keep(batch)
            report.new += kept.new
            report.known += kept.known
            done += kept.new + kept.known
            progress("taken in", done, len(mails))
        archivist.link(related.links)
        report.tickets = archivist.tickets
    if adopt:
        report.adopted = _adopt(report.tickets, at=at)
    return report


def _all_mails(paths: Iterable[Path], report: Report) -> Iterator[MailFound]:
    for path in paths:
        if not path.exists():
            report.refused.append((str(path), "There is no such file or folder."))
            continue
        for found in mails_in(path):
            if not found.raw.strip():
                report.refused.append((found.label, found.problem or "The file is empty."))
                continue
            yield found


# ── the first pass: heads ─────────────────────────────────────────────────────


def _spooled(found: MailFound, spool: BinaryIO, *, number: int,
             at: datetime) -> _Spooled:  # fmt: skip
    start = spool.tell()
    spool.write(found.raw)
    data = mime.with_line_feeds(found.raw[: headers.HEAD_BYTES_MAX])
    head, _body = headers.cut_head(data, mime.start_of(data), len(data))
    return _Spooled(
        label=found.label,
        start=start,
        size=len(found.raw),
        dedupe=dedupe_key(found.raw),
        names=_names(head, number),
        sender=head.first("from").strip().lower()[:500],
        at=_written_at(head, now=at),
    )


def _each_its_name(mails: list[_Spooled]) -> list[_Spooled]:
    """Machines give all their mails one name; only copies of a mail may share it."""
    first: dict[str, _Spooled] = {}
    named = []
    for number, mail in enumerate(mails):
        twin = first.setdefault(mail.names.own, mail)
        is_copy = twin.sender == mail.sender and mail.at - twin.at <= COPY_WITHIN
        unnamed = replace(mail.names, own=f"(mail {number} again)")
        named.append(mail if is_copy else replace(mail, names=unnamed))
    return named


def _names(head: headers.Head, number: int) -> Named:
    """Old mailers name a person in In-Reply-To as well: "Message from Bob <bob@…> of <id>"."""
    people = "".join(head.first(name).lower() for name in ("from", "to", "cc"))[:100_000]
    own = _ID.search(head.first("message-id"))
    answers = _ID.findall(head.first("in-reply-to"))[-50:]
    return Named(
        own=own[0] if own else head.first("message-id").strip()[:500] or f"(mail {number})",
        answers=tuple(one for one in answers if one.lower() not in people),
        refers_to=tuple(dict.fromkeys(_ID.findall(head.first("references"))[-1000:])),
    )


def _written_at(head: headers.Head, *, now: datetime) -> datetime:
    """Its own date; where that cannot be, when the last server had it; else now."""
    last_hop = head.first("received").rpartition(";")[2]
    for text in (head.first("date"), last_hop, head.first("delivery-date")):
        found = dates.read(text)
        if found is not None and _EARLIEST < found <= now + timedelta(days=1):
            return min(found, now)
    return now


def _unread(
    mails: list[_Spooled], members: Iterable[tuple[int, ...]], archivist: Archivist
) -> list[tuple[int, ...]]:
    """Families without what is in the record already; a known relative tells their ticket."""
    known = archivist.recall([mail.dedupe for mail in mails])
    unread = []
    for number, places in enumerate(members):
        archivist.note(number, [known[mails[p].dedupe] for p in places if mails[p].dedupe in known])
        unread.append(tuple(p for p in places if mails[p].dedupe not in known))
    return unread


# ── the second pass: bodies ───────────────────────────────────────────────────


def _read_batches(
    mails: list[_Spooled],
    members: Iterable[tuple[int, ...]],
    spool: BinaryIO,
) -> Iterator[list[Relatives]]:
    """Batches of families, read; the next is being read while this one is being written."""
    desk = our_desk()
    if len(mails) < READERS_FROM:
        for batch in _batches(mails, members):
            raws = [_bytes_of(mails[place], spool) for _, part in batch for place in part]
            yield _joined(mails, batch, raws, [read(raw, desk) for raw in raws])
        return
    with Readers() as readers:
        waiting = None
        for batch in _batches(mails, members):
            raws = [_bytes_of(mails[place], spool) for _, part in batch for place in part]
            coming = readers.read(raws, desk)
            if waiting is not None:
                yield _joined(mails, *waiting)
            waiting = (batch, raws, coming)
        if waiting is not None:
            yield _joined(mails, *waiting)


_Batch = list[tuple[int, list[int]]]
"""Family numbers, and the places of those of their members that are in this batch."""


def _batches(mails: list[_Spooled], members: Iterable[tuple[int, ...]]) -> Iterator[_Batch]:
    """A family stays together; one too large is cut, and its parts follow one another."""
    batch: _Batch = []
    count = size = 0
    for number, places in enumerate(members):
        for part in _parts(mails, places):
            part_size = sum(mails[place].size for place in part)
            is_next = bool(batch) and batch[-1][0] == number
            if batch and (
                is_next or count + len(part) > BATCH_MAILS or size + part_size > BATCH_BYTES
            ):
                yield batch
                batch, count, size = [], 0, 0
            batch.append((number, part))
            count, size = count + len(part), size + part_size
    if batch:
        yield batch


def _parts(mails: list[_Spooled], places: tuple[int, ...]) -> Iterator[list[int]]:
    part: list[int] = []
    size = 0
    for place in places:
        if part and (len(part) >= BATCH_MAILS or size + mails[place].size > BATCH_BYTES):
            yield part
            part, size = [], 0
        part.append(place)
        size += mails[place].size
    if part:
        yield part


def _bytes_of(mail: _Spooled, spool: BinaryIO) -> bytes:
    spool.seek(mail.start)
    return spool.read(mail.size)


def _joined(
    mails: list[_Spooled], batch: _Batch, raws: list[bytes], said: Iterable[Inbound]
) -> list[Relatives]:
    both = zip(raws, said, strict=True)
    joined = []
    for number, part in batch:
        past = []
        for place in part:
            raw, inbound = next(both)
            mail = mails[place]
            past.append(PastMail(mail.label, raw, mail.dedupe, mail.at, mail.names.names, inbound))
        joined.append(Relatives(number, tuple(past)))
    return joined


# ── afterwards ────────────────────────────────────────────────────────────────


def _adopt(tickets: Iterable[int], *, at: datetime) -> int:
    """The open ones become ours; promises begin on them now."""
    adopted = 0
    for number in sorted(tickets):
        facts = conversation.ticket_facts(number)
        if facts is not None and facts.imported and facts.is_open:
            conversation_actions.adopt_ticket(ticket_id=TicketId(number), by=HOUSE, at=at)
            adopted += 1
    return adopted
