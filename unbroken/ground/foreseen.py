"""What a batch of letters is going to ask, asked for all of them at once.

A box whose letters ask the same few questions names them (`@when(…, foresee=…)`); their answers
are at hand while the batch acts. An answer is forgotten as soon as the batch itself changes a
row that it may depend on, so that a letter sees what the one before it did; what is not at hand
is asked as ever. Outside a batch nothing is at hand.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.db import models

Key = TypeVar("Key")
Answer = TypeVar("Answer")


class Foreseen(threading.local, Generic[Key, Answer]):
    """Answers to one question by what it asks for. `of` are the tables whose rows they tell of."""

    def __init__(self, *of: str) -> None:
        self._of = frozenset(of)
        self._answers: dict[Key, Answer] = {}
        if not any(one is self for one in _all):
            _all.append(self)

    def put(self, answers: Mapping[Key, Answer]) -> None:
        """These are at hand until the batch ends; without a batch nothing is kept."""
        if _now.is_open:
            self._answers.update(answers)

    def get(self, key: Key) -> Answer | None:
        """The answer, or None when it is not at hand."""
        return self._answers.get(key)

    def take(self, key: Key) -> Answer | None:
        """The same for what can be used once."""
        return self._answers.pop(key, None)

    def forget(self, table: str | None = None) -> None:
        """All of it; with a table only when the answers tell of its rows."""
        if self._answers and (table is None or table in self._of):
            self._answers.clear()


class _Now(threading.local):
    is_open = False


_all: "list[Foreseen[Any, Any]]" = []
_now = _Now()


@contextmanager
def foresight() -> Iterator[None]:
    """For as long as a batch is at work; whatever was foreseen ends with it."""
    _now.is_open = True
    try:
        yield
    finally:
        _now.is_open = False
        for foreseen in _all:
            foreseen.forget()


def has_changed(model: type[models.Model]) -> None:
    """A row of this model was changed by this very thread."""
    if _now.is_open:
        for foreseen in _all:
            foreseen.forget(model._meta.db_table)
