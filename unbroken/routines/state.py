"""Working state of rules: what they did lately, and when they look again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from unbroken.routines.conditions import Judged
from unbroken.routines.models import RuleFiring, RuleSeed, RuleWait

_WAIT = """
INSERT INTO rule_wait (rule_id, ticket_id, due_at) VALUES (%s, %s, %s)
ON CONFLICT (ticket_id, rule_id) DO UPDATE SET due_at = excluded.due_at, attempts = 0
"""
_TAKE = """
DELETE FROM rule_wait WHERE id = (SELECT id FROM rule_wait WHERE id = %s FOR UPDATE SKIP LOCKED)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rule's time has come for a ticket; `attempts`: how often looking at it failed."""

    id: int
    rule_id: int
    ticket_id: int
    attempts: int


def note_firing(
    rule_id: int,
    ticket_id: int,
    *,
    at: datetime,
    outcome: str,
    judged: Sequence[Judged],
    chain: Sequence[int],
    versions: tuple[int, int] = (0, 0),
    cause_id: int | None = None,
    base_at: datetime | None = None,
    refusal: dict[str, Any] | None = None,
) -> None:
    """Remember that a rule acted, or was kept from it."""
    why = {"judged": [asdict(one) for one in judged], "refusal": refusal or {}}
    RuleFiring.objects.create(
        rule_id=rule_id,
        ticket_id=ticket_id,
        at=at,
        outcome=outcome,
        why=why,
        chain=list(chain),
        first_version=versions[0],
        last_version=versions[1],
        cause_id=cause_id,
        base_at=base_at,
    )


def wait(rule_id: int, ticket_id: int, due_at: datetime) -> None:
    """The rule looks at the ticket again then."""
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, [rule_id, ticket_id, due_at])


def wait_no_more(ticket_id: int, rule_id: int | None = None) -> None:
    """No rule waits for the ticket, or this one does not."""
    rows = RuleWait.objects.filter(ticket_id=ticket_id)
    (rows if rule_id is None else rows.filter(rule_id=rule_id)).delete()


def due_alarms(*, at: datetime, limit: int = 50) -> list[Alarm]:
    """Rules and tickets whose time has come, the earliest first."""
    found = RuleWait.objects.filter(due_at__lte=at).order_by("due_at", "id")[:limit]
    return [Alarm(*row) for row in found.values_list("id", "rule_id", "ticket_id", "attempts")]


def take(alarm: Alarm) -> bool:
    """Whether it is ours to look at: it is gone when the caller's transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [alarm.id])
        return cursor.fetchone() is not None


def ring_again(alarm: Alarm, *, at: datetime) -> None:
    """It failed: later once more."""
    RuleWait.objects.filter(pk=alarm.id).update(due_at=at, attempts=alarm.attempts + 1)


def note_seeded(rule_id: int, version: int, after: int | None) -> None:
    """So far the open tickets were gone through; None: to the end."""
    RuleSeed.objects.update_or_create(
        rule_id=rule_id, defaults={"rule_version": version, "after": after}
    )
