"""Mails out of files and folders: one mail a file, mbox, maildir.

Yields raw mails one after the other; a large mbox is never read whole. A file that cannot
be opened is yielded as the reason why, so one bad file never stops the rest.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from unbroken.intake.mail import problems
from unbroken.intake.mail.tables import words

MAIL_BYTES_MAX: Final = 268_435_456
_SEPARATOR: Final = re.compile(
    rb"From \S.{0,300}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2}"
    rb" [A-Z][a-z]{2})[ ,]+(?:\d{4} )?\d{1,2}:\d{2}"
)
_QUOTED_FROM: Final = re.compile(rb"(?m)^>(>*From )")
_NO_MAIL: Final = words(
    ".json .jsonl .yml .yaml .toml .md .csv .tsv .py .pyc .pdf .png .jpg .jpeg .gif .zip .gz .tar"
    " .msf "
    ".db .sqlite .log .lock .tmp .idx .ini .cfg .html .htm .css .js"
)
_KEPT_BY_SERVERS: Final = re.compile(
    r"dovecot.*|maildirfolder|subscriptions|courier.*|maildirsize|\.DS_Store|Thumbs\.db"
    r"|\.mh_sequences|"
    r"\.gitignore|\.gitkeep|cyrus\..*|\.cyrus.*|.*\.lock|README.*|LICENSE.*"
)


@dataclass(frozen=True, slots=True)
class MailFound:
    """One raw mail and where it was; or why there is none."""

    label: str
    raw: bytes
    problem: str | None = None


def mails_in(path: Path) -> Iterator[MailFound]:
    """Every mail in a file, an mbox, a maildir or a folder of these, in a fixed order."""
    if path.is_dir():
        for file in _files_below(path):
            yield from _mails_of(file)
    else:
        yield from _mails_of(path)


def _files_below(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if name not in (".git", "tmp") or not _is_maildir(where)
        )
        for name in sorted(files):
            file = Path(where) / name
            if _KEPT_BY_SERVERS.fullmatch(name) or file.suffix.lower() in _NO_MAIL:
                continue
            yield file


def _is_maildir(folder: str) -> bool:
    return os.path.isdir(os.path.join(folder, "cur")) or os.path.isdir(os.path.join(folder, "new"))


def _mails_of(file: Path) -> Iterator[MailFound]:
    try:
        if _is_mbox(file):
            yield from _split(file)
        else:
            size = file.stat().st_size
            with file.open("rb") as opened:
                raw = opened.read(MAIL_BYTES_MAX)
            too_long = problems.FILE_TOO_LONG
            yield MailFound(str(file), raw, too_long if size > MAIL_BYTES_MAX else None)
    except OSError as error:
        yield MailFound(str(file), b"", f"{error.strerror or error}")


def _is_mbox(file: Path) -> bool:
    """An `.eml` is one mail even when it begins like an mbox."""
    if file.suffix.lower() in (".eml", ".msg"):
        return False
    with file.open("rb") as opened:
        return bool(_SEPARATOR.match(opened.readline(1_000)))


def _split(file: Path) -> Iterator[MailFound]:
    number = 0
    waiting: MailFound | None = None
    for raw in _raw_mails(file):
        number += 1
        if waiting:
            yield waiting
        waiting = MailFound(f"{file}#{number}", raw)
    if waiting:
        # One mail with a `From ` line in front is a mail, not a box.
        yield MailFound(str(file), waiting.raw) if number == 1 else waiting


def _raw_mails(file: Path) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    after_blank = True
    with file.open("rb") as opened:
        while line := opened.readline(MAIL_BYTES_MAX):
            if after_blank and line.startswith(b"From ") and _SEPARATOR.match(line):
                if lines:
                    yield _unquoted(lines)
                lines, size, after_blank = [], 0, False
                continue
            after_blank = not line.strip(b"\r\n")
            size += len(line)
            if size <= MAIL_BYTES_MAX:
                lines.append(line)
    if lines:
        yield _unquoted(lines)


def _unquoted(lines: list[bytes]) -> bytes:
    if lines and not lines[-1].strip(b"\r\n"):
        lines = lines[:-1]
    raw = b"".join(lines)
    return _QUOTED_FROM.sub(rb"\1", raw) if b">From " in raw else raw
