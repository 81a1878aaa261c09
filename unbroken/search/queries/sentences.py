"""With each hit the sentence that fits, its words marked; the subject's are marked too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from unbroken.ground.sql import rows
from unbroken.search import marking
from unbroken.search.asking import Asked
from unbroken.search.marking import Piece

LETTERS = 8_000
MESSAGES = 40


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something said on a ticket, or what a file of it holds."""

    number: int
    words: str
    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The subject, and one stretch of what was said. `source` is the kind of message, or file."""

    subject: tuple[Piece, ...]
    words: tuple[Piece, ...]
    source: str
    name: str


def sentences(asked: Asked, subjects: Mapping[int, str]) -> dict[int, Sentence]:
    """For each of these tickets, by number and subject, what to show of it."""
    spoken: dict[int, list[Spoken]] = defaultdict(list)
    for one in rows(
        Spoken,
        "search/queries/spoken.sql",
        tickets=list(subjects),
        letters=LETTERS,
        messages=MESSAGES,
    ):
        spoken[one.number].append(one)
    hits = _words_that_fit(
        asked, [*subjects.values(), *(one.words for many in spoken.values() for one in many)]
    )
    return {
        number: _sentence(subject, spoken[number], hits) for number, subject in subjects.items()
    }


def _sentence(subject: str, spoken: list[Spoken], hits: frozenset[str]) -> Sentence:
    is_hit = hits.__contains__
    marked = [f.span() for f in marking.WORD.finditer(subject) if is_hit(marking.plain(f[0]))]
    best: tuple[int, str, list[tuple[int, int]]] = (-1, "", [])
    source = name = ""
    for one in spoken:
        found = marking.best_window(one.words, is_hit)
        if found[0] > best[0]:
            best, source, name = found, one.source, one.name
    return Sentence(marking.pieces(subject, marked), marking.pieces(best[1], best[2]), source, name)


def _words_that_fit(asked: Asked, texts: Iterable[str]) -> frozenset[str]:
    """Which words of these texts are to be marked, as the index spells them."""
    typed = [term for term in asked.wanted if not term.digits]
    if not typed:
        return frozenset()
    beginnings = tuple(marking.plain(term.text) for term in typed if term.is_beginning)
    stems = _stems([" ".join(term.text for term in typed)])
    wanted = {stem for found in stems.values() for stem in found}
    likely: set[str] = set()
    for text in texts:
        likely |= marking.likely_words(text, [*wanted, *beginnings])
    stems_of = _stems(sorted(likely)[:2000])
    return frozenset(
        word
        for word, found in stems_of.items()
        if wanted & set(found) or (beginnings and word.startswith(beginnings))
    )


def _stems(words: list[str]) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, search_stems(word) FROM unnest(%s::text[]) AS word", [words])
        return dict(cursor.fetchall())
