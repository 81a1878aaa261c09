"""With each hit the sentence that fits, its words marked; the subject's are marked too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from unbroken.ground.sql import rows
from unbroken.search import marking
from unbroken.search.asking import Asked
from unbroken.search.marking import Piece, Spot

LETTERS = 4_000
MESSAGES = 20
STEMMED_MAX = 20_000
"""Words whose stems a process remembers: some megabytes."""


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for as stems and beginnings of words."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]


def sentences(asked: Asked, subjects: Mapping[int, str]) -> dict[int, Sentence]:
    """For each of these tickets, by number and subject, what to show of it."""
    wanted = _wanted(asked)
    pattern = marking.beginnings_of([*wanted.stems, *wanted.beginnings])
    titles = {number: marking.spots(subject, pattern) for number, subject in subjects.items()}
    spoken: dict[int, list[tuple[Spoken, list[Spot]]]] = defaultdict(list)
    for one in _spoken(subjects, is_any=pattern is None):
        spoken[one.number].append((one, marking.spots(one.words, pattern)))
    every = [*titles.values(), *(spots for many in spoken.values() for _, spots in many)]
    words = _words_that_fit(wanted, {spot.word for spots in every for spot in spots})
    return {
        number: _sentence(subject, titles[number], spoken[number], words)
        for number, subject in subjects.items()
    }


def _spoken(tickets: Iterable[int], *, is_any: bool) -> list[Spoken]:
    """What was said; only the last of it where no words were asked for."""
    return rows(
        Spoken,
        "search/queries/spoken.sql",
        tickets=list(tickets),
        letters=marking.WINDOW * 2 if is_any else LETTERS,
        messages=1 if is_any else MESSAGES,
    )


def _sentence(
    subject: str, title: list[Spot], spoken: list[tuple[Spoken, list[Spot]]], words: frozenset[str]
) -> Sentence:
    best, source, name = marking.NOWHERE, "", ""
    for one, spots in spoken:
        found = marking.window(one.words, spots, words) if spots or best.fits < 0 else best
        if found.fits > best.fits:
            best, source, name = found, one.source, one.name
    return Sentence(
        subject=marking.pieces(subject, [(s.start, s.end) for s in title if s.word in words]),
        words=marking.pieces(best.text, best.hits),
        source=source,
        name=name,
    )


def _wanted(asked: Asked) -> Wanted:
    typed = [term for term in asked.wanted if not term.digits]
    stems = _stems([" ".join(term.text for term in typed)]) if typed else {}
    return Wanted(
        frozenset(stem for found in stems.values() for stem in found if stem[0] != "#"),
        tuple(marking.plain(term.text) for term in typed if term.is_beginning),
    )


def _words_that_fit(wanted: Wanted, likely: set[str]) -> frozenset[str]:
    """Which of these words are to be marked."""
    return frozenset(
        word
        for word, found in _stems(sorted(likely)[:2000]).items()
        if wanted.stems & set(found) or (wanted.beginnings and word.startswith(wanted.beginnings))
    )


def _stems(words: list[str]) -> dict[str, list[str]]:
    """The stems of each word. A word's never change: the database is asked only for new ones."""
    known = {word: _stemmed[word] for word in words if word in _stemmed}
    new = [word for word in words if word not in known]
    if new:
        with connection.cursor() as cursor:
            cursor.execute("SELECT word, search_stems(word) FROM unnest(%s::text[]) AS word", [new])
            found: dict[str, list[str]] = dict(cursor.fetchall())
        if len(_stemmed) + len(found) > STEMMED_MAX:
            _stemmed.clear()
        _stemmed.update(found)
        known |= found
    return known


_stemmed: dict[str, list[str]] = {}
