"""What others need to know of a ticket: facts, links, participants, deliveries."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import F

from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Participant, TicketRelationship, TroubleTicket
from unbroken.conversation.states import OPEN
from unbroken.ground.sql import planned_once


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket's own columns, as of now."""

    id: int
    version: int
    name: str
    ticket_type: str
    status: str
    waiting_for: str
    pending_until: datetime | None
    impact: str
    urgency: str
    priority: str
    topic_id: int | None
    customer_id: int | None
    contact_id: int | None
    service_id: int | None
    team_id: int | None
    assignee_id: int | None
    channel: str
    mailbox: str
    language: str
    tags: tuple[str, ...]
    external_id: str
    merged_into_id: int | None
    created_at: datetime
    reported_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    customer_wrote_at: datetime | None
    answered_at: datetime | None
    imported: bool
    sleep: str
    sleeps_until: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


_FACTS = tuple(field.name for field in fields(TicketFacts))
_ONE = f"SELECT {', '.join(_FACTS)} FROM trouble_ticket WHERE id = %s"


def ticket_facts(ticket_id: int) -> TicketFacts | None:
    """The ticket with this number; None when there is none."""
    with planned_once() as cursor:
        cursor.execute(_ONE, [ticket_id])
        row = cursor.fetchone()
    if row is None:
        return None
    values: dict[str, Any] = dict(zip(_FACTS, row, strict=True))
    return TicketFacts(**values | {"tags": tuple(values["tags"])})


def has_any_ticket() -> bool:
    """Whether anybody ever asked."""
    return TroubleTicket.objects.exists()


_INTO = "SELECT merged_into_id FROM trouble_ticket WHERE id = %s"


def surviving(ticket_id: int) -> TicketId:
    """Where the conversation goes on: the ticket itself, or the one it was merged into."""
    seen = {ticket_id}
    while True:
        with planned_once() as cursor:
            cursor.execute(_INTO, [ticket_id])
            found = cursor.fetchone()
        into = found[0] if found else None
        if into is None or into in seen:
            return TicketId(ticket_id)
        seen.add(into)
        ticket_id = into


def follows(ticket_id: int, contact_ids: Sequence[int]) -> bool:
    """Whether one of these takes part and wants mail about it."""
    return Participant.objects.filter(
        ticket_id=ticket_id,
        contact_id__in=list(contact_ids),
        confirmed=True,
        left_at=None,
        follows=True,
    ).exists()


def merged_from(ticket_id: int) -> tuple[TicketId, ...]:
    """Every ticket that was merged into this one, directly or along the way."""
    found: list[int] = []
    wave = [ticket_id]
    while wave:
        wave = list(
            TroubleTicket.objects.filter(merged_into_id__in=wave)
            .exclude(pk__in=[*found, ticket_id])
            .values_list("pk", flat=True)
        )
        found += wave
    return tuple(TicketId(one) for one in sorted(found))


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link seen from one ticket: `other` is its `relation` (or the other way round)."""

    other: int
    relation: str
    is_mine: bool
    name: str
    status: str
    team_id: int | None


def links_of(ticket_id: int) -> list[LinkRow]:
    """Links in both directions that still hold."""
    mine = TicketRelationship.objects.filter(ticket_id=ticket_id, ended_at__isnull=True)
    theirs = TicketRelationship.objects.filter(other_id=ticket_id, ended_at__isnull=True)
    rows = [
        LinkRow(other, kind, True, name, status, team)
        for other, kind, name, status, team in mine.values_list(
            "other_id", "kind", "other__name", "other__status", "other__team_id"
        )
    ]
    rows += [
        LinkRow(other, kind, False, name, status, team)
        for other, kind, name, status, team in theirs.values_list(
            "ticket_id", "kind", "ticket__name", "ticket__status", "ticket__team_id"
        )
    ]
    return sorted(rows, key=lambda row: row.other)


def children_of(ticket_id: int) -> tuple[TicketId, ...]:
    """The open tickets whose parent this is."""
    rows = TicketRelationship.objects.filter(
        other_id=ticket_id, kind="parent", ended_at__isnull=True, ticket__status__in=sorted(OPEN)
    ).values_list("ticket_id", flat=True)
    return tuple(TicketId(row) for row in sorted(rows))


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Who takes part, and whether they may be told anything."""

    contact_id: int
    role: str
    confirmed: bool
    name: str


def participants_of(ticket_id: int) -> list[ParticipantRow]:
    """Everybody who takes part now."""
    rows = Participant.objects.filter(ticket_id=ticket_id, left_at__isnull=True).order_by("id")
    return [
        ParticipantRow(*row)
        for row in rows.values_list("contact_id", "role", "confirmed", "contact__name")
    ]


_TAKES_PART = """
SELECT EXISTS (SELECT FROM participant
               WHERE ticket_id = %s AND contact_id = %s AND left_at IS NULL
                 AND (confirmed OR NOT %s::boolean))
"""


def is_participant(ticket_id: int, contact_id: int, *, confirmed_only: bool = True) -> bool:
    """Whether this contact takes part (and may be told)."""
    with planned_once() as cursor:
        cursor.execute(_TAKES_PART, [ticket_id, contact_id, confirmed_only])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One message on its way out."""

    id: int
    ticket_id: int
    message_id: int
    contact_id: int | None
    channel: str
    kind: str
    to: list[list[str]]
    cc: list[list[str]]
    state: str
    not_before: datetime
    attempts: int
    sent_at: datetime | None
    error: str


_DELIVERY = tuple(field.name for field in fields(DeliveryRow))
_ONE_DELIVERY = "SELECT {} FROM delivery WHERE id = %s".format(
    ", ".join(f'"{name}"' for name in _DELIVERY)  # "to" is a word of SQL
)


def delivery(delivery_id: int) -> DeliveryRow | None:
    """One delivery; None when there is none."""
    with planned_once() as cursor:
        cursor.execute(_ONE_DELIVERY, [delivery_id])
        row = cursor.fetchone()
    if row is None:
        return None
    values: dict[str, Any] = dict(zip(_DELIVERY, row, strict=True))
    return DeliveryRow(**values | {"to": json.loads(values["to"]), "cc": json.loads(values["cc"])})


def overdue_pendings(*, at: datetime, limit: int = 200) -> tuple[TicketId, ...]:
    """Waiting tickets whose date has come."""
    rows = TroubleTicket.objects.filter(
        pending_until__lte=at, status__in=("pending", "held")
    ).order_by("pending_until")
    return tuple(TicketId(row) for row in rows.values_list("pk", flat=True)[:limit])


def sleepers_due(*, at: datetime, limit: int = 200) -> tuple[TicketId, ...]:
    """Tickets whose sleep is over by now, the longest due first."""
    rows = TroubleTicket.objects.exclude(sleep="").filter(sleeps_until__lte=at)
    return tuple(
        TicketId(row) for row in rows.order_by("sleeps_until").values_list("pk", flat=True)[:limit]
    )


def next_waking() -> datetime | None:
    """When the next sleep ends; None: nobody sleeps by the clock."""
    rows = TroubleTicket.objects.exclude(sleep="").filter(sleeps_until__isnull=False)
    return rows.order_by("sleeps_until").values_list("sleeps_until", flat=True).first()


def imported_open(*, limit: int = 1000) -> tuple[TicketId, ...]:
    """Open tickets from the old desk that nobody has adopted."""
    rows = TroubleTicket.objects.filter(imported=True, status__in=sorted(OPEN)).order_by(F("id"))
    return tuple(TicketId(row) for row in rows.values_list("pk", flat=True)[:limit])
