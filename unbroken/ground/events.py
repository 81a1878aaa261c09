"""What happened, as small frozen values, and the log that keeps them for ever.

A room declares its events with `@event(kind, says=…, sample=…)`: `says` is the
sentence a reader of the timeline sees, `sample` one stored shape that must stay
readable for ever. Events carry ids and plain values, never a name, an address or
a sentence a person wrote.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from unbroken.ground.words import Phrase


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One line of the record."""

    id: int
    stream: str
    version: int
    kind: str
    at: datetime
    by: str
    data: Mapping[str, Any]
    imported: bool = False

    @property
    def subject_id(self) -> int:
        """The id of the row the stream is about: 7 for `ticket:7`."""
        return int(self.stream.rpartition(":")[2])

    def load(self) -> Any:
        """The typed event; fields it did not have when it was stored take their default."""
        return load(self.kind, self.data)


def logged(row: Sequence[Any]) -> LoggedEvent:
    """A row of the log (id, stream, version, kind, at, by, data, imported) as a value."""
    number, stream, version, kind, at, by, data, imported = row
    fields = json.loads(data) if isinstance(data, str) else data
    return LoggedEvent(number, stream, version, kind, at, by, fields, imported)


@dataclass(frozen=True, slots=True)
class EventKind:
    """How one kind of event is read and told."""

    kind: str
    shape: type
    says: Phrase
    sample: Mapping[str, Any]


KINDS: dict[str, EventKind] = {}
_OF_SHAPE: dict[type, str] = {}
_FIELDS: dict[type, tuple[str, ...]] = {}

T = TypeVar("T")


def event(
    kind: str, *, says: Phrase, sample: Mapping[str, Any] | None = None
) -> Callable[[type[T]], type[T]]:
    """Register a frozen dataclass as the shape of `kind`. Two with one kind stop the start-up."""

    def register(shape: type[T]) -> type[T]:
        if kind in KINDS:
            raise RuntimeError(f"two events are called {kind}")
        KINDS[kind] = EventKind(kind, shape, says, dict(sample or {}))
        _OF_SHAPE[shape] = kind
        return shape

    return register


def kind_of(told: object) -> str:
    """The registered kind of an event value; KeyError for a stranger."""
    return _OF_SHAPE[type(told)]


def dump(told: object) -> dict[str, Any]:
    """The event's fields as JSON values; empty ones are left out."""
    shape = type(told)
    if shape not in _FIELDS:
        _FIELDS[shape] = tuple(f.name for f in dataclasses.fields(told))  # type: ignore[arg-type]
    fields = {name: getattr(told, name) for name in _FIELDS[shape]}
    return {name: _plain(value) for name, value in fields.items() if value is not None}


def load(kind: str, data: Mapping[str, Any]) -> Any:
    """Stored fields back to the typed event; unknown fields are left aside."""
    shape = KINDS[kind].shape
    hints = typing.get_type_hints(shape)
    known = {name: _typed(data[name], hints[name]) for name in hints if name in data}
    return shape(**known)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _typed(value: object, hint: Any) -> object:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if datetime in options and isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(value, list):
        return tuple(value)
    return value
