"""The door's working state: how far mailboxes were read, the outbox, Message-IDs by heart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.batch import copy_rows
from unbroken.ground.sql import planned_once
from unbroken.ground.statements import send_along
from unbroken.intake.models import MailboxMark, Outbox, Reference

ERROR_MAX = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to which mail of which folder; a server that numbers anew changes `uid_validity`."""

    folder: str
    uid_validity: int
    last_uid: int
    seen_at: datetime | None = None


def mark_of(mailbox_id: int) -> Mark | None:
    """How far this mailbox has been read; None when it never was."""
    columns = ("folder", "uid_validity", "last_uid", "seen_at")
    row = MailboxMark.objects.filter(mailbox_id=mailbox_id).values_list(*columns).first()
    return Mark(*row) if row and row[1] else None


def note_read(mailbox_id: int, mark: Mark) -> None:
    """It was read up to here, and nothing ails it."""
    MailboxMark.objects.update_or_create(
        mailbox_id=mailbox_id,
        defaults={
            "folder": mark.folder,
            "uid_validity": mark.uid_validity,
            "last_uid": mark.last_uid,
            "seen_at": mark.seen_at,
            "error": "",
        },
    )


def note_trouble(mailbox_id: int, error: str) -> None:
    """It cannot be read just now; how far it was read stays as it is."""
    MailboxMark.objects.update_or_create(
        mailbox_id=mailbox_id, defaults={"error": error.replace("\0", "")[:ERROR_MAX]}
    )


# ── the outbox ────────────────────────────────────────────────────────────────

_PUT_IN = """
WITH put AS (
    INSERT INTO intake_outbox (delivery_id, ticket_id, due_at, attempts, error)
    VALUES (%s, %s, %s, 0, '') ON CONFLICT DO NOTHING
)
SELECT pg_notify('unbroken', 'outbox outbox.filled')
"""


def put_in(*, delivery_id: int, ticket_id: int, due_at: datetime) -> None:
    """It has to leave, not before `due_at`, and the loop hears of it; what stands there stays."""
    with planned_once() as cursor:
        cursor.execute(_PUT_IN, [delivery_id, ticket_id, due_at])


def take_out(delivery_ids: Sequence[int]) -> None:
    """Nothing is left to do for these."""
    with planned_once() as cursor:
        cursor.execute(
            "DELETE FROM intake_outbox WHERE delivery_id = ANY (%s::bigint[])", [list(delivery_ids)]
        )


def postpone(
    delivery_id: int, *, attempts: int, error: str, tried_at: datetime, due_at: datetime
) -> None:
    """Out of the job's hands; the first try is remembered."""
    row = Outbox.objects.get(pk=delivery_id)
    row.attempts, row.error, row.queued_at = attempts, error, None
    row.first_tried_at = row.first_tried_at or tried_at
    row.due_at = due_at
    row.save()


def note_queued(delivery_ids: Sequence[int], *, at: datetime) -> None:
    """A job has them."""
    Outbox.objects.filter(pk__in=delivery_ids).update(queued_at=at)


# ── Message-IDs ───────────────────────────────────────────────────────────────

_KEEP = """
INSERT INTO intake_reference (message_id, ticket_id)
SELECT * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT DO NOTHING
"""


def keep_references(known: Mapping[str, int]) -> None:
    """Message-IDs and their tickets; one that leads somewhere already stays."""
    send_along(_KEEP, [list(known), list(known.values())])


def learn_references(pairs: Iterable[tuple[str, int]]) -> None:
    """Message-IDs that surely nobody has heard of yet, and their tickets; very many at once."""
    copy_rows(Reference, ("message_id", "ticket_id"), pairs)
