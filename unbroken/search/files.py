"""Reading files: one after the other, each in a process of its own with limits.

A file that kills its reader, or us, is tried once more and then left alone; the others go on.
"""

import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from unbroken.ground.sql import row
from unbroken.intake.mail import part_bytes
from unbroken.search import file_words, projections

log = logging.getLogger(__name__)

SECONDS_MAX = 30
KINDS = {"pdf": "pdf", "docx": "docx", "odt": "odt"}
READER = Path(file_words.__file__)


@dataclass(frozen=True, slots=True)
class NextFile:
    """A file that waits, and where its bytes are."""

    attachment_id: int
    ticket_id: int
    state: str
    name: str
    media_type: str
    part: str
    raw: memoryview | None
    is_part: bool

    @property
    def kind(self) -> str:
        """How it is read."""
        return KINDS.get(self.name.lower().rpartition(".")[2], "text")

    @property
    def data(self) -> bytes | None:
        """Its bytes; None when they were erased."""
        if self.raw is None:
            return None
        raw = bytes(self.raw)
        return part_bytes(raw, self.part) if self.is_part else raw


def read_next_file() -> bool:
    """Read one file that waits; False when none does."""
    file = row(NextFile, "search/queries/next_file.sql")
    if file is None:
        return False
    with transaction.atomic():
        tries = 2 if file.state == "waiting again" else 1
        projections.note_file(file.attachment_id, f"reading {tries}", "")
    data = file.data
    state, words = read_apart(file.kind, data) if data else ("empty", "")
    with transaction.atomic():
        projections.note_file(file.attachment_id, state, words)
        if words:
            projections.put_aside([file.ticket_id], whole=True)
    return True


def read_apart(kind: str, data: bytes) -> tuple[str, str]:
    """What became of it (read, empty, locked, unreadable), and its words."""
    command = [sys.executable, "-I", str(READER), kind]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS_MAX, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return "unreadable", ""
    if done.returncode == file_words.LOCKED:
        return "locked", ""
    if done.returncode:
        log.info("a file could not be read: %s", done.stderr.decode("utf-8", "replace").strip())
        return "unreadable", ""
    words = done.stdout.decode("utf-8", "replace")
    return ("read", words) if words.strip() else ("empty", "")
