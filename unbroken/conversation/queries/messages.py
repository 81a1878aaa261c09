"""What was said on a ticket, and where an answer to it would go."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from unbroken.conversation.ids import MessageId
from unbroken.conversation.incoming import ReplyTo
from unbroken.conversation.models import Attachment, Message
from unbroken.conversation.queries.tickets import merged_from
from unbroken.ground import sql
from unbroken.ground.log import words_of
from unbroken.ground.sql import planned_once


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file said along; `held` says why it opens only on purpose."""

    id: int
    ticket_id: int
    message_id: int
    name: str
    media_type: str
    size: int
    inline: bool
    content_id: str
    held: str
    intake_id: int | None
    part: str
    blob_id: int | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message with its words; `words` is None where they were erased."""

    id: int
    ticket_id: int
    version: int
    kind: str
    direction: str
    audience: str
    author: str
    channel: str
    at: datetime
    subject: str
    from_name: str
    from_address: str
    to: list[list[str]]
    cc: list[list[str]]
    message_id: str
    intake_id: int | None
    withdrawn_at: datetime | None
    problem: str
    side_id: int | None
    words: str | None
    quoted: str | None
    attachments: tuple[AttachmentRow, ...]


_COLUMNS = tuple(
    f.name for f in fields(MessageRow) if f.name not in ("words", "quoted", "attachments")
)
_FILE = tuple(f.name for f in fields(AttachmentRow))
_ONE = """
SELECT {},
       CASE WHEN words_id IS NULL THEN '' ELSE words.text END,
       CASE WHEN quoted_id IS NULL THEN '' ELSE quoted.text END,
       EXISTS (SELECT FROM attachment WHERE attachment.message_id = message.id)
FROM message
LEFT JOIN ground_said words ON words.id = message.words_id
LEFT JOIN ground_said quoted ON quoted.id = message.quoted_id
WHERE message.id = %s
""".format(", ".join(f'message."{name}"' for name in _COLUMNS))


def messages_of(*ticket_ids: int, for_customer: bool = False) -> list[MessageRow]:
    """What was said on these tickets, in order; `for_customer` leaves out what is internal."""
    found = Message.objects.filter(ticket_id__in=ticket_ids).order_by("at", "id")
    if for_customer:
        found = found.filter(audience="customer", withdrawn_at__isnull=True)
    rows = list(found.values_list(*_COLUMNS, "words_id", "quoted_id"))
    words = words_of([said for row in rows for said in row[-2:]])
    files = _files_of([row[0] for row in rows])
    return [_row(row, words, files) for row in rows]


def _row(
    row: tuple[Any, ...],
    words: dict[int, str | None],
    files: dict[int, tuple[AttachmentRow, ...]],
) -> MessageRow:
    values: dict[str, Any] = dict(zip(_COLUMNS, row[:-2], strict=True))
    return MessageRow(
        **values,
        words=_word(words, row[-2]),
        quoted=_word(words, row[-1]),
        attachments=files.get(row[0], ()),
    )


def _word(words: dict[int, str | None], said: int | None) -> str | None:
    return "" if said is None else words.get(said)


def _files_of(message_ids: list[int]) -> dict[int, tuple[AttachmentRow, ...]]:
    files: dict[int, tuple[AttachmentRow, ...]] = {}
    for row in (
        Attachment.objects.filter(message_id__in=message_ids).order_by("id").values_list(*_FILE)
    ):
        file = AttachmentRow(*row)
        files[file.message_id] = (*files.get(file.message_id, ()), file)
    return files


def message(message_id: int) -> MessageRow | None:
    """One message with its words."""
    with planned_once() as cursor:
        cursor.execute(_ONE, [message_id])
        found = cursor.fetchone()
    if found is None:
        return None
    *columns, words, quoted, has_files = found
    values: dict[str, Any] = dict(zip(_COLUMNS, columns, strict=True))
    values |= {"to": json.loads(values["to"]), "cc": json.loads(values["cc"])}
    files = _files_of([message_id]).get(message_id, ()) if has_files else ()
    return MessageRow(**values, words=words, quoted=quoted, attachments=files)


_IDS_BEFORE = """
SELECT btrim(message_id, '<>') FROM message
WHERE ticket_id = %s AND version < %s AND audience = 'customer' AND withdrawn_at IS NULL
  AND message_id LIKE '%%@%%'
ORDER BY at, id
"""


def message_ids_before(ticket_id: int, version: int) -> list[str]:
    """The Message-IDs the customer may see that were said before this version, in order."""
    with planned_once() as cursor:
        cursor.execute(_IDS_BEFORE, [ticket_id, version])
        return [row[0] for row in cursor.fetchall()]


_WRITTEN_TO = """
SELECT message."to" -> 0 ->> 1 FROM message
WHERE ticket_id = %s AND direction = 'in' AND message."to" -> 0 ->> 1 <> ''
ORDER BY at, id LIMIT 1
"""


def written_to(ticket_id: int) -> str:
    """The address that the first mail of a ticket was written to; "" when there is none."""
    with planned_once() as cursor:
        cursor.execute(_WRITTEN_TO, [ticket_id])
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def forwarded_from(message_id: int) -> MessageRow | None:
    """The message that a forward passes on: the one whose words it quotes.

    It is of the same request or of one merged into it; only there an index leads to it.
    """
    passed_on = Message.objects.filter(pk=message_id, kind="forward")
    ticket_id, quoted = passed_on.values_list("ticket_id", "quoted_id").first() or (0, None)
    if quoted is None:
        return None
    original = Message.objects.filter(
        ticket_id__in=[ticket_id, *merged_from(ticket_id)], words_id=quoted
    )
    number = original.order_by("version").values_list("id", flat=True).first()
    return message(number) if number else None


def message_of_intake(intake_id: int) -> MessageId | None:
    """The message that a raw thing became."""
    found = Message.objects.filter(intake_id=intake_id).order_by("id")
    number = found.values_list("id", flat=True).first()
    return MessageId(number) if number else None


def attachment(attachment_id: int) -> AttachmentRow | None:
    """One file's row; its bytes are fetched by the face that may show them."""
    row = Attachment.objects.filter(pk=attachment_id).values_list(*_FILE).first()
    return AttachmentRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class _Reached:
    """Somebody whom an answer reaches, and where."""

    contact_id: int
    is_copy: bool
    name: str
    address: str


def reply_goes_to(ticket_id: int) -> ReplyTo | None:
    """Where an answer goes: back by the way the question came, to the reporter.

    Confirmed participants in copy are told along; a third party or a newcomer never is.
    None when the reporter has no address that works.
    """
    found = sql.rows(_Reached, "conversation/queries/reply_goes_to.sql", ticket=ticket_id)
    if not found or found[0].is_copy:
        return None
    first, *copies = found
    return ReplyTo(
        "mail",
        ((first.name, first.address),),
        tuple((copy.name, copy.address) for copy in copies),
        first.contact_id,
    )
