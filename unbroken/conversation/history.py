"""Requests of the past enter the record: whole, with their own dates, without consequences.

A past ticket is written at once with everything that was said on it; more may be said on a
ticket that exists already. Nothing is sent, no promise begins; an agent adopts what is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.conversation.events import ParticipantJoined, TicketAcknowledged, TicketRelated
from unbroken.conversation.events_said import MessageAdded, RemarkAdded, TicketReplied
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.models import (
    Attachment,
    Message,
    Participant,
    TicketRelationship,
    TroubleTicket,
)
from unbroken.conversation.queries.matrix import priority_for
from unbroken.ground.actor import HOUSE
from unbroken.ground.history import Book, Historian

Joins = tuple[int, str, bool]
"""Somebody takes part: contact id, role, confirmed."""

_TICKET = (
    "id", "version", "changed_at", "name", "ticket_type", "status", "impact", "urgency",
    "priority", "topic_id", "customer_id", "contact_id", "service_id", "team_id", "assignee_id",
    "channel", "mailbox", "language", "tags", "external_id", "created_at", "reported_at",
    "resolved_at", "closed_at", "customer_wrote_at", "answered_at", "imported",
)  # fmt: skip
_MESSAGE = (
    "id", "stream", "version", "ticket_id", "kind", "direction", "audience", "author", "channel",
    "at", "subject", "from_name", "from_address", "to", "cc", "message_id", "words_id",
    "quoted_id", "intake_id", "sha256", "problem",
)  # fmt: skip
_FILE = (
    "id", "stream", "version", "ticket_id", "message_id", "name", "original_name", "media_type",
    "size", "sha256", "inline", "content_id", "held", "intake_id", "part", "blob_id",
)  # fmt: skip
_PARTICIPANT = ("id", "stream", "version", "ticket_id", "contact_id", "role", "confirmed")


@dataclass(frozen=True, slots=True)
class PastMessage:
    """Something that was said, and who takes part from then on because of it."""

    said: Incoming
    direction: str = "in"
    joins: tuple[Joins, ...] = ()


@dataclass(frozen=True, slots=True)
class PastMove:
    """Something else that happened: resolved, closed, assigned; as an event of the record."""

    told: object
    at: datetime
    by: str = str(HOUSE)


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A request of the past with everything that was said on it, in order of time."""

    opening: Opening
    messages: tuple[PastMessage, ...]
    moves: tuple[PastMove, ...] = ()
    status: str = "acknowledged"
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    team_id: int | None = None
    assignee_id: int | None = None
    tags: tuple[str, ...] = ()
    priority: str = ""
    """As another desk had it; empty: what the matrix says."""


def write_tickets(tickets: Iterable[PastTicket], *, historian: Historian) -> list[TicketId]:
    """All of them in one transaction; returns their numbers, in order."""
    with historian.book() as book:
        priorities: dict[tuple[str, str], str] = {}
        return [_write(book, ticket, priorities) for ticket in tickets]


def add_messages(
    *, ticket_id: TicketId, messages: Sequence[PastMessage], historian: Historian
) -> None:
    """More of the past on a ticket that exists; its state and its promises stay as they are."""
    with historian.book() as book:
        ticket = TroubleTicket.objects.select_for_update(no_key=True).get(pk=ticket_id)
        pen = _Pen(book, ticket_id, version=ticket.version, at=ticket.changed_at)
        pen.known = set(
            Participant.objects.filter(ticket_id=ticket_id).values_list("contact_id", flat=True)
        )
        for message in messages:
            pen.add(message)
        book.alter(
            ticket,
            version=pen.version,
            changed_at=pen.at,
            customer_wrote_at=_latest(ticket.customer_wrote_at, pen.customer_wrote_at),
            answered_at=_latest(ticket.answered_at, pen.answered_at),
        )


