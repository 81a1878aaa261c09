"""What may have been meant by a word that finds little: one slip away, or the other keyboard."""

from dataclasses import dataclass

from django.db import connection

from unbroken.ground.sql import row
from unbroken.search.asking import Asked, Term, dropped_letters, other_keyboard, slips

LETTERS_MIN, LETTERS_BEGUN_MIN = 4, 3
SPELT_MAX = 200
"""Known words with one beginning, above which it is asked as it stands."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed with its words put right; `typed` is a search of its own."""

    typed: str


def meant(asked: Asked) -> Meant | None:
    """The same search with every unknown word put right; None when there is none."""
    typed = asked.typed
    for term in asked.wanted:
        if term.digits or term.is_quoted or term.is_beginning or term.text not in typed:
            continue
        better = _better(term)
        if better and better != term.text.lower():
            typed = typed.replace(term.text, better)
    return Meant(typed) if typed != asked.typed else None


def _better(term: Term) -> str:
    word = term.text.lower().replace("ё", "е")
    swapped = other_keyboard(word)
    known = _known_near(word, swapped)
    if word in known or len(word) < LETTERS_MIN:
        return ""
    if swapped in known:
        return swapped
    near = sorted((slips(word, other), other) for other in known if other[:1] and word.isalpha())
    allowed = 1 if len(word) < 8 else 2
    return near[0][1] if near and near[0][0] <= allowed else ""


def _known_near(word: str, swapped: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_word WHERE seen >= 3 AND near && %s::text[] LIMIT 500",
            [[*dropped_letters(word), swapped]],
        )
        return {row[0] for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class _Spelt:
    lexemes: str | None


def known_lexemes(begun: str) -> str:
    """The known words that begin so, as the index spells them; empty: none, or too many."""
    plain = begun.lower().replace("ё", "е")
    if not plain.isalpha() or len(plain) < LETTERS_BEGUN_MIN:
        return ""
    found = row(
        _Spelt, "search/queries/beginning.sql",
        begun=plain, upto=plain + "\U0010ffff", limit=SPELT_MAX,
    )  # fmt: skip
    return (found.lexemes or "") if found else ""
