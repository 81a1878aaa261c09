"""The sentence that fits, and which words of it: pieces of text, some of them marked.

Pure. Stems are compared, so `invoices` is marked for `invoice`; how a word is stemmed is told by
whoever calls.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

WINDOW: Final = 200
_PLAIN: Final = str.maketrans("ёàèéìòù", "еaeeiou")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as it was written."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A word that may be what was asked for, as the index spells it, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """The best stretch of a text: how many different words fit, and where they are in it."""

    fits: int
    text: str
    hits: tuple[tuple[int, int], ...]


NOWHERE: Final = Window(-1, "", ())


def plain(text: str) -> str:
    """As the index spells it; every letter keeps its place."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_PLAIN)


def beginnings_of(stems: Iterable[str]) -> re.Pattern[str] | None:
    """Finds words that may have one of these stems: they begin nearly as it does."""
    begins = sorted({re.escape(stem[: max(len(stem) - 2, 2)]) for stem in stems if stem})
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(begins)})[^\W_]*") if begins else None


def spots(text: str, pattern: re.Pattern[str] | None) -> list[Spot]:
    """Where such words stand in a text."""
    if pattern is None:
        return []
    return [Spot(found[0], *found.span()) for found in pattern.finditer(plain(text))]


def window(text: str, spots: Sequence[Spot], words: Collection[str]) -> Window:
    """The stretch in which the most different of these words stand."""
    hits = [spot for spot in spots if spot.word in words]
    best, at = 0, 0
    for first in hits[:100]:
        until = first.start + WINDOW * 3 // 4
        inside = {spot.word for spot in hits if first.start <= spot.start < until}
        if len(inside) > best:
            best, at = len(inside), first.start
    begin = _beginning(text, at) if best else 0
    end = _end(text, begin + WINDOW)
    return Window(
        best,
        text[begin:end],
        tuple((s.start - begin, s.end - begin) for s in hits if begin <= s.start and s.end <= end),
    )


def _beginning(text: str, at: int) -> int:
    """Where the sentence begins, or a word not far before."""
    from_ = max(0, at - WINDOW // 4)
    if from_ == 0:
        return 0
    sentence = max(text.rfind(mark, from_, at) for mark in (". ", "! ", "? ", "\n"))
    if sentence >= 0:
        return sentence + (1 if text[sentence] == "\n" else 2)
    blank = text.find(" ", from_, at)
    return blank + 1 if blank >= 0 else from_


def _end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", at - 30, at)
    return blank if blank > 0 else at


def pieces(text: str, hits: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text in stretches, the hits marked; runs of blanks become one."""
    found: list[Piece] = []
    at = 0
    for start, end in hits:
        found += [Piece(_tidy(text[at:start])), Piece(text[start:end], True)]
        at = end
    found.append(Piece(_tidy(text[at:])))
    return tuple(piece for piece in found if piece.text)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text)
