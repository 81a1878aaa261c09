"""Words that open the list behind a number: `missed:first_answer/2026-11-16..2026-11-22`. Pure.

The word is a figure; before the slash stands which promise, or whose answers; after it the day, or
the first and the last one. A month stands for its days.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unbroken.quality import figures

OF_PROMISES = {"kept": figures.KEPT, "missed": figures.MISSED}
OF_PEOPLE = {"answered": figures.ANSWERED, "resolved": figures.RESOLVED}
OF_ALL = {
    "received": figures.RECEIVED,
    "complaint": figures.COMPLAINT,
    "firstcontact": figures.FIRST_CONTACT,
    "reopened": figures.REOPENED,
    "ended": figures.ENDED,
}
WORDS: Mapping[str, str] = {**OF_PROMISES, **OF_PEOPLE, **OF_ALL}
WORD_OF = {figure: word for word, figure in WORDS.items()}
NONE = "none"
"""`team:none`, `topic:none`: in no team, under no topic."""

_DAYS = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Counted:
    """Requests that add to a figure between two days, both included. `what` may be empty."""

    word: str
    what: str
    since: date
    until: date

    @property
    def figures(self) -> str:
        """How the figure is kept; ends in a dot where every promise counts."""
        return WORDS[self.word] + (self.what if self.word in OF_PROMISES else "")


def read_counted(word: str, value: str) -> Counted | None:
    """What stands behind the colon; None when it cannot be read."""
    what, slash, days = value.rpartition("/")
    if slash and word in OF_ALL:
        return None
    first, dots, last = days.partition("..")
    since, until = _span(first), _span(last if dots else first)
    if since is None or until is None or since[0] > until[1] or (slash and not what):
        return None
    return Counted(word, what, since[0], until[1])


def counted_word(word: str, since: date, until: date, what: str = "") -> str:
    """The same the other way round."""
    days = since.isoformat() if since == until else f"{since.isoformat()}..{until.isoformat()}"
    return f"{word}:{what}/{days}" if what else f"{word}:{days}"


def _span(text: str) -> tuple[date, date] | None:
    """The days that a day or a month stands for."""
    found = _DAYS.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        if day:
            one = date(int(year), int(month), int(day))
            return one, one
        length = calendar.monthrange(int(year), int(month))[1]
        return date(int(year), int(month), 1), date(int(year), int(month), length)
    except ValueError:
        return None
