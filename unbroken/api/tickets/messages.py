"""What was said on a ticket, as other systems read it."""

from typing import Any

from unbroken.api.tickets.queries import Json, href, iso
from unbroken.conversation import queries as record
from unbroken.conversation.queries import AttachmentRow, MessageRow


def messages_of(number: int, *, after: int, limit: int) -> tuple[list[Json], int | None]:
    """A page of what was said, in the order it was written, and where the next one begins.

    What was said on tickets that were merged into this one belongs to it.
    """
    tickets = (number, *record.merged_from(number))
    found = [row for row in record.messages_of(*tickets) if row.id > after]
    found.sort(key=lambda row: row.id)
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
