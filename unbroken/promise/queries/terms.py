"""Under which agreement a ticket or a customer stands.

The book is kept in memory and read anew when its stamp (which rows, in which version) is
not the one in the database, so a changed agreement counts from the next question on.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from unbroken.calendars import queries as calendars
from unbroken.conversation.queries.topics import topic_paths
from unbroken.ground.kept import Kept
from unbroken.ground.sql import row, rows
from unbroken.ground.words import in_language
from unbroken.promise.book import Aim, Book, Entry, Resolved, Target, bind
from unbroken.promise.legs import GIVEN, InternalBook, InternalTerms
from unbroken.promise.measures import kinds
from unbroken.promise.models import Agreement, InternalTarget
from unbroken.promise.timeline import due_at

FIRST_ANSWER = "first_answer"
KINDS = sorted(kinds() | GIVEN | {"ticket.absorbed", "ticket.merged"})
"""What the record is asked for: everything that moves some clock, whose hands it was in, merges."""

_kept: Book | None = None


@dataclass(frozen=True, slots=True)
class TicketTerms:
    """A ticket as far as its promises depend on it."""

    ticket_id: int
    ticket_type: str
    priority: str
    status: str
    service_id: int | None
    topic_id: int | None
    asked: str
    asked_by: str
    """Who names it: the service, its product, all services of the customer, the customer."""
    stamp: str
    record: str | None
    """What happened on it, as far as a measure listens: still JSON, read when counted."""


@dataclass(frozen=True, slots=True)
class OwnerTerms:
    """The agreement that a service, product or customer names, and the book's stamp."""

    asked: str
    stamp: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement as people read it; `note` says why it applies although none was named so."""

    key: str
    name: str
    calendar: str
    is_default: bool
    aims: tuple[Aim, ...]
    note: str = ""


class Promised(Protocol):
    """What a receipt needs to know of a ticket; the record's `TicketFacts` has it all."""

    @property
    def ticket_type(self) -> str: ...
    @property
    def priority(self) -> str: ...
    @property
    def topic_id(self) -> int | None: ...
    @property
    def customer_id(self) -> int | None: ...
    @property
    def service_id(self) -> int | None: ...
    @property
    def reported_at(self) -> datetime: ...


def ticket_terms(ticket_id: int) -> TicketTerms | None:
    """One ticket's classification, and the agreement key its service names."""
    return row(TicketTerms, "promise/queries/ticket_terms.sql", ticket_id=ticket_id, kinds=KINDS)


def owner_terms(*, service_id: int | None, customer_id: int | None) -> OwnerTerms:
    """The agreement key of a service or its product, else of the customer or all its services."""
    found = row(
        OwnerTerms,
        "promise/queries/owner_terms.sql",
        service_id=service_id,
        customer_id=customer_id,
    )
    assert found is not None
    return found


def present_book() -> Book:
    """The agreements as they are in the database now."""
    return book(owner_terms(service_id=None, customer_id=None).stamp)


def book(stamp: str) -> Book:
    """The agreements under this stamp, from memory if they are the ones kept there."""
    global _kept
    kept = _kept
    if kept is None or kept.stamp != stamp:
        kept = _kept = bind(stamp, _entries(), topic_paths(), *_internal())
    return kept


def due_for_receipt(ticket: Promised, *, at: datetime) -> datetime | None:
    """By when a person answers, under this customer's agreement, on its calendar.

    None when nothing is promised, or when that time has already passed: a receipt names
    no time that cannot be kept. Computed afresh, never read from a clock's row.
    """
    asked = owner_terms(service_id=ticket.service_id, customer_id=ticket.customer_id)
    terms = book(asked.stamp).resolve(asked.asked).terms
    target = terms and terms.target(
        FIRST_ANSWER,
        ticket_type=ticket.ticket_type,
        priority=ticket.priority,
        topic=ticket.topic_id,
    )
    if not terms or not target:
        return None
    due = due_at(terms.calendar, ticket.reported_at, target.seconds)
    return due if due is not None and due > at else None


