"""Reading a ticket's figures, as the record gives them and as they are kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from unbroken.ground.sql import rows
from unbroken.promise.queries import PromiseRow, Whole, whole_of_these
from unbroken.quality import figures
from unbroken.quality.figures import Amount, Facts, Happened, Numbers, Promised
from unbroken.quality.outcomes import Down, Outcome, downs, outcomes

NOTHING = Whole("", (), (), (), ())
KINDS = (
    "ticket.closed",
    "ticket.customer_answered",
    "ticket.message_added",
    "ticket.reopened",
    "ticket.replied",
    "ticket.reply_withdrawn",
    "ticket.resolved",
)
"""What figures are read from; the rest stands in the ticket's row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket is counted: 0 stands for no team, no topic."""

    team: int
    topic: int
    channel: str
    priority: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A ticket's figures: under which version, where, in numbers, and what it adds to which day."""

    ticket_id: int
    version: int
    place: Place
    numbers: Numbers
    amounts: Mapping[Amount, int]
    outcomes: tuple[Outcome, ...] = ()
    agreement: str = ""
    is_outage: bool = False
    service: int = 0
    downs: tuple[Down, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """One line of `facts.sql`."""

    id: int
    version: int
    team: int
    topic: int
    channel: str
    priority: str
    status: str
    ticket_type: str
    impact: str
    service: int
    created_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    is_imported: bool
    is_merged: bool
    record: str | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """One line of `kept_figures.sql`."""

    ticket_id: int
    version: int
    team: int
    topic: int
    channel: str
    priority: str
    first_answer_seconds: float | None
    resolve_seconds: float | None
    answers: int
    reopened: int
    kept: int
    missed: int
    first_contact: bool
    amounts: str | None
    outcomes: str | None
    downs: str | None


def desk_zone() -> ZoneInfo:
    """Whose midnight parts one day from the next."""
    return ZoneInfo(settings.UNBROKEN.timezone)


def counted(tickets: Sequence[int], *, at: datetime) -> list[Counted]:
    """The figures of these tickets, from the record."""
    found = rows(_Facts, "quality/queries/facts.sql", tickets=list(tickets), kinds=list(KINDS))
    ours = [one.id for one in found if not one.is_imported]
    whole = whole_of_these(ours, at=at) if ours else {}
    zone = desk_zone()
    return [_counted(one, whole.get(one.id, NOTHING), zone) for one in found]


def kept(tickets: Sequence[int]) -> dict[int, Counted]:
    """The figures of these tickets, as they were counted last."""
    found = rows(_Kept, "quality/queries/kept_figures.sql", tickets=list(tickets))
    return {one.ticket_id: _kept(one) for one in found}


def _counted(one: _Facts, whole: Whole, zone: ZoneInfo) -> Counted:
    events, past = _events(one.record)
    facts = Facts(
        status=one.status,
        ticket_type=one.ticket_type,
        created_at=one.created_at,
        resolved_at=one.resolved_at,
        closed_at=one.closed_at,
        is_imported=one.is_imported,
        is_merged=one.is_merged,
        events=events,
        past=past,
        promises=tuple(kept for row in whole.promises if (kept := _promised(row)) is not None),
    )
    return Counted(
        ticket_id=one.id,
        version=one.version,
        place=Place(one.team, one.topic, one.channel, one.priority),
        numbers=figures.numbers(facts),
        amounts=figures.amounts(facts, zone),
        **_outcomes(one, whole, zone),
    )


def _outcomes(one: _Facts, whole: Whole, zone: ZoneInfo) -> dict[str, Any]:
    """How its promises ended; of a ticket of which nothing ended, nothing else matters."""
    is_outage = one.ticket_type == "incident" and one.impact == "high" and not one.is_merged
    ended = outcomes(whole, zone, is_outage=is_outage)
    down = downs(whole, is_outage=is_outage and bool(one.service))
    return {
        "outcomes": ended,
        "agreement": whole.agreement if ended else "",
        "is_outage": is_outage and bool(ended),
        "service": one.service if down else 0,
        "downs": down,
    }


def _events(record: str | None) -> tuple[tuple[Happened, ...], tuple[Happened, ...]]:
    """What happened here, and what another desk had recorded before."""
    ours: list[Happened] = []
    past: list[Happened] = []
    for kind, at, by, message, is_imported in json.loads(record or "[]"):
        (past if is_imported else ours).append(
            Happened(kind, datetime.fromisoformat(at), by, message)
        )
    return tuple(ours), tuple(past)


def _promised(row: PromiseRow) -> Promised | None:
    """Kept when it ended in time, missed from its due time on; else neither (void, or goes on)."""
    if row.state == "missed":
        at = row.due or row.ended_at or row.started_at
        return Promised(row.key, "missed", at, row.used_seconds, not row.is_owed)
    if row.state == "met" and row.ended_at is not None:
        return Promised(row.key, "kept", row.ended_at, row.used_seconds)
    return None


def _kept(one: _Kept) -> Counted:
    return Counted(
        ticket_id=one.ticket_id,
        version=one.version,
        place=Place(one.team, one.topic, one.channel, one.priority),
        numbers=Numbers(
            one.first_answer_seconds, one.resolve_seconds, one.answers, one.reopened,
            one.kept, one.missed, one.first_contact,
        ),
        amounts={
            Amount(date.fromisoformat(day), figure, agent): amount
            for day, figure, agent, amount in json.loads(one.amounts or "[]")
        },
        **_kept_outcomes(one),
    )  # fmt: skip


def _kept_outcomes(one: _Kept) -> dict[str, Any]:
    ended, down = json.loads(one.outcomes or "[]"), json.loads(one.downs or "[]")
    return {
        "outcomes": tuple(
            Outcome(kind, what, cause, date.fromisoformat(day), kept, used, wall, target, team)
            for kind, what, cause, day, kept, used, wall, target, team, _agreement, _is in ended
        ),
        "agreement": ended[0][9] if ended else "",
        "is_outage": bool(ended and ended[0][10]),
        "service": down[0][0] if down else 0,
        "downs": tuple(
            Down(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
            for _service, since, until in down
        ),
    }
