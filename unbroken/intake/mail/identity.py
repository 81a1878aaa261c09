"""Whether two mails are the same one handed in twice.

The way a mail took (Received and other traces, line ends, an mbox's `From ` line) is not
part of it; who wrote, when, under which Message-ID, and the body are.
"""

import hashlib
import re
from typing import Final

from unbroken.intake.mail import headers, mime

_SPACES: Final = re.compile(r"\s+")
_MBOX_FROM: Final = re.compile(rb"\n>+From ")
_CHUNK: Final = 1_048_576


def dedupe_key(raw: bytes) -> bytes:
    """32 bytes; equal for the same mail, whichever way and how often it came."""
    try:
        return _key(raw)
    except Exception:  # the edge: a mail nobody can read is at least identical to itself
        return hashlib.sha256(raw).digest()


def _key(raw: bytes) -> bytes:
    data = mime.with_line_feeds(raw)
    head, body_at = headers.cut_head(data, mime.start_of(data), len(data))
    digest = hashlib.sha256()
    for name in ("message-id", "from", "date"):
        value = _SPACES.sub(" ", head.first(name)).strip()
        digest.update(f"{name}:{value}\n".encode("utf-8", "surrogatepass"))
    body = data[body_at:]
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    body = body.strip(b"\n \t")
    if b"From " in body:
        body = _MBOX_FROM.sub(b"\nFrom ", body)
    digest.update(b"\n")
    digest.update(body)
    return digest.digest()
