"""Who and where the words themselves name: a telephone, a circuit, a street, a person.

Pure. An agent writes down what is said; whoever is named in it is offered, and chosen by a person.
"""

import re
from typing import Final

ASKED_MAX = 4
"""So many names of one text are looked up: the agent waits for none of it."""
DIGITS_MIN = 6

_PHONE: Final = re.compile(r"\+?\d[\d\s()/.-]{4,20}\d")
_MAIL: Final = re.compile(r"[^\s@<>,;]{1,64}@[\w.-]{3,100}\w")
_KEY: Final = re.compile(r"(?<![\w@])(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]{3,40}(?![\w@])")
_WORD: Final = r"[^\W\d_a-zа-яё][^\W\d_]{2,30}"
_ADDRESS: Final = re.compile(rf"((?:{_WORD}[ .]+)?{_WORD})[ ,]+(\d{{1,4}}[a-zа-я]?)(?![\w:.-])")
_PERSON: Final = re.compile(rf"{_WORD}(?: (?:de|van|von|di|da|del))? {_WORD}")


def named_in(words: str) -> tuple[str, ...]:
    """What to look up, the surest first: addresses of mail, telephones, keys, streets, people."""
    text = words[:2000]
    found = [*_MAIL.findall(text)]
    found += [one for one in _PHONE.findall(text) if _digits(one) >= DIGITS_MIN]
    found += [one for one in _KEY.findall(text) if not _is_time_or_measure(one)]
    found += [f"{street} {house}" for street, house in _ADDRESS.findall(text)]
    found += _PERSON.findall(text)
    return tuple(dict.fromkeys(one.strip() for one in found))[:ASKED_MAX]


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _is_time_or_measure(text: str) -> bool:
    """`20h`, `48mbit`, `2nd` are no keys of anything."""
    return re.fullmatch(r"\d+[^\W\d_]{1,6}", text) is not None
