"""A day's hours as people type and read them: `8–12, 14:00–17:30`; empty is closed. Pure."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from unbroken.calendars.definition import DAYS, BadCalendar
from unbroken.ground.words import Phrase, _

DAY_WORDS: dict[str, Phrase] = dict(
    zip(
        DAYS,
        (
            _("Monday"),
            _("Tuesday"),
            _("Wednesday"),
            _("Thursday"),
            _("Friday"),
            _("Saturday"),
            _("Sunday"),
        ),
        strict=True,
    )
)
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


def hours_of(day: str, text: str) -> list[list[str]]:
    """The pairs of one day, in order; BadCalendar says what cannot be meant."""
    found = []
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            sentence = _("{day}: “{word}” is not a span of hours such as 08:00–12:00.")
            raise BadCalendar(sentence, day=DAY_WORDS[day], word=part.strip())
        found.append(
            [f"{int(h):02}:{m or '00'}" for h, m in (match.group(1, 2), match.group(3, 4))]
        )
    found.sort()
    for one, other in pairwise(found):
        if other[0] < one[1]:
            sentence = _("{day}: {one} and {other} overlap.")
            words = {"one": "–".join(one), "other": "–".join(other)}
            raise BadCalendar(sentence, day=DAY_WORDS[day], **words)
    return found


def in_text(pairs: Iterable[Sequence[str]]) -> str:
    """The same back: what the field shows."""
    return ", ".join("–".join(pair) for pair in pairs)


def dates_of(text: str) -> list[str]:
    """Days off as typed: `12-25` and `25.12.` every year, `2026-05-15` and `15.05.2026` once."""
    found = []
    for word in re.split(r"[\s,;]+", text):
        if german := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?", word):
            day, month, year = german.groups()
            word = f"{int(month):02}-{int(day):02}"
            word = f"{year}-{word}" if year else word
        if word:
            found.append(word)
    return sorted(set(found))