def continue_ticket(
    *,
    ticket_id: TicketId,
    moves: Sequence[PastMove],
    columns: Mapping[str, object],
    historian: Historian,
) -> None:
    """What happened to it at the other desk since it was taken in, and how it stands now."""
    with historian.book() as book:
        ticket = TroubleTicket.objects.select_for_update(no_key=True).get(pk=ticket_id)
        pen = _Pen(book, ticket_id, version=ticket.version, at=ticket.changed_at)
        for move in moves:
            pen.tell(move.told, at=move.at, by=move.by)
        book.alter(ticket, version=pen.version, changed_at=pen.at, **columns)


def said_already(ticket_ids: Iterable[int], message_ids: Iterable[str]) -> set[str]:
    """Which of these Message-IDs are on record on these tickets."""
    found = Message.objects.filter(ticket_id__in=list(ticket_ids), message_id__in=list(message_ids))
    return set(found.values_list("message_id", flat=True))


def relate_past_tickets(
    pairs: Iterable[tuple[TicketId, TicketId]], *, historian: Historian
) -> None:
    """Tickets that were named on one another; a link that is there already stays as it is."""
    for ticket_id, other_id in pairs:
        with historian.book() as book:
            ticket = TroubleTicket.objects.select_for_update(no_key=True).get(pk=ticket_id)
            link = {"ticket_id": ticket_id, "other_id": other_id, "kind": "related"}
            back = {"ticket_id": other_id, "other_id": ticket_id, "kind": "related"}
            standing = TicketRelationship.objects.filter(ended_at__isnull=True)
            if ticket_id == other_id or standing.filter(**link).exists():
                continue
            if standing.filter(**back).exists():
                continue
            pen = _Pen(book, ticket_id, version=ticket.version, at=ticket.changed_at)
            told = TicketRelated(other=other_id, relation="related")
            pen.tell(told, at=ticket.changed_at, by=str(HOUSE))
            book.put_child(TicketRelationship(**link), stream=pen.stream, version=pen.version)
            book.alter(ticket, version=pen.version, changed_at=pen.at)


class _Pen:
    """Writes on one ticket: keeps its version and never lets its time run backwards."""

    def __init__(self, book: Book, ticket_id: int, *, version: int, at: datetime) -> None:
        self.book = book
        self.ticket_id = ticket_id
        self.stream = f"ticket:{ticket_id}"
        self.version = version
        self.at = at
        self.known: set[int] = set()
        self.customer_wrote_at: datetime | None = None
        self.answered_at: datetime | None = None

    def tell(self, told: object, *, at: datetime, by: str) -> None:
        self.version += 1
        self.at = max(self.at, at)
        self.book.tell(self.stream, self.version, told, at=self.at, by=by)

    def join(self, joins: tuple[Joins, ...], *, at: datetime, by: str) -> None:
        for contact_id, role, confirmed in joins:
            if contact_id not in self.known:
                told = ParticipantJoined(contact=contact_id, role=role, confirmed=confirmed)
                self.tell(told, at=at, by=by)
                self.keep_participant(contact_id, role, confirmed)

    def keep_participant(self, contact_id: int, role: str, confirmed: bool) -> None:
        self.known.add(contact_id)
        row_id = self.book.historian.draw(Participant)
        row = (row_id, self.stream, self.version, self.ticket_id, contact_id, role, confirmed)
        self.book.put(Participant, _PARTICIPANT, row)

    def add(self, message: PastMessage) -> None:
        """A message with its own event."""
        said = message.said
        by = str(said.author)
        self.join(message.joins, at=said.at, by=by)
        message_id = self.book.historian.draw(Message)
        self.tell(_told(message, message_id), at=said.at, by=by)
        self.keep(message, message_id, by)

    def keep(self, message: PastMessage, message_id: int, by: str) -> None:
        """A message under the event told last."""
        said, book = message.said, self.book
        place: dict[str, Any] = {"stream": self.stream, "version": self.version, "whose": by}
        words, quoted = book.said(said.words, **place), book.said(said.quoted, **place)
        book.put(
            Message,
            _MESSAGE,
            (
                message_id, self.stream, self.version, self.ticket_id, said.kind,
                message.direction, said.audience, by, said.channel, said.at, said.subject,
                said.sender[0], said.sender[1], said.to, said.cc, said.message_id, words, quoted,
                said.intake_id, said.sha256, said.problem,
            ),
        )  # fmt: skip
        if said.files:
            self._keep_files(said, message_id, place)
        if said.kind == "message" and message.direction == "out":
            self.answered_at = _latest(self.answered_at, said.at)
        elif said.kind == "message" and message.direction == "in":
            self.customer_wrote_at = _latest(self.customer_wrote_at, said.at)

    def _keep_files(self, said: Incoming, message_id: int, place: dict[str, Any]) -> None:
        for file in said.files:
            blob = None if file.data is None else self.book.kept(file.data, **place)
            self.book.put(
                Attachment,
                _FILE,
                (
                    self.book.historian.draw(Attachment), self.stream, self.version,
                    self.ticket_id, message_id, file.name, file.original_name, file.media_type,
                    file.size, file.sha256, file.inline, file.content_id, file.held,
                    said.intake_id if file.data is None else None, file.part, blob,
                ),
            )  # fmt: skip


