"""What is typed into the one box, understood: words, "phrases", -without, this OR that, key:value.

Pure and forgiving: what is not understood is named and left out. A telephone may be written in
any notation; a word that ends in * is a beginning.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

KEYS: Final = ("from", "customer", "queue", "topic", "state", "before", "after", "has")
STATES: Final = ("open", "ended", "acknowledged", "inprogress", "pending", "held", "resolved",
                 "closed", "cancelled", "rejected")  # fmt: skip
LETTERS_MAX: Final = 300
CLAUSES_MAX: Final = 12

_PHONE: Final = re.compile(r"(?<![\w:.-])\(?\+?\d[\d ()./-]{5,22}\d(?![\w:.-])")
_PART: Final = re.compile(r'(-?)(?:([a-zA-Z]+):)?(?:"([^"]*)"?|(\S+))')
_IPV4: Final = re.compile(r"\d{1,3}(\.\d{1,3}){1,3}\.?")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_NUMBER: Final = re.compile(r"#?([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase. `digits`: it is a telephone, so it is looked up by how it ends."""

    text: str
    is_beginning: bool = False
    is_quoted: bool = False
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One of these; or, when `is_without`, none of them."""

    terms: tuple[Term, ...]
    is_without: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was understood."""

    typed: str = ""
    clauses: tuple[Clause, ...] = ()
    wants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    before: date | None = None
    after: date | None = None
    unknown: tuple[str, ...] = ()
    number: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not (self.clauses or self.wants or self.before or self.after)

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The words that a hit shows."""
        return tuple(t for clause in self.clauses if not clause.is_without for t in clause.terms)


def read(typed: str) -> Asked:
    """The words of an address or of the box."""
    text = " ".join(typed.replace("\0", "").split())[:LETTERS_MAX]
    reader = _Reader()
    for part in _PART.finditer(_with_phones_in_one_piece(text)):
        reader.take(part)
    number = _NUMBER.fullmatch(text)
    return Asked(
        typed=text,
        clauses=tuple(reader.clauses[:CLAUSES_MAX]),
        wants={key: tuple(values) for key, values in reader.wants.items()},
        before=reader.before,
        after=reader.after,
        unknown=tuple(reader.unknown),
        number=int(number[1]) if number else None,
    )


class _Reader:
    """Takes one part after the other."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = []
        self.wants: dict[str, list[str]] = {}
        self.before: date | None = None
        self.after: date | None = None
        self.unknown: list[str] = []
        self.joins = False

    def take(self, part: re.Match[str]) -> None:
        minus, key, quoted, word = part.groups()
        value = quoted if quoted is not None else word or ""
        if key and key.lower() in KEYS:
            self.want(key.lower(), value, whole=part[0], is_without=bool(minus))
        elif word in ("OR", "|") and not key and not minus:
            self.joins = bool(self.clauses)
        elif key and quoted is None and not value.startswith(("//", "\\")):
            self.unknown.append(part[0])
        elif any(letter.isalnum() for letter in value):
            self.add(_term(value, is_quoted=quoted is not None), is_without=bool(minus))

    def add(self, term: Term, *, is_without: bool) -> None:
        last = self.clauses[-1] if self.clauses else None
        if self.joins and last and not last.is_without and not is_without:
            self.clauses[-1] = Clause((*last.terms, term))
        else:
            self.clauses.append(Clause((term,), is_without))
        self.joins = False

    def want(self, key: str, value: str, *, whole: str, is_without: bool) -> None:
        day = _first_day(value) if key in ("before", "after") else None
        closed = {"state": STATES, "has": ("attachment",)}.get(key)
        if is_without or not value or (closed and value.lower() not in closed):
            self.unknown.append(whole)
        elif key == "before" and day:
            self.before = day
        elif key == "after" and day:
            self.after = day
        elif key in ("before", "after"):
            self.unknown.append(whole)
        else:
            self.wants.setdefault(key, []).append(value)


def _term(value: str, *, is_quoted: bool) -> Term:
    digits = re.sub(r"\D", "", value)
    is_phone = bool(_PHONE.fullmatch(value)) and not _IPV4.fullmatch(value)
    text = value.removesuffix("*").removeprefix("#") if not is_quoted else value
    return Term(
        text=text,
        is_beginning=not is_quoted and value.endswith("*") and bool(text),
        is_quoted=is_quoted,
        digits=digits if is_phone and len(digits) >= 7 else "",
    )


def _with_phones_in_one_piece(text: str) -> str:
    """`+39 340 123-45-67` is one word; what stands between quotes is left as it is."""
    pieces = re.split(r'("[^"]*"?)', text)
    return "".join(
        piece if piece.startswith('"') else _PHONE.sub(_joined, piece) for piece in pieces
    )


def _joined(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    is_plain = found[0].isdigit() or _IPV4.fullmatch(found[0]) or _DATE.fullmatch(found[0])
    if is_plain or not 7 <= len(digits) <= 15:
        return found[0]
    return f"+{digits}" if "+" in found[0] else digits


def _first_day(text: str) -> date | None:
    """The day a date begins: `2026`, `2026-05`, `2026-05-24`."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def months(after: date | None, before: date | None, *, today: date) -> list[str]:
    """Every month between two days as `2026-05`, at most sixty years of them."""
    day = (after or date(max(today.year - 30, 1), 1, 1)).replace(day=1)
    last = today + timedelta(days=31)
    if before:
        last = min(last, before - timedelta(days=1) if before > date.min else before)
    found: list[str] = []
    while day <= last and len(found) < 720:
        found.append(f"{day.year:04}-{day.month:02}")
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def without(asked: Asked, word: str) -> str:
    """What was typed, less one part that was not understood."""
    return " ".join(part for part in asked.typed.split() if part != word)


def dropped_letters(word: str) -> list[str]:
    """The word, and what is left of it when one letter is dropped."""
    return [word, *sorted({word[:place] + word[place + 1 :] for place in range(len(word))})]


def slips(one: str, other: str) -> int:
    """How many letters were dropped, added, changed or swapped between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SWAP: Final = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)


def other_keyboard(word: str) -> str:
    """The same keys pressed with the other layout on: `bynthytn` was meant to be `интернет`."""
    return word.lower().translate(_SWAP)