def agreement_of(*, service_id: int | None, customer_id: int | None) -> AgreementRow | None:
    """The agreement that applies, in words; None when there is none at all."""
    asked = owner_terms(service_id=service_id, customer_id=customer_id)
    resolved = book(asked.stamp).resolve(asked.asked)
    if resolved.terms is None:
        return None
    return _row(resolved, book(asked.stamp))


def agreements() -> list[AgreementRow]:
    """Every agreement, by key."""
    present = present_book()
    return [_row(present.resolve(key), present) for key in present.terms]


@dataclass(frozen=True, slots=True)
class NamedAgreement:
    """An agreement by the number its stream has."""

    id: int
    key: str
    name: str
    calendar: str
    is_default: bool


def named_agreements() -> list[NamedAgreement]:
    """Every agreement, also one whose calendar is gone, by name."""
    columns = ("id", "key", "name", "calendar", "is_default")
    return [
        NamedAgreement(*row) for row in Agreement.objects.order_by("name").values_list(*columns)
    ]


def due_now(
    agreement: str, measure: str, *, ticket_type: str, priority: str, at: datetime
) -> datetime | None:
    """When a request that came at this instant would be due; None when nothing is promised."""
    terms = present_book().terms.get(agreement)
    target = terms and terms.target(measure, ticket_type=ticket_type, priority=priority)
    return due_at(terms.calendar, at, target.seconds) if terms and target else None


def target_for(ticket: TicketTerms, measure: str, resolved: Resolved) -> Target | None:
    """What this ticket was promised in this respect."""
    if resolved.terms is None:
        return None
    return resolved.terms.target(
        measure,
        ticket_type=ticket.ticket_type,
        priority=ticket.priority,
        topic=ticket.topic_id,
    )


def _row(resolved: Resolved, present: Book) -> AgreementRow:
    terms = resolved.terms
    assert terms is not None
    note = in_language(resolved.note, key=resolved.asked) if resolved.note else ""
    return AgreementRow(
        key=terms.key,
        name=terms.name,
        calendar=terms.calendar_key,
        is_default=terms.key == present.default,
        aims=tuple(terms.aims.values()),
        note=note,
    )


def _internal() -> tuple[InternalBook, str]:
    """The targets within the house whose calendar exists, and their text for editions."""
    stored = InternalTarget.objects.exclude(seconds={}).order_by("whose", "whose_id")
    columns = ("whose", "whose_id", "calendar", "seconds", "warning_share")
    found = list(stored.values_list(*columns))
    if not found:
        return {}, ""
    hours = {one.key: one for one in calendars.calendars()}
    known = [one for one in found if one[2] in hours]
    terms = {
        (whose, whose_id): InternalTerms(seconds, hours[calendar].hours, share)
        for whose, whose_id, calendar, seconds, share in known
    }
    text = json.dumps([[*one, hours[one[2]].text] for one in known])
    return terms, text


def has_internal_targets() -> bool:
    """Whether some team or partner owes its legs in a time; a few seconds old."""
    return kept_has_internal()


kept_has_internal = Kept(lambda: InternalTarget.objects.exclude(seconds={}).exists())


@dataclass(frozen=True, slots=True)
class StoredAgreement:
    """One line of `book.sql`."""

    key: str
    name: str
    is_default: bool
    calendar: str
    aims: str


def _entries() -> list[Entry]:
    """All agreements whose calendar exists."""
    stored = rows(StoredAgreement, "promise/queries/book.sql")
    hours = {found.key: found for found in calendars.calendars()}
    return [
        Entry(
            key=one.key,
            name=one.name,
            is_default=one.is_default,
            calendar_key=one.calendar,
            calendar_text=hours[one.calendar].text,
            calendar=hours[one.calendar].hours,
            aims=tuple(Aim(**aim) for aim in json.loads(one.aims)),
        )
        for one in stored
        if one.calendar in hours
    ]
