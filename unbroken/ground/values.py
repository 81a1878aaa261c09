"""Giving a row new values, and remembering what they were in a way the log may keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unbroken.ground.actor import HOUSE, Actor

NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changed:
    """What an event says about new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object]
    now: Mapping[str, object]
    words_was: Mapping[str, int]
    words_now: Mapping[str, int]

    def told(self) -> dict[str, Any]:
        """As the fields of an event; what is empty is left out."""
        parts = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in parts.items() if value}


def set_values(
    row: Any,
    wanted: Mapping[str, object],
    *,
    words: frozenset[str] = NO_WORDS,
    whose: Actor = HOUSE,
) -> Changed | None:
    """Give a row under change the values that are not None; None when nothing really changed.

    `words` are the columns that hold what is personal: the log carries the ids of such words,
    never the words.
    """
    before = {
        column: getattr(row, column)
        for column, value in wanted.items()
        if value is not None and getattr(row, column) != value
    }
    if not before:
        return None
    for column in before:
        setattr(row, column, wanted[column])
    plain, said = sorted(before.keys() - words), sorted(before.keys() & words)
    return Changed(
        fields=tuple(before),
        was={column: before[column] for column in plain},
        now={column: wanted[column] for column in plain},
        words_was={column: row.said(str(before[column]), whose=whose) for column in said},
        words_now={column: row.said(str(wanted[column]), whose=whose) for column in said},
    )
