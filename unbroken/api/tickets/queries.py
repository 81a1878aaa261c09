"""Tickets as other systems see them: rows, and the JSON that is made of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings

from unbroken.api.tickets.hands import Hands, Passing, hands_of
from unbroken.api.tickets.narrowing import EVERYTHING, Narrowing
from unbroken.ground.sql import rows

Json = dict[str, Any]

FIELDS = (
    "number",
    "href",
    "externalId",
    "name",
    "ticketType",
    "status",
    "waitingFor",
    "pendingUntil",
    "impact",
    "urgency",
    "priority",
    "channel",
    "category",
    "tags",
    "language",
    "customer",
    "customerId",
    "contactId",
    "service",
    "serviceId",
    "group",
    "assigneeId",
    "creationDate",
    "reportedDate",
    "lastUpdate",
    "resolutionDate",
    "closed",
    "mergedInto",
    "groups",
    "handovers",
    "returns",
    "reopened",
)
ALWAYS = frozenset({"number", "href"})
COUNTED = frozenset({"groups", "handovers", "returns", "reopened"})
SEES_ALL: Json = {"sees_all": True, "teams": [], "token": ""}
"""The reader at the desk's own command line."""


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket's own columns, with keys in place of ids where the outside knows them."""

    number: int
    external_id: str
    name: str
    ticket_type: str
    status: str
    waiting_for: str
    pending_until: datetime | None
    impact: str
    urgency: str
    priority: str
    channel: str
    category: str | None
    tags: list[str]
    language: str
    customer: str | None
    customer_id: int | None
    contact_id: int | None
    service: str | None
    service_id: int | None
    team: str | None
    assignee_id: int | None
    created_at: datetime
    reported_at: datetime
    changed_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    merged_into: int | None


def tickets(
    narrowing: Narrowing = EVERYTHING,
    *,
    sight: Json,
    limit: int,
    before: int | None = None,
    fields: Sequence[str] = FIELDS,
) -> list[Json]:
    """Tickets that fit, the newest number first; `before` is where the last page ended."""
    found = rows(
        TicketRow,
        "api/tickets/queries/tickets.sql",
        **sight,
        **narrowing.as_params(),
        before=before,
        limit=limit,
    )
    numbers = [row.number for row in found]
    hands = hands_by_number(numbers) if COUNTED.intersection(fields) else {}
    return [as_json(row, hands.get(row.number, Hands()), fields) for row in found]


def hands_by_number(numbers: Iterable[int]) -> dict[int, Hands]:
    """Through whose hands each of these tickets went."""
    streams = [f"ticket:{number}" for number in numbers]
    passings = rows(Passing, "api/tickets/queries/hands.sql", streams=streams) if streams else []
    return {
        int(stream.rpartition(":")[2]): hands_of(of_one)
        for stream, of_one in groupby(passings, key=lambda passing: passing.stream)
    }


def as_json(row: TicketRow, hands: Hands, fields: Sequence[str] = FIELDS) -> Json:
    """A ticket by the names of TMF621; its number and address are always told."""
    whole = {
        "number": row.number,
        "href": href(row.number),
        "externalId": row.external_id or None,
        "name": row.name,
        "ticketType": row.ticket_type,
        "status": row.status,
        "waitingFor": row.waiting_for or None,
        "pendingUntil": iso(row.pending_until),
        "impact": row.impact,
        "urgency": row.urgency,
        "priority": row.priority,
        "channel": row.channel,
        "category": row.category,
        "tags": row.tags,
        "language": row.language,
        "customer": row.customer,
        "customerId": row.customer_id,
        "contactId": row.contact_id,
        "service": row.service,
        "serviceId": row.service_id,
        "group": row.team,
        "assigneeId": row.assignee_id,
        "creationDate": iso(row.created_at),
        "reportedDate": iso(row.reported_at),
        "lastUpdate": iso(row.changed_at),
        "resolutionDate": iso(row.resolved_at),
        "closed": iso(row.closed_at),
        "mergedInto": row.merged_into,
        "groups": list(hands.groups),
        "handovers": hands.handovers,
        "returns": hands.returns,
        "reopened": hands.reopened,
    }
    return {name: value for name, value in whole.items() if name in ALWAYS or name in fields}


def href(number: int, *below: object) -> str:
    """The address of a ticket, or of something on it."""
    path = "/".join(str(part) for part in (number, *below))
    return f"{settings.BASE_URL}/api/tickets/{path}"


def iso(at: datetime | None) -> str | None:
    """A time as the outside reads it."""
    return at.isoformat() if at else None
