"""The first page of a PDF, handed out as a picture (why a picture: decision in docs/decisions)."""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.files import PDF, bytes_of, handed_out, seen_file
from unbroken.console.previews import first_page as drawer

SECONDS_MAX = 10
BYTES_MAX = 40_000_000
AT_ONCE_MAX = 2
"""Drawers of one web process: whoever leafs through many files waits, and nobody else does."""

_places = BoundedSemaphore(AT_ONCE_MAX)


@agent_required
@require_GET
def first_page(request: AgentRequest, number: int, attachment: int) -> HttpResponse:
    """How the first page of a PDF looks; the file itself stays a download."""
    found = seen_file(request, number, attachment)
    data = bytes_of(found) if found.media_type == PDF and not found.held else None
    picture = drawn(data) if data else b""
    if not picture:
        raise Http404("page")
    return handed_out(picture, f"{found.name}.png", "image/png", "inline")


def drawn(data: bytes) -> bytes:
    """A picture of the first page, or nothing where it cannot or may not be drawn."""
    if b"%PDF-" not in data[:1024] or len(data) > BYTES_MAX:
        return b""
    if not _places.acquire(timeout=SECONDS_MAX):
        return b""
    try:
        command = [sys.executable, "-I", str(Path(drawer.__file__))]
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS_MAX, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return b""
    finally:
        _places.release()
    return done.stdout if done.returncode == 0 else b""
