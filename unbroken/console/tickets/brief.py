"""A long request in four lines, in people's own words: nothing is written that nobody said.

Of the messages that count the sentence is taken that says most of what this request is about: by
the words that come back in it, without greetings and thanks. No model, no network; pure but for
the first words of a story that is shown only in part.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from unbroken.console.tickets.happened import Happening
from unbroken.console.tickets.story import Entry
from unbroken.ground.sql import row

FROM_MESSAGES: Final = 10
SENTENCES_MAX: Final = 12
LETTERS_MIN, LETTERS_MAX = 12, 240
_ENDS: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_POLITE: Final = re.compile(
    r"(hello|hi|hey|dear|good (morning|day|evening|afternoon)|thank|thanks|best|kind|regards|"
    r"yours|здравствуйте|добр(ый|ое|ого)|привет|уважаем|спасибо|благодар|с уважением|"
    r"ciao|salve|buongiorno|buonasera|gentil|grazie|cordiali|distinti|saluti|caro|cara)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of somebody."""

    who: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """How it began, what both sides said last, and a question that nobody answered yet.

    `is_known`: the reader wrote here themselves, so it is folded for them.
    """

    began: Line | None
    heard: Line | None
    said: Line | None
    asked: Line | None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class FirstWords:
    """The customer's first message."""

    who: str
    words: str
    at: datetime


def brief_of(
    subject: str, story: Sequence[Entry | Happening], numbers: Sequence[int], *, is_cut: bool
) -> Brief | None:
    """The four lines; None for a story that one reads as quickly."""
    talk = [
        one
        for one in story
        if isinstance(one, Entry) and one.look in ("in", "out") and one.words
        and not one.is_withdrawn
    ]  # fmt: skip
    if len(talk) < FROM_MESSAGES:
        return None
    about = weights([subject, *(one.words for one in talk if one.look == "in")])
    heard, said = _last(talk, "in", about), _last(talk, "out", about)
    began, is_known = _began(talk, numbers, about, is_cut=is_cut), any(one.is_me for one in talk)
    return Brief(began, heard, said, _asked(talk), is_known)


def weights(texts: Iterable[str]) -> Counter[str]:
    """In how many of these texts a word stands: what comes back is what it is about."""
    return Counter(word for text in texts for word in {w.lower() for w in _WORD.findall(text)})


def sentences(words: str) -> list[str]:
    """What a message says, without greetings and thanks."""
    parts = (_without_greeting(part.strip()) for part in _ENDS.split(words))
    found = [one for one in parts if len(one) >= LETTERS_MIN and not _POLITE.match(one)]
    return found[:SENTENCES_MAX]


def _without_greeting(part: str) -> str:
    """`Dear Anneke, which lamp is dark?` is a question, not a greeting."""
    greeting, comma, rest = part.partition(",")
    return rest.strip() if comma and _POLITE.match(greeting) and len(greeting) < 40 else part


def telling(words: str, about: Counter[str]) -> str:
    """The sentence that says most, cut at a word where it is long; empty when there is none."""
    found = sentences(words)
    if not found:
        return ""
    best = max(found, key=lambda one: _score(one, about))  # the first of equals
    return best if len(best) <= LETTERS_MAX else best[:LETTERS_MAX].rpartition(" ")[0] + " …"


def _score(sentence: str, about: Counter[str]) -> float:
    words = {word.lower() for word in _WORD.findall(sentence)}
    return sum(about[word] - 1 for word in words if word in about) / (8 + len(words))


def _last(talk: Sequence[Entry], look: str, about: Counter[str]) -> Line | None:
    for one in reversed(talk):
        if one.look == look and (words := telling(one.words, about)):
            return Line(one.who, words, one.at)
    return None


def _began(
    talk: Sequence[Entry], numbers: Sequence[int], about: Counter[str], *, is_cut: bool
) -> Line | None:
    first: Entry | FirstWords | None = next((one for one in talk if one.look == "in"), None)
    if is_cut:
        first = row(FirstWords, "console/tickets/queries/first_words.sql", tickets=list(numbers))
    words = telling(first.words, about) if first else ""
    return Line(first.who, words, first.at) if first and words else None


def _asked(talk: Sequence[Entry]) -> Line | None:
    """A question of whoever spoke last: the other side has not answered it."""
    for one in reversed(talk):
        if one.look != talk[-1].look:
            return None
        questions = [part for part in sentences(one.words) if part.endswith("?")]
        if questions:
            return Line(one.who, questions[-1][:LETTERS_MAX], one.at)
    return None