def _write(book: Book, ticket: PastTicket, priorities: dict[tuple[str, str], str]) -> TicketId:
    opening, messages = ticket.opening, ticket.messages
    ticket_id = book.historian.draw(TroubleTicket)
    first = messages[0] if messages else None
    born_at = first.said.at if first else opening.reported_at
    pen = _Pen(book, ticket_id, version=0, at=born_at)
    message_id = book.historian.draw(Message) if first else None
    priority = ticket.priority or _priority(opening, priorities)
    by = str(first.said.author) if first else str(HOUSE)
    pen.tell(_acknowledged(opening, message_id, priority), at=born_at, by=by)
    if first is not None and message_id is not None:
        pen.keep(first, message_id, by)
    if opening.contact_id is not None:
        pen.keep_participant(opening.contact_id, "reporter", opening.contact_confirmed)
    if opening.also:
        pen.join(opening.also, at=born_at, by=by)
    for message in messages[1:]:
        pen.add(message)
    for move in ticket.moves:
        pen.tell(move.told, at=move.at, by=move.by)
    book.put(TroubleTicket, _TICKET, _columns(ticket, pen, priority, born_at))
    return TicketId(ticket_id)


def _columns(ticket: PastTicket, pen: _Pen, priority: str, born_at: datetime) -> tuple[Any, ...]:
    opening = ticket.opening
    return (
        pen.ticket_id, pen.version, pen.at, opening.name, opening.ticket_type, ticket.status,
        opening.impact, opening.urgency, priority, opening.topic_id, opening.customer_id,
        opening.contact_id, opening.service_id, ticket.team_id, ticket.assignee_id,
        opening.channel, opening.mailbox, opening.language, list(ticket.tags),
        opening.external_id, born_at, opening.reported_at, ticket.resolved_at, ticket.closed_at,
        pen.customer_wrote_at, pen.answered_at, True,
    )  # fmt: skip


def _acknowledged(opening: Opening, message_id: int | None, priority: str) -> TicketAcknowledged:
    return TicketAcknowledged(
        message=message_id,
        reported_at=opening.reported_at,
        ticket_type=opening.ticket_type,
        channel=opening.channel,
        priority=priority,
        customer=opening.customer_id,
        contact=opening.contact_id,
        service=opening.service_id,
        may_answer=opening.may_answer,
    )


def _told(message: PastMessage, message_id: int) -> object:
    if message.direction == "out":
        return TicketReplied(message=message_id)
    if message.said.kind == "message":
        return MessageAdded(message=message_id)
    return RemarkAdded(message=message_id, kind=message.said.kind)


def _priority(opening: Opening, known: dict[tuple[str, str], str]) -> str:
    cell = (opening.impact, opening.urgency)
    if cell not in known:
        known[cell] = priority_for(*cell)
    return known[cell]


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other
