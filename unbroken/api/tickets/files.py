"""Files said along: how they come in as base64, and where their bytes are fetched."""

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from unbroken.api.errors import NOTHING_HERE, Wrong
from unbroken.api.shapes import FileGiven
from unbroken.conversation.incoming import FileIn
from unbroken.conversation.queries import AttachmentRow
from unbroken.ground.sql import row
from unbroken.ground.words import _
from unbroken.intake.mail import part_bytes
from unbroken.intake.mail.names import safe_name
from unbroken.intake.mail.safety import held_reason

HELD_APART = _("This file is held apart ({why}); fetch it with held=open if you mean it.")
_KIND = re.compile(r"[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,100}")

FORGOTTEN = _("The bytes of this file were erased.")


@dataclass(frozen=True, slots=True)
class _Bytes:
    """Bytes that are kept, or None where they were erased."""

    data: Any


def file_in(given: FileGiven) -> FileIn:
    """A file as the record keeps it: a safe name, and why it may be held apart."""
    data = base64.b64decode(given.content)
    name = safe_name(given.name, "1", given.media_type)
    return FileIn(
        name=name,
        original_name=given.name if given.name != name else "",
        media_type=given.media_type,
        size=len(data),
        sha256=hashlib.sha256(data).digest(),
        held=held_reason(data, given.name, given.media_type) or "",
        data=data,
    )


def as_download(file: AttachmentRow, *, held: str | None) -> HttpResponse:
    """The bytes, never shown in place; what is held apart only when it is asked for by name."""
    if file.held and held != "open":
        raise Wrong(409, "attachment.held", HELD_APART, why=file.held)
    kind = file.media_type if _KIND.fullmatch(file.media_type) else "application/octet-stream"
    response = HttpResponse(_bytes_of(file), content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def _bytes_of(file: AttachmentRow) -> bytes:
    query = "blob" if file.blob_id is not None else "raw"
    kept_in = file.blob_id if file.blob_id is not None else file.intake_id
    found = row(_Bytes, f"api/tickets/queries/{query}.sql", id=kept_in)
    if found is None:
        raise Wrong(404, "not_found", NOTHING_HERE)
    if found.data is None:
        raise Wrong(410, "attachment.erased", FORGOTTEN)
    kept: bytes | None = bytes(found.data)
    if file.blob_id is None:
        kept = part_bytes(bytes(found.data), file.part)
    if kept is None:
        raise Wrong(404, "not_found", NOTHING_HERE)
    return kept
