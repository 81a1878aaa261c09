"""Clocks as rows: written from what was counted, thrown away and counted again at will."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection

from unbroken.conversation.states import OPEN
from unbroken.ground.sql import planned_once, text_of
from unbroken.promise.book import Book, Resolved
from unbroken.promise.legs import CountedLeg
from unbroken.promise.queries.terms import TicketTerms
from unbroken.promise.timeline import Standing, earliest

DRAWN_MAX = 20
"""Pauses that are drawn; the page that explains a promise has all of them."""


def write_clocks(
    ticket: TicketTerms, resolved: Resolved, counted: Mapping[str, Sequence[Standing]]
) -> None:
    """Each measure's last run, and the promise that comes first, in one statement.

    Open screens hear of it when that promise is another one now (`promise.counted`, no event).
    """
    last = {key: found[-1] for key, found in counted.items()}
    urgent = earliest(last)
    moments = [s.next_at for s in last.values() if s.next_at is not None]
    with planned_once() as cursor:
        cursor.execute(
            text_of("promise/queries/write_clocks.sql"),
            {
                "ticket_id": ticket.ticket_id,
                "is_open": ticket.status in OPEN,
                "service_id": ticket.service_id,
                "agreement": resolved.terms.key if resolved.terms else "",
                "edition": resolved.edition,
                "next_measure": urgent[0] if urgent else "",
                "next_due": urgent[1] if urgent else None,
                "next_warned": last[urgent[0]].is_warned if urgent else False,
                "next_at": min(moments, default=None),
                "clocks": json.dumps([_clock(key, s) for key, s in last.items()]),
            },
        )


def write_legs(ticket_id: int, counted: Iterable[CountedLeg]) -> None:
    """The legs of a ticket that have a target, as just counted; others have no clock."""
    owed = [(one.leg, one.standing) for one in counted if one.standing is not None]
    lines = [
        (
            leg.whose, leg.whose_id, leg.run.cause, leg.run.started_at, leg.run.ended_at,
            standing.due_at, standing.warn_at, standing.seconds, standing.used_seconds,
        )
        for leg, standing in owed
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM leg_clock WHERE ticket_id = %s", [ticket_id])
        if lines:
            cursor.execute(
                "INSERT INTO leg_clock (ticket_id, whose, whose_id, cause, started_at, ended_at,"
                " due_at, warn_at, target_seconds, used_seconds)"
                " SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::bigint[],"
                " %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],"
                " %s::bigint[], %s::float8[])",
                [ticket_id, *(list(column) for column in zip(*lines, strict=True))],
            )


def _clock(key: str, standing: Standing) -> dict[str, object]:
    run = standing.run
    return {
        "measure": key,
        "cause": run.cause,
        "started_at": run.started_at.isoformat(),
        "ended_at": _text(run.ended_at),
        "due_at": _text(standing.due_at),
        "warn_at": _text(standing.warn_at),
        "paused_since": _text(run.pause.since if run.pause else None),
        "state": standing.state,
        "target_seconds": standing.seconds,
        "used_seconds": standing.used_seconds,
        "warned": standing.is_warned,
        "pauses": [
            [pause.since.isoformat(), _text(pause.until), pause.owner]
            for pause in run.pauses[-DRAWN_MAX:]
        ],
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def ringing(*, at: datetime, limit: int) -> list[int]:
    """Tickets whose clocks want to be looked at, locked for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ticket_id FROM next_promise WHERE next_at <= %s"
            " ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED",
            [at, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def stale(book: Book, *, limit: int) -> list[int]:
    """Tickets counted under terms that are no longer these, locked for this transaction."""
    editions = {key: terms.edition for key, terms in book.terms.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ticket_id FROM next_promise"
            " LEFT JOIN unnest(%s::text[], %s::bigint[]) AS present (key, edition)"
            "   ON present.key = next_promise.agreement"
            " WHERE next_promise.edition <> coalesce(present.edition, %s)"
            " LIMIT %s FOR UPDATE OF next_promise SKIP LOCKED",
            [list(editions), list(editions.values()), book.edition, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def mark_stale(service_id: int) -> None:
    """The open tickets of a service are to be counted again."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE next_promise SET edition = 0 WHERE service_id = %s", [service_id])


def mark_stale_of_customer(customer_id: int) -> None:
    """The open tickets of a customer are to be counted again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE next_promise SET edition = 0 FROM trouble_ticket"
            " WHERE trouble_ticket.id = next_promise.ticket_id"
            " AND trouble_ticket.customer_id = %s",
            [customer_id],
        )


def mark_stale_of_product(product_id: int) -> None:
    """The open tickets about services of a product are to be counted again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE next_promise SET edition = 0 FROM service"
            " WHERE service.id = next_promise.service_id AND service.product_id = %s",
            [product_id],
        )


def postpone(ticket_id: int, *, until: datetime) -> None:
    """A ticket that cannot be counted does not hold up the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE next_promise SET next_at = %s WHERE ticket_id = %s", [until, ticket_id]
        )


def next_ring() -> datetime | None:
    """When some clock wants to be looked at next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(next_at) FROM next_promise WHERE next_at IS NOT NULL")
        found: datetime | None = cursor.fetchone()[0]
        return found


def open_tickets(*, after: int, limit: int) -> list[int]:
    """Open tickets in the order of their numbers, for a rebuild in batches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM trouble_ticket WHERE id > %s AND status = ANY (%s)"
            " ORDER BY id LIMIT %s",
            [after, sorted(OPEN), limit],
        )
        return [row[0] for row in cursor.fetchall()]


PATIENCE = timedelta(minutes=1)
"""Before a ticket that could not be counted is tried again by the timer."""
