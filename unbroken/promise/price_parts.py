"""What a sum is made of, so that it can be read line by line. Pure.

A part is one reason for money; its steps lead to its amount, each with its value, its unit, the
sum behind it in numbers, and where it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from unbroken.ground.words import Phrase, _

CHOSEN: Final = _("chosen")
SET: Final = _("set in the costs")
MEASURED: Final = _("measured: {cases} cases")
ASSUMED: Final = _("assumed: set in the costs, for too little is measured")
ERLANG: Final = _("Erlang A for those who wait on the line, Erlang C for all work")
ERLANG_C: Final = _("Erlang C, for nobody hangs up")
POISSON: Final = _("faults come at random")
CALENDAR: Final = _("from the calendar")
SUM: Final = _("sum")


@dataclass(frozen=True, slots=True)
class Step:
    """One line: a number, its unit, the sum behind it, its source."""

    key: str
    label: Phrase
    value: float
    unit: str
    source: Phrase
    formula: str = ""
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One reason for money, a month; `amount` is None where it only leads to others."""

    key: str
    label: Phrase
    amount: float | None
    steps: tuple[Step, ...]
    hours: float = 0.0
    """Hours of people that are paid for it."""


@dataclass(frozen=True, slots=True)
class Record:
    """How a promise that is to be sold was kept so far.

    `cases` is 0 where nothing is known; `possible` is what we could keep, in the slider's unit.
    """

    measure: str
    promised: float
    kept: float
    cases: int
    possible: float | None
    is_same_hours: bool = True
    is_modelled: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it is not sold: a sentence and its values."""

    key: str
    measure: str
    record: Record | None = None
    least: float = 0.0


def numbered(value: float) -> str:
    """A number as a sum shows it: no more digits than matter."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:.0f}"
    return f"{value:.4g}"


def times(*values: float) -> str:
    """3 × 4"""
    return " × ".join(numbered(one) for one in values)


def plus(*values: float) -> str:
    """3 + 4"""
    return " + ".join(numbered(one) for one in values)
