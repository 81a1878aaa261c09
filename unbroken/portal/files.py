"""Handing out a file: only to whom it belongs, and never in a way that a browser would run it."""

import re
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from unbroken.ground.clock import now
from unbroken.ground.sql import row
from unbroken.intake.mail import part_bytes
from unbroken.portal import access
from unbroken.portal.access import KnownRequest, known_required
from unbroken.portal.queries import SHOWN_AS_IMAGES, FileRow, file_of, may_read_message

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
_BEGINNINGS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.S),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes on record: the file by itself, or the mail it came with."""

    data: bytes | None
    raw: bytes | None


@known_required
@require_safe
def file(request: KnownRequest, file_id: int, name: str) -> HttpResponse:
    """One file, as an attachment; a picture of a safe kind may be shown in the page."""
    found = file_of(file_id)
    if found is None or found.held:
        raise Http404("file")
    access.ticket_for(request.visitor, found.ticket_id)
    if not may_read_message(found.message_id, found.ticket_id, at=now()):
        raise Http404("file")
    data = bytes_of(found)
    if data is None:
        raise Http404("file")
    wants_view = request.GET.get("view") == "1"
    return _answer(found, data, is_shown=wants_view and is_picture(found.media_type, data))


def bytes_of(found: FileRow) -> bytes | None:
    """What the file holds; None when it was erased."""
    kept = row(Kept, "portal/queries/bytes.sql", blob=found.blob_id, intake=found.intake_id)
    if kept is None:
        return None
    if found.blob_id is not None:
        return bytes(kept.data) if kept.data is not None else None
    return part_bytes(bytes(kept.raw), found.part) if kept.raw is not None else None


def is_picture(media_type: str, data: bytes) -> bool:
    """Whether it is what its type says, and a kind of picture that cannot carry a script."""
    return media_type in SHOWN_AS_IMAGES and bool(_BEGINNINGS[media_type].match(data))


def _answer(found: FileRow, data: bytes, *, is_shown: bool) -> HttpResponse:
    media_type = found.media_type if is_shown else "application/octet-stream"
    response = HttpResponse(data, content_type=media_type)
    header = content_disposition_header(not is_shown, found.name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
