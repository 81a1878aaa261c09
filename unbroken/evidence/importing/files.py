"""Files as they are handed in, line by line, and what became of them."""

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from unbroken.ground.progress import Progress, Taken

LINE_BYTES_MAX = 1_000_000
REFUSED_MAX = 10_000
"""So many are told one by one; a file of something else would fill the memory."""

GZIP = b"\x1f\x8b"


@dataclass
class Report:
    """What became of everything so far."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    refused_more: int = 0
    notes: list[str] = field(default_factory=list)

    def refuse(self, item: str, reason: str) -> None:
        """This one is not taken in."""
        if len(self.refused) < REFUSED_MAX:
            self.refused.append((item, reason))
        else:
            self.refused_more += 1

    def taken(self) -> Taken:
        """As an import says it at its end."""
        refused = list(self.refused)
        if self.refused_more:
            refused.append(("…", f"{self.refused_more} more, not told one by one."))
        return Taken(self.read, self.new, self.known, refused=refused, notes=self.notes)


Work = Callable[[str, Iterable[bytes], Report], None]
"""Takes the lines of one file in; it is called by the name for refusals."""


def take_files(names: Iterable[str], work: Work, *, what: str) -> Taken:
    """Every file after the other; one that cannot be read is refused and the rest go on."""
    report = Report()
    listed = list(names)
    total = sum(Path(name).stat().st_size for name in listed if Path(name).is_file())
    with Progress(total, what) as progress:
        for name in listed:
            try:
                with _opened(name) as file:
                    work(name, _lines(file, progress), report)
            except (OSError, EOFError, gzip.BadGzipFile) as error:
                reason = getattr(error, "strerror", None) or str(error) or "it ends too early"
                report.refuse(name, f"It cannot be read: {reason}.")
    return report.taken()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        begins = file.peek(2)[:2] if hasattr(file, "peek") else b""
        if begins == GZIP:
            with gzip.open(file) as unpacked:
                yield unpacked  # type: ignore[misc]
        else:
            yield file


def _lines(file: BinaryIO, progress: Progress) -> Iterator[bytes]:
    while line := file.readline(LINE_BYTES_MAX):
        progress.step(len(line))
        yield line
