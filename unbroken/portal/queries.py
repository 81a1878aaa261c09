"""What the portal's pages show: frozen rows, fetched by permission."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation import queries as record
from unbroken.conversation.actions.reply import HELD
from unbroken.conversation.queries import TicketFacts
from unbroken.conversation.queries.told import told_ahead
from unbroken.directory import queries as directory
from unbroken.ground.actor import Actor
from unbroken.ground.log import events_of
from unbroken.ground.sql import rows, rows_of
from unbroken.ground.words import current_language
from unbroken.intake.mail.problems import CUT
from unbroken.portal import labels
from unbroken.portal.access import NUMBERS_END, Visitor, sight, with_sight
from unbroken.portal.clocks import Clock
from unbroken.portal.progress import Step, steps
from unbroken.promise import queries as promise
from unbroken.promise.queries import owed
from unbroken.routing.chain.happening import Standing, happening
from unbroken.routing.chain.reading import ChainView, chain_view
from unbroken.staffing import queries as staffing

PAGE = 30
_OUR_LINK = re.compile(r"/r/\d+\.\d+\.[\w-]+")
SHOWN_AS_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of my requests."""

    number: int
    name: str
    ticket_type: str
    status: str
    waiting_for: str
    pending_until: datetime | None
    created_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    customer: str
    reporter: str
    is_mine: bool
    measure: str | None
    due_at: datetime | None

    @property
    def status_word(self) -> str:
        return labels.status_word(self.status, self.waiting_for)

    @property
    def ended_at(self) -> datetime | None:
        return self.resolved_at or self.closed_at

    def promise(self, clock: Clock) -> str:
        """What was promised next, or what we did not keep."""
        assert self.due_at is not None
        time, is_broken = clock.by(self.due_at), clock.is_past(self.due_at)
        return labels.promise_sentence(self.measure or "", time, is_broken=is_broken)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file on a request; `held` is why it is not handed out."""

    id: int
    ticket_id: int
    message_id: int
    name: str
    media_type: str
    size: int
    held: str
    intake_id: int | None
    part: str
    blob_id: int | None

    @property
    def path_name(self) -> str:
        """The name as it may stand in an address."""
        return self.name.replace("/", "_").strip(". ") or "file"

    @property
    def is_image(self) -> bool:
        """Whether it may be shown in the page; its bytes are looked at once more then."""
        return not self.held and self.media_type in SHOWN_AS_IMAGES


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A message as it is stored."""

    id: int
    ticket_id: int
    direction: str
    kind: str
    author: str
    at: datetime
    from_name: str
    contact_name: str
    has_words: bool
    words: str | None
    quoted: str
    problem: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something said, with who said it. `side`: "us", "them", or "me"."""

    id: int
    side: str
    kind: str
    who: str
    at: datetime
    words: str
    quoted: str
    is_erased: bool
    is_cut: bool
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of one request shows."""

    ticket: TicketFacts
    topic: str
    service: str
    customer: str
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]
    merged: tuple[int, ...]
    seen: str
    happening: str
    """What is happening, in words meant for them."""
    progress: tuple[int, int] | None
    """So many of so many are done."""
    credited: tuple[str, ...]
    """What was credited for promises that we did not keep, an amount for each currency."""

    @property
    def status_word(self) -> str:
        return labels.status_word(self.ticket.status, self.ticket.waiting_for)


