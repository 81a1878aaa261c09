"""The sentence that fits, and which words of it: pieces of text, some of them marked.

Pure. Stems are compared, so `invoices` is marked for `invoice`; how a word is stemmed is told by
whoever calls.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

WINDOW: Final = 200
WORD: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = str.maketrans("ёàèéìòù", "еaeeiou")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as it was written."""

    text: str
    is_marked: bool = False


def plain(word: str) -> str:
    """As the index spells it."""
    return word.lower().translate(_PLAIN)


def likely_words(text: str, stems: Iterable[str]) -> set[str]:
    """Words of a text that may have one of these stems: they begin nearly as it does."""
    begins = tuple({stem[: max(len(stem) - 2, 2)] for stem in stems})
    return {w for found in WORD.finditer(text) if (w := plain(found[0])).startswith(begins)}


def best_window(text: str, is_hit: Callable[[str], bool]) -> tuple[int, str, list[tuple[int, int]]]:
    """The stretch with the most different hits: their number, the text, where they are."""
    hits = [found.span() for found in WORD.finditer(text) if is_hit(plain(found[0]))]
    best: tuple[int, int] = (0, 0)
    for start, _ in hits[:200]:
        inside = {plain(text[a:b]) for a, b in hits if start <= a < start + WINDOW * 3 // 4}
        if len(inside) > best[0]:
            best = (len(inside), start)
    begin = _beginning(text, best[1]) if best[0] else 0
    end = _end(text, begin + WINDOW)
    inside_hits = [(a - begin, b - begin) for a, b in hits if begin <= a and b <= end]
    return best[0], text[begin:end], inside_hits


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
