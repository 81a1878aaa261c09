"""The one write path: a change is one row, one event, one transaction.

`begin` makes a row, `change` alters one under its lock. The body says what happened
with `row.tell(...)`; saving, versioning, logging and posting letters happen at the end
of the block, or not at all. A refusal undoes the whole transaction it stands in.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.events import dump, kind_of
from unbroken.ground.foreseen import has_changed
from unbroken.ground.letters import post
from unbroken.ground.models import Blob, Guarded, GuardedChild, Said
from unbroken.ground.sequence import draw, draw_loosely
from unbroken.ground.statements import Statements, held
from unbroken.ground.words import Phrase, in_language

Row = TypeVar("Row", bound=Guarded)
Child = TypeVar("Child", bound=GuardedChild)

_within: ContextVar[bool] = ContextVar("within_a_change", default=False)

REFUSALS: dict[str, Phrase] = {}


def refusals(sentences: Mapping[str, Phrase]) -> None:
    """A room's refusal keys and their sentences; two rooms may not share a key."""
    twice = REFUSALS.keys() & sentences.keys()
    if twice:
        raise RuntimeError(f"refusals worded twice: {sorted(twice)}")
    REFUSALS.update(sentences)


class Refused(Exception):
    """Not done, for a reason fit for the person who asked: a key and its values."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def in_words(self, language: str | None = None) -> str:
        """The reason in the reader's language."""
        return in_language(REFUSALS.get(self.key, Phrase(self.key)), language, **self.values)

    def __str__(self) -> str:
        return self.in_words("en")


class Untold(AssertionError):
    """A bug: a row changed without saying what happened, or said two things at once."""


class Changing(Generic[Row]):
    """A row while it is being changed: its fields, and how to say what happened."""

    def __init__(self, row: Row, *, by: Actor, at: datetime) -> None:
        self.row = row
        self.by = by
        self.at = max(at, row.changed_at) if row.changed_at else at
        self.stream = f"{row.stream}:{row.id}"
        self.version = row.version + 1
        self._before = _columns(row)
        self._told: object | None = None
        self._children: list[GuardedChild] = []

    def tell(self, told: object) -> None:
        """Say what happened. Exactly once per change."""
        if self._told is not None:
            raise Untold(f"{self.stream}: told {self._told!r} and {told!r}; make two changes")
        self._told = told

    def add(self, child: Child) -> Child:
        """A new child row, or one of this row's children with altered fields."""
        if not child.pk:
            child.pk = draw(type(child)) if child.ids_in_order else draw_loosely(type(child))
        child.stream, child.version = self.stream, self.version
        self._children.append(child)
        return child

    def said(self, text: str, *, whose: Actor) -> int:
        """Keep words somebody wrote; returns their id for the event to carry."""
        words = Said(id=draw_loosely(Said), whose=str(whose), text=text.replace("\0", "\ufffd"))
        self.add(words)
        return int(words.pk)

    def kept(self, data: bytes, *, whose: Actor) -> int:
        """Keep bytes; returns the blob's id."""
        digest = hashlib.sha256(data).digest()
        blob = Blob(sha256=digest, size=len(data), whose=str(whose), data=data)
        return int(self.add(blob).pk)

    def save(self, *, new: bool) -> None:
        """Write row, children, event and letters; nothing when nothing happened."""
        after = _columns(self.row)
        changed = {name: value for name, value in after.items() if value != self._before.get(name)}
        if self._told is None:
            if changed or self._children or new:
                raise Untold(f"{self.stream} changed {sorted(changed)} and told nothing")
            return
        self.row.version, self.row.changed_at = self.version, self.at
        statements = Statements()
        if new:
            statements.insert([self.row])
        else:
            changed |= {"version": self.version, "changed_at": self.at}
            statements.update(type(self.row), self.row.pk, changed)
        _save_children(self._children, statements)
        has_changed(type(self.row))
        post(
            statements,
            stream=self.stream,
            version=self.version,
            kind=kind_of(self._told),
            at=self.at,
            by=str(self.by),
            data=dump(self._told),
        )
        statements.send()


_OWN = frozenset({"id", "version", "changed_at"})


def _columns(row: models.Model) -> dict[str, Any]:
    """The row's values as they are now; columns that were not fetched do not count."""
    values = row.__dict__
    return {
        name: list(values[name]) if isinstance(values[name], list) else values[name]
        for name in _names(type(row))
        if name in values
    }


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in _OWN)


def _save_children(children: list[GuardedChild], statements: Statements) -> None:
    new: dict[type[GuardedChild], list[GuardedChild]] = {}
    for child in children:
        if child._state.adding:
            new.setdefault(type(child), []).append(child)
        else:
            names = [f.attname for f in child._meta.concrete_fields if f.attname != "id"]
            values = {name: child.__dict__[name] for name in names if name in child.__dict__}
            statements.update(type(child), child.pk, values)
    for rows in new.values():
        statements.insert(rows)
    for child in children:
        child._state.adding = False


@contextmanager
def begin(model: type[Row], *, by: Actor, at: datetime) -> Iterator[Any]:
    """A new row. Its id is drawn at once; everything is written at the end of the block."""
    with _alone(), transaction.atomic(savepoint=False):
        row = model(id=draw(model), version=0, changed_at=at)
        handle = _Handle(Changing(row, by=by, at=at))
        yield handle
        handle.changing.save(new=True)


@contextmanager
def change(model: type[Row], row_id: int, *, by: Actor, at: datetime) -> Iterator[Any]:
    """An existing row under its lock. `model.DoesNotExist` when there is none."""
    with _alone(), transaction.atomic(savepoint=False):
        handle = _Handle(Changing(held(model, row_id), by=by, at=at))
        yield handle
        handle.changing.save(new=False)


@contextmanager
def change_held(row: Row, *, by: Actor, at: datetime) -> Iterator[Any]:
    """A row that this very transaction holds already (`statements.held`)."""
    with _alone(), transaction.atomic(savepoint=False):
        handle = _Handle(Changing(row, by=by, at=at))
        yield handle
        handle.changing.save(new=False)


@contextmanager
def change_pair(
    model: type[Row], first_id: int, second_id: int, *, by: Actor, at: datetime
) -> Iterator[tuple[Any, Any]]:
    """Two rows at once, locked in the order of their ids; each tells its own event."""
    if first_id == second_id:
        raise ValueError("a pair needs two rows")
    with _alone(), transaction.atomic(savepoint=False):
        locked = {i: held(model, i) for i in sorted((first_id, second_id))}
        pair = tuple(_Handle(Changing(locked[i], by=by, at=at)) for i in (first_id, second_id))
        yield pair[0], pair[1]
        for handle in pair:
            handle.changing.save(new=False)


@contextmanager
def _alone() -> Iterator[None]:
    """A change inside a change would lock rows in an order nobody chose."""
    if _within.get():
        raise Untold("a change inside a change: call the other action before or after")
    token = _within.set(True)
    try:
        yield
    finally:
        _within.reset(token)


class _Handle:
    """What the block works with: the row's own fields, and the verbs of `Changing`."""

    __slots__ = ("changing",)
    _VERBS = frozenset({"tell", "add", "said", "kept", "stream", "version", "at", "by"})

    changing: "Changing[Any]"

    def __init__(self, changing: "Changing[Any]") -> None:
        object.__setattr__(self, "changing", changing)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.changing if name in self._VERBS else self.changing.row, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.changing.row, name, value)
