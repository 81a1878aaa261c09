"""What a crew answers by mail: the first word counts, in three languages. Pure.

"left", "30", "in 30 minutes", "working", "done", "not done"; what follows on other lines is a
word to the desk. Whatever else is not guessed at.
"""

import re
from dataclasses import dataclass

MINUTES_MAX = 600
NOTE_LETTERS_MAX = 500

_MINUTES = re.compile(
    r"(?:(?:in|через|fra|tra|entro)\s+)?(\d{1,3})\s*(?:m|min|mins|minutes?|мин|минут[аы]?|minut[oi])?"
)
_STEPS: tuple[tuple[str, str], ...] = (
    ("notDone", r"not (?:done|finished|ready)|could not|failed|не (?:готово|сделано|сделали|"
                r"закончил\w*|удалось|вышло)|non (?:fatto|finito|riuscit\w|pronto)"),
    ("left", r"left|leaving|on (?:my|our|the) way|выехал\w*|выезжа\w+|едем|еду|в пути|"
             r"partit\w|parto|partiamo|in viaggio"),
    ("working", r"working|at work|started|begun|on site|работа\w+|начал\w*|на месте|"
                r"al lavoro|lavor\w+|iniziat\w|sul posto"),
    ("done", r"done|finished|ready|fixed|готово|сделано|сделали|закончил\w*|починил\w*|"
             r"fatto|finito|riparato|pronto"),
)  # fmt: skip
_KNOWN = tuple((step, re.compile(rf"(?:{words})\b")) for step, words in _STEPS)


@dataclass(frozen=True, slots=True)
class Reported:
    """A step as a crew said it; `note` is a word to the desk."""

    step: str
    minutes: int | None = None
    note: str = ""


def reported(text: str) -> Reported | None:
    """The step that these words begin with; None: they begin with none."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines:
        return None
    first = re.sub(r"\s+", " ", lines[0].casefold()).strip(" .,!;:-*\"'")
    note = "\n".join(lines[1:]).strip()[:NOTE_LETTERS_MAX]
    minutes = _MINUTES.fullmatch(first)
    if minutes is not None:
        count = int(minutes[1])
        return Reported("minutes", count, note) if 1 <= count <= MINUTES_MAX else None
    for step, words in _KNOWN:
        found = words.match(first)
        if found is not None:
            rest = first[found.end() :].strip(" .,!;:-")
            return Reported(step, None, "\n".join(filter(None, (rest, note))))
    return None
