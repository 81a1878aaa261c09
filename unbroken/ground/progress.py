"""How far a long job is, on a terminal; and what an import says at its end."""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TextIO

WIDTH = 30
PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of everything that an import read."""

    read: int
    new: int
    known: int
    changed: int = 0
    refused: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()

    def as_json(self) -> str:
        """The document of `--json`."""
        return json.dumps(
            {
                "read": self.read,
                "new": self.new,
                "known": self.known,
                "changed": self.changed,
                "refused": [{"item": item, "reason": reason} for item, reason in self.refused],
                "notes": list(self.notes),
            },
            ensure_ascii=False,
        )

    def as_lines(self) -> list[str]:
        """The same for a person: what was refused first, the sums last."""
        told = [f"{item}: {reason}" for item, reason in self.refused]
        told += [f"note: {note}" for note in self.notes]
        sums = f"{self.new} new, {self.known} known ({self.changed} changed)"
        return [*told, f"{self.read} read: {sums}, {len(self.refused)} refused."]


class Progress:
    """A bar on standard error; silent when nobody sits at a terminal."""

    def __init__(self, total: int, what: str, stream: TextIO | None = None) -> None:
        self.total = total
        self.what = what
        self.done = 0
        self.stream = stream or sys.stderr
        self.is_shown = self.stream.isatty() and total > 0
        self._next = 0.0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_shown:
            self._draw()
            self.stream.write("\n")

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        if self.is_shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE_SECONDS
            self._draw()

    def _draw(self) -> None:
        share = min(1.0, self.done / self.total)
        bar = ("█" * round(share * WIDTH)).ljust(WIDTH, "·")
        self.stream.write(f"\r{self.what} {bar} {self.done}/{self.total}")
        self.stream.flush()
