"""Tickets as other systems see them: rows, and the JSON that is made of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings

from unbroken.api.tickets.hands import Hands, Passing, hands_of
from unbroken.api.tickets.narrowing import EVERYTHING, Narrowing
from unbroken.ground.sql import row, rows

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
    "characteristic",
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
    fields: Any


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
    numbers = [one.number for one in found]
    hands = hands_by_number(numbers) if COUNTED.intersection(fields) else {}
    return [as_json(one, hands.get(one.number, Hands()), fields) for one in found]


def ticket_row(number: int) -> TicketRow:
    """One ticket, which the caller has found for a reader who may see it."""
    found = row(TicketRow, "api/tickets/queries/ticket.sql", number=number)
    assert found is not None, "the caller has found it"
    return found


def hands_by_number(numbers: Iterable[int]) -> dict[int, Hands]:
    """Through whose hands each of these tickets went."""
    streams = [f"ticket:{number}" for number in numbers]
    passings = rows(Passing, "api/tickets/queries/hands.sql", streams=streams) if streams else []
    return {
        int(stream.rpartition(":")[2]): hands_of(of_one)
        for stream, of_one in groupby(passings, key=lambda passing: passing.stream)
    }


def as_json(one: TicketRow, hands: Hands, fields: Sequence[str] = FIELDS) -> Json:
    """A ticket by the names of TMF621; its number and address are always told."""
    whole = {
        "number": one.number,
        "href": href(one.number),
        "externalId": one.external_id or None,
        "name": one.name,
        "ticketType": one.ticket_type,
        "status": one.status,
        "waitingFor": one.waiting_for or None,
        "pendingUntil": iso(one.pending_until),
        "impact": one.impact,
        "urgency": one.urgency,
        "priority": one.priority,
        "channel": one.channel,
        "category": one.category,
        "tags": one.tags,
        "characteristic": json.loads(one.fields) if isinstance(one.fields, str) else one.fields,
        "language": one.language,
        "customer": one.customer,
        "customerId": one.customer_id,
        "contactId": one.contact_id,
        "service": one.service,
        "serviceId": one.service_id,
        "group": one.team,
        "assigneeId": one.assignee_id,
        "creationDate": iso(one.created_at),
        "reportedDate": iso(one.reported_at),
        "lastUpdate": iso(one.changed_at),
        "resolutionDate": iso(one.resolved_at),
        "closed": iso(one.closed_at),
        "mergedInto": one.merged_into,
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
