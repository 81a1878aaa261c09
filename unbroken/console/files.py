"""Handing out what came along: a file, or a mail as it came. Always to be kept, never to be run.

What is held apart is given only when it is asked for by name of the act (`open=held`). Only
pictures that cannot carry a script are shown in the browser; everything else is a download.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console import access
from unbroken.console.access import AgentRequest, Seen, agent_required
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import AttachmentRow
from unbroken.ground.pages import answer
from unbroken.ground.sql import row
from unbroken.intake.mail import part_bytes

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
TEXTS = frozenset({"text/plain", "text/csv", "text/x-log", "application/json"})
PDF = "application/pdf"
TEXT_MAX = 20_000
"""Letters of a text shown beside the words; the file itself has all."""

POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes on record."""

    raw: bytes | None
    is_erased: bool
    channel: str


@agent_required
@require_GET
def file(request: AgentRequest, number: int, attachment: int) -> HttpResponse:
    """A file of a ticket the agent may see."""
    found = seen_file(request, number, attachment)
    if found.held and request.GET.get("open") != "held":
        raise Http404("file")
    data = bytes_of(found)
    if data is None:
        raise Http404("file")
    is_picture = found.media_type in PICTURES and not found.held
    kind = found.media_type if is_picture else "application/octet-stream"
    return handed_out(data, found.name, kind, "inline" if is_picture else "attachment")


@agent_required
@require_GET
def preview(request: AgentRequest, number: int, attachment: int) -> HttpResponse:
    """The beginning of a text, as words on the page: nothing of it is run or loaded."""
    found = seen_file(request, number, attachment)
    data = bytes_of(found) if found.media_type in TEXTS and not found.held else None
    if data is None:
        raise Http404("file")
    text = data[: 4 * TEXT_MAX].decode("utf-8", "replace").replace("\0", "\ufffd")
    context = {
        "agent": request.agent,
        "place": "work",
        "number": number,
        "file": found,
        "text": text[:TEXT_MAX],
        "is_cut": len(text) > TEXT_MAX or len(data) > 4 * TEXT_MAX,
    }
    page, part = "console/tickets/preview.html", "console/tickets/_preview.html"
    return answer(request, page, context, parts=(part,))


def seen_file(request: AgentRequest, number: int, attachment: int) -> AttachmentRow:
    """A file of a ticket that this agent may see; not found otherwise."""
    ticket_id = access.ticket_for(request.agent, TicketId(number), note=f"file:{attachment}")
    found = record.attachment(attachment)
    if found is None or found.ticket_id not in (ticket_id, *record.merged_from(ticket_id)):
        raise Http404("file")
    return found


@agent_required
@require_GET
def source(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """A message as it came, to be read as plain text."""
    ticket_id = access.ticket_for(request.agent, TicketId(number), note=f"source:{message}")
    tickets = [ticket_id, *record.merged_from(ticket_id)]
    came = row(Seen, "console/queries/message_source.sql", message=message, tickets=tickets)
    kept = row(Kept, "console/queries/raw_mail.sql", intake=came.id) if came else None
    if kept is None or kept.raw is None:
        raise Http404("source")
    return handed_out(bytes(kept.raw), f"{number}-{message}.txt", "text/plain", "inline")


def bytes_of(found: AttachmentRow) -> bytes | None:
    """The bytes of a file: kept by itself, or a part of the mail it came with."""
    if found.blob_id is not None:
        blob = row(Kept, "console/queries/blob.sql", blob=found.blob_id)
        return bytes(blob.raw) if blob and blob.raw is not None else None
    if found.intake_id is None:
        return None
    mail = row(Kept, "console/queries/raw_mail.sql", intake=found.intake_id)
    return part_bytes(bytes(mail.raw), found.part) if mail and mail.raw is not None else None


def handed_out(data: bytes, name: str, kind: str, how: str) -> HttpResponse:
    """Bytes for a browser that may neither run nor keep them."""
    response = HttpResponse(data, content_type=kind)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    response.headers["Content-Disposition"] = (
        f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response
