"""What was said on a ticket, as other systems read it."""

from typing import Any

from unbroken.api.tickets.queries import Json, href, iso
from unbroken.conversation import queries as record
from unbroken.conversation.queries import AttachmentRow, MessageRow


def messages_of(number: int, *, after: int, limit: int) -> tuple[list[Json], int | None]:
    """A page of what was said, and the message after which the next one begins.

    In the order it entered the record, so that whoever asks again after the last message misses
    none. What was said on tickets that were merged into this one stands before it.
    """
    found = record.messages_of(number, *record.merged_from(number))
    found.sort(key=lambda row: (row.ticket_id == number, row.ticket_id, row.version, row.id))
    if after:
        place = next((n for n, row in enumerate(found, 1) if row.id == after), len(found))
        found = found[place:]
    shown = found[:limit]
    return [message_json(row) for row in shown], shown[-1].id if len(found) > limit else None


def message_json(row: MessageRow) -> Json:
    """One message; its files are told, their bytes have addresses of their own."""
    return {
        "id": row.id,
        "href": href(row.ticket_id, "messages", row.id),
        "kind": row.kind,
        "direction": row.direction,
        "audience": row.audience,
        "author": row.author,
        "channel": row.channel,
        "at": iso(row.at),
        "subject": row.subject,
        "sender": _address([row.from_name, row.from_address]),
        "to": [_address(one) for one in row.to],
        "cc": [_address(one) for one in row.cc],
        "text": row.words,
        "quoted": row.quoted,
        "withdrawn": iso(row.withdrawn_at),
        "attachments": [attachment_json(file) for file in row.attachments],
    }


def attachment_json(file: AttachmentRow) -> Json:
    """A file, and the address of its bytes."""
    return {
        "id": file.id,
        "href": href(file.ticket_id, "attachments", file.id),
        "name": file.name,
        "mediaType": file.media_type,
        "size": file.size,
        "inline": file.inline,
        "held": file.held or None,
    }


def _address(pair: list[Any]) -> Json:
    name, address = (*pair, "", "")[:2]
    return {"name": name or "", "address": address or ""}
