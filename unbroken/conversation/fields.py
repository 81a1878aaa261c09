"""What a custom field may hold, and how what somebody typed is read. Pure.

Five kinds: text, number, choice, date, yes_no. `value` is the one spelling under which it is
looked for: lower case, a point in numbers, 2026-05-24, yes or no, the key of a choice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

KINDS: Final = ("text", "number", "choice", "date", "yes_no")
FOR_AGENTS: Final = ("may", "must")
FOR_CUSTOMERS: Final = ("hidden", "sees", "may", "must")
TEXT_MAX = 2000
VALUE_MAX = 200
"""Letters of a text by which it is looked for."""

NUMBER_MAX = Decimal(10) ** 13
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_HERE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_YES = frozenset({"yes", "true", "1", "да", "si", "sì"})
_NO = frozenset({"no", "false", "0", "нет"})


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as it stands: whose requests it asks about, what it may hold, who fills it in."""

    id: int
    key: str
    topic_id: int
    kind: str
    names: dict[str, str]
    choices: list[dict[str, Any]] = field(default_factory=list)
    position: int = 0
    for_agents: str = "may"
    for_customers: str = "hidden"
    at_closing: bool = False
    active: bool = True

    def name_in(self, language: str) -> str:
        """Its name in a language, else in English, else its key."""
        return self.names.get(language) or self.names.get("en") or self.key

    def choices_in(self, language: str) -> list[tuple[str, str]]:
        """What can be chosen, in order: key and name."""
        return [(str(one["key"]), _named(one["names"], language)) for one in self.choices]

    @property
    def is_shown(self) -> bool:
        """Whether the customer reads it."""
        return self.for_customers != "hidden"

    @property
    def is_asked(self) -> bool:
        """Whether the customer may fill it in."""
        return self.for_customers in ("may", "must")


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds, ready for its columns; all empty: nothing."""

    value: str = ""
    text: str = ""
    number: Decimal | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why something cannot stand in a field: the key of a refusal."""

    key: str
    choices: str = ""


def read_value(row: FieldRow, typed: str, *, language: str = "en") -> Value | Wrong:
    """What was typed, as the field holds it; blanks are nothing."""
    text = typed.replace("\0", "").strip()
    if not text:
        return Value()
    match row.kind:
        case "number":
            return _number(text)
        case "date":
            return _day(text)
        case "yes_no":
            return _yes_or_no(text)
        case "choice":
            return _choice(row, text, language)
    if len(text) > TEXT_MAX:
        return Wrong("field.too_long")
    return Value(_spelled(text), text)


def shown(row: FieldRow, value: str, text: str, language: str) -> str:
    """What a field holds, in the reader's words; a yes or no is worded by the face."""
    if row.kind == "choice":
        return dict(row.choices_in(language)).get(value, text or value)
    return text or value


def key_problem(key: str) -> bool:
    """Whether this cannot be a field's short name."""
    return _KEY.fullmatch(key) is None


def asked_value(row: FieldRow, typed: str) -> str:
    """How a value typed into a list's address is looked for."""
    read = read_value(row, typed)
    return _spelled(typed) if isinstance(read, Wrong) else read.value


def missing(rows: Sequence[FieldRow], filled: dict[int, str], *, whose: str) -> list[FieldRow]:
    """The fields that must hold something and do not. `whose`: agents, customers, closing."""
    return [row for row in rows if _must_hold(row, whose) and not filled.get(row.id)]


def _must_hold(row: FieldRow, whose: str) -> bool:
    if whose == "closing":
        return row.at_closing
    return (row.for_agents if whose == "agents" else row.for_customers) == "must"


def _named(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()), "–")


def _spelled(text: str) -> str:
    return " ".join(text.lower().split())[:VALUE_MAX]


def _number(text: str) -> Value | Wrong:
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return Wrong("field.not_a_number")
    if not number.is_finite() or abs(number) >= NUMBER_MAX:
        return Wrong("field.not_a_number")
    number = round(number, 6)
    spelled = format(number.normalize(), "f")
    return Value(spelled, spelled, number=number)


def _day(text: str) -> Value | Wrong:
    found, here = _DAY.fullmatch(text), _DAY_HERE.fullmatch(text)
    parts = found.groups() if found else here.groups()[::-1] if here else ()
    try:
        day = date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        return Wrong("field.not_a_day")
    return Value(day.isoformat(), day.isoformat(), day=day)


def _yes_or_no(text: str) -> Value | Wrong:
    said = text.lower()
    if said in _YES:
        return Value("yes", "yes")
    return Value("no", "no") if said in _NO else Wrong("field.not_yes_or_no")


def _choice(row: FieldRow, text: str, language: str) -> Value | Wrong:
    said = text.lower()
    for one in row.choices:
        names = [str(name).lower() for name in one["names"].values()]
        if said == str(one["key"]).lower() or said in names:
            return Value(str(one["key"]), _named(one["names"], "en"))
    return Wrong("field.not_a_choice", ", ".join(name for _key, name in row.choices_in(language)))
