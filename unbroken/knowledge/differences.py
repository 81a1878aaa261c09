"""What is different between two versions of a text, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\n+|[^\S\n]+|\w+|[^\w\s]")
PIECES_MAX = 12_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: `same`, `new` or `gone`."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The later text, with what is gone standing where it stood."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > PIECES_MAX:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_joined(_compared(old, new)))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Piece("gone", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece("new", "".join(new[new_from:new_to]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A lone blank between two changes belongs to both: one change reads better than three."""
    gone = new = ""
    for piece in pieces:
        if piece.kind == "same" and (piece.text.strip() or not (gone or new)):
            yield from _change(gone, new)
            gone = new = ""
            yield piece
        elif piece.kind == "same":
            gone, new = gone + piece.text, new + piece.text
        elif piece.kind == "gone":
            gone += piece.text
        else:
            new += piece.text
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone == new:
        if gone:
            yield Piece("same", gone)
        return
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
