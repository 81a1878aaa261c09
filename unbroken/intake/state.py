"""The door's working state: how far mailboxes elsewhere have been read; Message-IDs by heart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from unbroken.ground.batch import copy_rows
from unbroken.intake.models import MailboxMark, Reference

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


_KEEP = """
INSERT INTO intake_reference (message_id, ticket_id)
SELECT * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT DO NOTHING
"""


def keep_references(known: Mapping[str, int]) -> None:
    """Message-IDs and their tickets; one that leads somewhere already stays."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [list(known), list(known.values())])


def learn_references(pairs: Iterable[tuple[str, int]]) -> None:
    """Message-IDs that surely nobody has heard of yet, and their tickets; very many at once."""
    copy_rows(Reference, ("message_id", "ticket_id"), pairs)
