"""Figures as rows: changed by what a ticket adds now and did not add before.

Everything here sets what follows from the record, so doing it twice is harmless. One writer at a
time: whoever counts holds a lock until the end of the transaction.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import connection, transaction

from unbroken.ground.sql import text_of
from unbroken.quality.counting import Counted, Place, counted, kept
from unbroken.quality.figures import Amount

COUNTS_ALONE = 0x51A11
"""The advisory lock of whoever writes figures."""

_Step = tuple[str, str, int, int, str, str]


def put_aside(tickets: Iterable[int]) -> None:
    """The loop is to count these tickets soon; what happens meanwhile is counted once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO uncounted_ticket (ticket_id) SELECT unnest(%s::bigint[])"
            " ON CONFLICT DO NOTHING",
            [sorted(set(tickets))],
        )


def count_aside(*, at: datetime, limit: int) -> int:
    """Count some of those that were put aside; returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text_of("quality/queries/uncounted.sql"), {"limit": limit})
        tickets = [row[0] for row in cursor.fetchall()]
        if tickets:
            cursor.execute("DELETE FROM uncounted_ticket WHERE ticket_id = ANY (%s)", [tickets])
            count(tickets, at=at)
    return len(tickets)


def count(tickets: Sequence[int], *, at: datetime) -> dict[int, bool]:
    """Count these tickets; which of them have other figures now, and whether they had any."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTS_ALONE])
        before = kept(tickets)
        now = {one.ticket_id: one for one in counted(tickets, at=at)}
        changed = [one for one in now.values() if before.get(one.ticket_id) != one]
        moved = [one for one in changed if _differs(before.get(one.ticket_id), one)]
        _write_amounts(moved)
        _write_measures(changed)
        _write_outcomes(changed)
        _step(_difference(before, moved))
    return {one.ticket_id: one.ticket_id in before for one in moved}


def _differs(before: Counted | None, now: Counted) -> bool:
    """Whether a day has to change, not only how long something took."""
    return before is None or (before.place, before.amounts) != (now.place, now.amounts)


def _difference(before: dict[int, Counted], moved: Iterable[Counted]) -> Counter[_Step]:
    steps: Counter[_Step] = Counter()
    for one in moved:
        if (was := before.get(one.ticket_id)) is not None:
            for amount, number in was.amounts.items():
                steps[_key(amount, was.place)] -= number
        for amount, number in one.amounts.items():
            steps[_key(amount, one.place)] += number
    return steps


def _key(amount: Amount, place: Place) -> _Step:
    day = amount.day.isoformat()
    return amount.figure, day, place.team, place.topic, place.channel, place.priority


def _write_amounts(moved: Sequence[Counted]) -> None:
    if not moved:
        return
    lines = [
        (one.ticket_id, amount.day, amount.figure, amount.agent, number)
        for one in moved
        for amount, number in one.amounts.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ticket_figure WHERE ticket_id = ANY (%s)",
            [[one.ticket_id for one in moved]],
        )
        cursor.execute(
            "INSERT INTO ticket_figure (ticket_id, day, figure, agent, amount)"
            " SELECT * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::int[])",
            [list(column) for column in zip(*lines, strict=True)],
        )


def _write_measures(changed: Sequence[Counted]) -> None:
    if not changed:
        return
    lines = [
        {
            "ticket_id": one.ticket_id,
            "version": one.version,
            **asdict(one.place),
            **asdict(one.numbers),
        }
        for one in changed
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            text_of("quality/queries/write_measures.sql"), {"measures": json.dumps(lines)}
        )


def _write_outcomes(changed: Sequence[Counted]) -> None:
    if not changed:
        return
    ended = [
        {
            **asdict(outcome),
            "day": outcome.day.isoformat(),
            "ticket_id": one.ticket_id,
            "agreement": one.agreement,
            "topic": one.place.topic,
            "priority": one.place.priority,
            "is_outage": one.is_outage,
        }
        for one in changed
        for outcome in one.outcomes
    ]
    down = [
        {
            "ticket_id": one.ticket_id,
            "service_id": one.service,
            "since": span.since.isoformat(),
            "until": span.until.isoformat() if span.until else None,
        }
        for one in changed
        for span in one.downs
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            text_of("quality/queries/write_outcomes.sql"),
            {
                "tickets": [one.ticket_id for one in changed],
                "outcomes": json.dumps(ended),
                "downs": json.dumps(down),
            },
        )


def _step(steps: Counter[_Step]) -> None:
    names = ("figure", "day", "team", "topic", "channel", "priority")
    lines = [
        {**dict(zip(names, key, strict=True)), "amount": number}
        for key, number in steps.items()
        if number
    ]
    if not lines:
        return
    with connection.cursor() as cursor:
        cursor.execute(text_of("quality/queries/write_days.sql"), {"steps": json.dumps(lines)})
        empty = [row[0] for row in cursor.fetchall()]
        if empty:
            cursor.execute("DELETE FROM day_figure WHERE id = ANY (%s) AND amount = 0", [empty])


def add_up_days() -> list[date]:
    """Throw the days away and add up what the tickets amount to; returns those that were wrong."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTS_ALONE])
        cursor.execute(text_of("quality/queries/wrong_days.sql"))
        wrong = [row[0] for row in cursor.fetchall()]
        if wrong:
            cursor.execute("DELETE FROM day_figure")
            cursor.execute(text_of("quality/queries/write_days_again.sql"))
    return wrong


def next_tickets(*, after: int, limit: int) -> list[int]:
    """Tickets in the order of their numbers, for a rebuild or a check in batches."""
    with connection.cursor() as cursor:
        cursor.execute(
            text_of("quality/queries/next_tickets.sql"), {"after": after, "limit": limit}
        )
        return [row[0] for row in cursor.fetchall()]


def note_progress(name: str, upto: int) -> None:
    """A long work has come so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO quality_progress (name, upto) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET upto = excluded.upto",
            [name, upto],
        )


def progress_of(name: str) -> int:
    """How far a long work has come; 0 when it never began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT upto FROM quality_progress WHERE name = %s", [name])
        row = cursor.fetchone()
        return int(row[0]) if row else 0
