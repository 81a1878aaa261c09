"""What was said on a ticket, and where an answer to it would go."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from unbroken.conversation.ids import MessageId
from unbroken.conversation.incoming import ReplyTo
from unbroken.conversation.models import Attachment, Message
from unbroken.ground import sql
from unbroken.ground.log import words_of


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
    words: str | None
    quoted: str | None
    attachments: tuple[AttachmentRow, ...]


_COLUMNS = tuple(
    f.name for f in fields(MessageRow) if f.name not in ("words", "quoted", "attachments")
)
_FILE = tuple(f.name for f in fields(AttachmentRow))


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
    row = (
        Message.objects.filter(pk=message_id)
        .values_list(*_COLUMNS, "words_id", "quoted_id")
        .first()
    )
    if row is None:
        return None
    return _row(row, words_of(row[-2:]), _files_of([message_id]))


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
