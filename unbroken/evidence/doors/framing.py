"""Lines out of a stream: counted octets or line feeds, whichever the sender uses. RFC 6587.

Pure. A line that never ends is cut; its rest is thrown away up to where the next one begins.
"""

from collections.abc import Iterator

LINE_MAX = 16_384
_DIGITS_MAX = 5


class Framing:
    """One connection's bytes."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._skipped = 0
        self._skips_line = False

    def lines(self, data: bytes) -> Iterator[bytes]:
        """The lines that are whole now."""
        self._held += data
        while True:
            self._skip()
            line = self._next()
            if line is None:
                return
            if line:
                yield line

    def rest(self) -> Iterator[bytes]:
        """What the sender left without an end."""
        if self._held and not self._skipped and not self._skips_line:
            yield bytes(self._held[:LINE_MAX])
        self._held.clear()

    def _next(self) -> bytes | None:
        held = self._held
        if not held or self._skipped or self._skips_line:
            return None
        if (count := self._count()) is not None:
            start, size = count
            if len(held) < start + min(size, LINE_MAX):
                return None
            line = bytes(held[start : start + min(size, LINE_MAX)])
            del held[: start + len(line)]
            self._skipped = size - len(line)
            return line.strip()
        end = held.find(b"\n")
        if end < 0 and len(held) <= LINE_MAX:
            return None
        self._skips_line = end < 0
        line = bytes(held[: min(end, LINE_MAX) if end >= 0 else LINE_MAX])
        del held[: end + 1 if end >= 0 else len(held)]
        return line.strip()

    def _count(self) -> tuple[int, int] | None:
        """Where a counted line begins and how long it is: `123 <13>…`."""
        blank = self._held.find(b" ", 0, _DIGITS_MAX + 1)
        digits = bytes(self._held[:blank]) if blank > 0 else b""
        if not digits.isdigit() or digits[:1] == b"0":
            return None
        if bytes(self._held[blank + 1 : blank + 2]) not in (b"<", b""):
            return None
        return blank + 1, int(digits)

    def _skip(self) -> None:
        if self._skipped:
            gone = min(self._skipped, len(self._held))
            del self._held[:gone]
            self._skipped -= gone
        if self._skips_line and (end := self._held.find(b"\n")) >= 0:
            del self._held[: end + 1]
            self._skips_line = False
        elif self._skips_line:
            self._held.clear()
