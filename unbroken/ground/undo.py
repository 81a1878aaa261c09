"""Taking back the last thing that happened to a row.

A room says for each kind of event how it is taken back, with the verbs of the room itself: taking
back is a change like any other, with its own event, so it can be taken back too.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.log import events_of, words_of
from unbroken.ground.words import _

Deed = Callable[..., None]
"""Takes the event and, by name, `by` and `at`."""

_restores: dict[str, Deed] = {}
_undoes: dict[str, Deed] = {}
_passing: set[str] = set()

refusals(
    {
        "undo.changed_since": _("Something else was changed since. Look again."),
        "undo.cannot": _("This cannot be taken back."),
    }
)


def restores(deeds: Mapping[str, Deed]) -> None:
    """How events that carry the values of before (`was`, `words_was`) are taken back."""
    _restores.update(deeds)


def undoes(deeds: Mapping[str, Deed]) -> None:
    """How events are taken back that need no values for it."""
    _undoes.update(deeds)


def passing(kind: str) -> None:
    """Events of this kind happen all day: what was changed before one can still be taken back."""
    _passing.add(kind)


def lasting(events: Iterable[LoggedEvent]) -> list[LoggedEvent]:
    """Without those that pass."""
    return [event for event in events if event.kind not in _passing]


def can_take_back(event: LoggedEvent) -> bool:
    """Whether the record holds enough to take this back."""
    if event.kind in _restores:
        return bool(event.data.get("was") or event.data.get("words_was"))
    return event.kind in _undoes


def take_back(*, stream: str, version: int, by: Actor, at: datetime) -> None:
    """What happened last is as it was before; refused when it is not the last any more."""
    happened = lasting(events_of([stream]))
    if not happened or happened[-1].version != version:
        raise Refused("undo.changed_since")
    last = happened[-1]
    if not can_take_back(last):
        raise Refused("undo.cannot")
    deed = _restores.get(last.kind) or _undoes[last.kind]
    deed(last, by=by, at=at)


def values_back(event: LoggedEvent) -> dict[str, Any]:
    """What the columns were; words that were erased meanwhile do not come back."""
    words: Mapping[str, int] = event.data.get("words_was") or {}
    known = words_of(words.values())
    if any(known.get(said) is None for said in words.values()):
        raise Refused("undo.cannot")
    return {**(event.data.get("was") or {}), **{name: known[said] for name, said in words.items()}}
