"""Why each promise of a ticket is due when it is, with the agreement and what it was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from unbroken.calendars import queries as calendars
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import events_of
from unbroken.ground.words import Phrase, in_language
from unbroken.promise.book import Aim, Resolved, Terms
from unbroken.promise.legs import hands_of
from unbroken.promise.measures import all_measures
from unbroken.promise.models import Agreement
from unbroken.promise.queries.promises import (
    PromiseRow,
    judged_of,
    row_of,
    standings,
    violations_of,
)
from unbroken.promise.queries.terms import TicketTerms, book, ticket_terms
from unbroken.promise.why import REASONS, Earlier, Replaced, Step, earlier_promises, walk


@dataclass(frozen=True, slots=True)
class Explained:
    """A promise, how it came about, step by step, and what was promised before a change."""

    promise: PromiseRow
    steps: tuple[Step, ...]
    earlier: tuple[Earlier, ...]
    label: Phrase


@dataclass(frozen=True, slots=True)
class Why:
    """The promises of a ticket explained: under which agreement, why that one, in which hours."""

    ticket_id: int
    at: datetime
    priority: str
    ticket_type: str
    agreement: str
    agreement_name: str
    reason: str
    calendar: str
    zone: str
    promises: tuple[Explained, ...]


def why(ticket_id: int, *, at: datetime) -> Why | None:
    """Everything that was promised on a ticket, explained; None when there is no such ticket."""
    ticket = ticket_terms(ticket_id)
    if ticket is None:
        return None
    resolved = book(ticket.stamp).resolve(ticket.asked)
    terms = resolved.terms
    return Why(
        ticket_id=ticket_id,
        at=at,
        priority=ticket.priority,
        ticket_type=ticket.ticket_type,
        agreement=terms.key if terms else "",
        agreement_name=terms.name if terms else "",
        reason=reason_of(resolved, ticket.asked_by),
        calendar=terms.calendar_key if terms else "",
        zone=terms.calendar.zone.key if terms else "UTC",
        promises=_explained(ticket, resolved, terms, at) if terms else (),
    )


def reason_of(resolved: Resolved, asked_by: str) -> str:
    """Why this agreement and no other, in the reader's language."""
    if resolved.note is not None:
        return in_language(resolved.note, key=resolved.asked)
    return in_language(REASONS[asked_by]) if asked_by in REASONS else ""


def _explained(
    ticket: TicketTerms, resolved: Resolved, terms: Terms, at: datetime
) -> tuple[Explained, ...]:
    missed = {(row.measure, row.cause) for row in violations_of(ticket.ticket_id)}
    judged = judged_of(ticket.ticket_id)
    stream = f"ticket:{ticket.ticket_id}"
    agreement = Agreement.objects.filter(key=terms.key).values_list("pk", flat=True).get()
    happened = events_of([stream, f"agreement:{agreement}"])
    own = [event for event in happened if event.stream == stream]
    replaced = _replaced([event for event in happened if event.stream != stream], terms)
    hands = hands_of(own)
    return tuple(
        Explained(
            promise=row_of(key, standing, missed, judged),
            steps=walk(standing, terms.calendar, at=at, hands=hands),
            earlier=earlier_promises(key, standing.run, own, terms, replaced),
            label=all_measures()[key].label,
        )
        for key, found in standings(ticket, resolved, at=at).items()
        for standing in found
    )


def _replaced(changes: Sequence[LoggedEvent], terms: Terms) -> list[Replaced]:
    """What an agreement said before each of its changes, as far as the record tells."""
    told = [(e, e.data["was"]) for e in changes if e.kind == "agreement.set" and e.data.get("was")]
    keys = {was["calendar"] for _event, was in told}
    hours = {row.key: row.hours for row in calendars.calendars(sorted(keys))} if keys else {}
    return [Replaced(e.at, e.by, _as_it_was(terms, was, hours)) for e, was in told]


def _as_it_was(terms: Terms, was: Mapping[str, Any], hours: Mapping[str, Any]) -> Terms:
    aims = {aim.place: aim for aim in (Aim(**one) for one in was["aims"])}
    return replace(
        terms,
        aims=aims,
        calendar_key=was["calendar"],
        calendar=hours.get(was["calendar"], terms.calendar),
    )
