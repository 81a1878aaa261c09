"""The historian: what happened before our time, written in batches under its own dates.

Rows, children and events go into the database together, in one transaction, under the same
guards as every change. The events are marked `imported` and put no letters into any box: no
promise, rule, credit or receipt follows from them.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import models, transaction

from unbroken.ground.batch import copy_rows, draw_many
from unbroken.ground.events import dump, kind_of
from unbroken.ground.models import Blob, EventRow, Guarded, GuardedChild, Said

NUMBERS_AT_ONCE = 1000

_EVENT = ("stream", "version", "kind", "at", "by", "data", "imported")
_SAID = ("id", "stream", "version", "whose", "text")
_BLOB = ("id", "stream", "version", "sha256", "size", "whose", "data")


class Numbers:
    """Ids of one table, fetched many at a time."""

    def __init__(self, model: type[models.Model], at_once: int = NUMBERS_AT_ONCE) -> None:
        self._model = model
        self._at_once = at_once
        self._drawn: deque[int] = deque()

    def draw(self) -> int:
        """The next one."""
        if not self._drawn:
            self._drawn.extend(draw_many(self._model, self._at_once))
        return self._drawn.popleft()


class Historian:
    """Draws ids and opens books; kept for as long as history is being taken in."""

    def __init__(self, at_once: int = NUMBERS_AT_ONCE) -> None:
        self._at_once = at_once
        self._numbers: dict[type[models.Model], Numbers] = {}

    def draw(self, model: type[models.Model]) -> int:
        """The id of a row that will be written. Ids of a book that fails are lost, not reused."""
        if model not in self._numbers:
            self._numbers[model] = Numbers(model, self._at_once)
        return self._numbers[model].draw()

    @contextmanager
    def book(self) -> Iterator["Book"]:
        """One transaction of history: everything put into the book, or nothing."""
        with transaction.atomic():
            book = Book(self)
            yield book
            book.write()


class Book:
    """Rows and events on their way into the record."""

    def __init__(self, historian: Historian) -> None:
        self.historian = historian
        self._rows: dict[tuple[type[models.Model], tuple[str, ...]], list[tuple[Any, ...]]] = {}
        self._altered: list[tuple[Guarded, dict[str, Any]]] = []
        self._events: list[tuple[Any, ...]] = []

    def put(
        self,
        model: type[models.Model],
        columns: tuple[str, ...],
        row: tuple[Any, ...],
    ) -> None:
        """A new row, by columns; children name their stream and version themselves."""
        rows = self._rows.get((model, columns))
        if rows is None:
            rows = self._rows[(model, columns)] = []
        rows.append(row)

    def put_child(self, child: GuardedChild, *, stream: str, version: int) -> None:
        """The same for a child in hand, for those that are few."""
        child.stream, child.version = stream, version
        child.pk = child.pk or self.historian.draw(type(child))
        columns = tuple(field.attname for field in child._meta.concrete_fields)
        self.put(type(child), columns, tuple(getattr(child, name) for name in columns))

    def alter(self, row: Guarded, **changed: Any) -> None:
        """A row that exists and is locked: `version` and `changed_at` are among what changes."""
        self._altered.append((row, changed))

    def tell(self, stream: str, version: int, told: object, *, at: datetime, by: str) -> None:
        """What happened, at its own time."""
        self._events.append((stream, version, kind_of(told), at, by, dump(told), True))

    def said(self, text: str, *, stream: str, version: int, whose: str) -> int | None:
        """Words somebody wrote; None when there are none."""
        if not text:
            return None
        words = self.historian.draw(Said)
        clean = text.replace("\0", "\ufffd") if "\0" in text else text
        self.put(Said, _SAID, (words, stream, version, whose, clean))
        return words

    def kept(self, data: bytes, *, stream: str, version: int, whose: str) -> int:
        """Bytes of a file; returns the blob's id."""
        blob = self.historian.draw(Blob)
        row = (blob, stream, version, sha256(data).digest(), len(data), whose, data)
        self.put(Blob, _BLOB, row)
        return blob

    def write(self) -> None:
        """Events first, so that the guards find them; then the rows, then what was altered."""
        if self._events:
            copy_rows(EventRow, _EVENT, self._events)
        for (model, columns), rows in self._rows.items():
            copy_rows(model, columns, rows)
        for row, changed in self._altered:
            type(row)._base_manager.filter(pk=row.pk).update(**changed)