def my_requests(
    visitor: Visitor,
    *,
    is_open: bool,
    sites: Sequence[int] | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> list[RequestRow]:
    """What they asked, the latest first; of some sites only if asked."""
    params = sight(visitor) | {
        "is_open": is_open,
        "sites": None if sites is None else list(sites),
        "before": before,
        "limit": limit,
    }
    return rows_of(RequestRow, with_sight("requests"), params)


def page_of(visitor: Visitor, ticket: TicketFacts, language: str, *, at: datetime) -> Page:
    """One request. The caller has fetched the ticket by permission."""
    merged = record.merged_from(ticket.id)
    promises = promise.promises_of(ticket.id, at=at)
    topic = record.topic(ticket.topic_id) if ticket.topic_id else None
    service = directory.service(ticket.service_id) if ticket.service_id else None  # type: ignore[arg-type]
    customer = directory.customer(ticket.customer_id) if ticket.customer_id else None  # type: ignore[arg-type]
    entries = conversation(visitor, [ticket.id, *merged], at=at)
    line = steps(ticket, events_of([f"ticket:{ticket.id}"]), promises, at=at)
    chain = chain_view(ticket.id)
    said = _happening(chain, ticket, promises, visitor.zone, at)
    leg = chain.current
    return Page(
        ticket=ticket,
        topic=topic.name_in(language) if topic else "",
        service=service_name(service) if service else "",
        customer=customer.name if customer else "",
        steps=line,
        entries=entries,
        merged=merged,
        seen=_digest(line, entries, said),
        happening=said,
        progress=(leg.done_count or 0, leg.of_count) if leg and leg.of_count else None,
        credited=_credited(ticket.id) if any(one.state == "missed" for one in promises) else (),
    )


def _credited(ticket_id: int) -> tuple[str, ...]:
    _of_customers, whole = owed.sums(owed.credits(ticket_id=ticket_id))
    return tuple(f"{one.amount} {one.currency}" for one in whole)


def conversation(visitor: Visitor, tickets: Sequence[int], *, at: datetime) -> tuple[Entry, ...]:
    """What a customer may read of these tickets, in order."""
    said = _said(tickets, at=at)
    files = files_of([row.id for row in said])
    authors = [Actor.parse(row.author) for row in said]
    agents = staffing.agent_names(a.id for a in authors if a.kind == "agent" and a.id)
    return tuple(
        Entry(
            id=row.id,
            side=_side(visitor, row),
            kind=row.kind,
            who=_who(row, agents),
            at=row.at,
            words="" if row.kind == "receipt" else without_links(row.words or ""),
            quoted=without_links(row.quoted),
            is_erased=row.has_words and row.words is None,
            is_cut=row.problem == CUT,
            files=tuple(file for file in files if file.message_id == row.id),
        )
        for row in said
    )


def without_links(words: str) -> str:
    """Our own links open a request as the one they were sent to: nobody else reads them here."""
    return _OUR_LINK.sub("/r/…", words)


def files_of(messages: Sequence[int]) -> list[FileRow]:
    """The files of these messages."""
    return rows(FileRow, "portal/queries/files.sql", messages=list(messages), file=None)


def file_of(file_id: int) -> FileRow | None:
    """One file; whether it may be read is asked by `access`."""
    if file_id >= NUMBERS_END:
        return None
    found = rows(FileRow, "portal/queries/files.sql", messages=None, file=file_id)
    return found[0] if found else None


def may_read_message(message_id: int, ticket_id: int, *, at: datetime) -> bool:
    """Whether a message is part of what a customer may read of this ticket."""
    return any(row.id == message_id for row in _said([ticket_id], at=at))


def service_name(card: object) -> str:
    """A service as its customer knows it: the product, and what tells it from the others."""
    product = getattr(card, "product", "") or getattr(card, "technology", "")
    where = getattr(card, "place_name", "") or getattr(card, "access_name", "")
    return " · ".join(part for part in (product, where) if part) or str(getattr(card, "key", ""))


def _happening(
    chain: ChainView,
    ticket: TicketFacts,
    promises: Sequence[promise.PromiseRow],
    zone: str,
    at: datetime,
) -> str:
    """Only while there is more to say than the line of steps says."""
    told_by = told_ahead(ticket.id, at=at) if ticket.is_open else None
    if not ticket.is_open or not (chain.legs or told_by):
        return ""
    news = [one.due for one in promises if one.key == "next_news" and one.is_owed and one.due]
    standing = Standing(
        status=ticket.status,
        waiting_for=ticket.waiting_for,
        told_by=told_by,
        news_by=min(news, default=None) if min(news, default=at) > at else None,
        looked_at=True,
    )
    wall = Clock(zone).by
    language = current_language()
    return happening(chain, standing, at=at, at_words=wall, language=language).customer


def _digest(line: Sequence[Step], entries: Sequence[Entry], said: str) -> str:
    """Changes when anything on the page does; says nothing else."""
    shown = repr((line, said, [(one.id, one.is_erased, len(one.files)) for one in entries]))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _said(tickets: Sequence[int], *, at: datetime) -> list[SaidRow]:
    """An answer is shown when nobody can take it back any more."""
    return rows(SaidRow, "portal/queries/said.sql", tickets=list(tickets), settled_at=at - HELD)


def _side(visitor: Visitor, row: SaidRow) -> str:
    if row.direction == "out":
        return "us"
    author = Actor.parse(row.author)
    return "me" if author.kind == "contact" and author.id in visitor.ids else "them"


def _who(row: SaidRow, agents: dict[int, str]) -> str:
    author = Actor.parse(row.author)
    if row.direction == "out":
        return agents.get(author.id or 0, "") if author.kind == "agent" else ""
    return row.contact_name or row.from_name
