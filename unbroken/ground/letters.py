"""Letterboxes: how a change reaches the rooms that listen to it.

A letter is written with the change and deleted with its consequence, so it is acted on
exactly once, in the order of its stream. A room listens with `@when`; what the letters
carry is the event itself. A letter that failed three times is parked and later letters
of the same stream wait behind it, in that box only.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from unbroken.ground.clock import now
from unbroken.ground.events import LoggedEvent
from unbroken.ground.statements import Statements

ATTEMPTS = 3
"""Failures after which a letter is parked."""


class Reaction(Protocol):
    """One consequence: sets what follows from the event, so doing it again is harmless."""

    def __call__(self, event: LoggedEvent, *, at: datetime) -> None: ...


@dataclass(frozen=True)
class Listener:
    """A reaction, where its letters lie, and what is prepared before its transaction."""

    box: str
    kinds: frozenset[str]
    react: Callable[..., None]
    prepare: Callable[[LoggedEvent], Any] | None = None
    after: timedelta | None = None
    foresee: "Foresee | None" = None


class Foresee(Protocol):
    """Fetches for a whole batch what its letters are going to ask (`ground.foreseen`)."""

    def to_prepare(self, events: Sequence[LoggedEvent]) -> None:
        """Before the letters are prepared, outside a transaction; only the first ones may be."""

    def to_react(self, letters: Sequence[tuple[LoggedEvent, Any]]) -> None:
        """At the beginning of the batch's transaction: its events with what was prepared."""


@dataclass
class Boxes:
    """Who listens to what; filled while the rooms' `reactions.py` are imported."""

    listeners: list[Listener] = field(default_factory=list)
    by_kind: dict[str, list[tuple[str, timedelta | None]]] = field(default_factory=dict)
    by_box: dict[tuple[str, str], list[Listener]] = field(default_factory=dict)
    urgent: set[str] = field(default_factory=set)

    def add(self, listener: Listener) -> None:
        """One letter per box and event, however many reactions the box has to it."""
        self.listeners.append(listener)
        for kind in listener.kinds:
            boxes = self.by_kind.setdefault(kind, [])
            known = dict(boxes)
            if listener.box not in known:
                boxes.append((listener.box, listener.after))
            elif known[listener.box] != listener.after:
                raise RuntimeError(f"box {listener.box} hears {kind} with two delays")
            self.by_box.setdefault((listener.box, kind), []).append(listener)

    def names(self) -> list[str]:
        return sorted({listener.box for listener in self.listeners})


BOXES = Boxes()


def when(
    *kinds: str | Iterable[str],
    prepare: Callable[[LoggedEvent], Any] | None = None,
    after: timedelta | None = None,
    box: str | None = None,
    urgent: bool = False,
    foresee: Foresee | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Listen to kinds of event, by name. The box is the room of the decorated function.

    `prepare(event)` runs before the transaction opens and its value is handed on as
    `prepared=`. `after` delays the letter, in the desk's time; such letters need a
    `box` of their own ("conversation.relay"), since they do not keep the order. For an `urgent`
    box, whose letters give a request its number, all the others give way (`giving_way`).
    `foresee` fetches for a whole batch what its letters ask.
    """
    flat = frozenset(k for kind in kinds for k in ((kind,) if isinstance(kind, str) else kind))

    def register(react: Callable[..., None]) -> Callable[..., None]:
        name = box or react.__module__.split(".")[1]
        BOXES.add(Listener(name, flat, react, prepare, after, foresee))
        if urgent:
            BOXES.urgent.add(name)
        return react

    return register


# A function, because each connection plans what stands in it once (migration 0002 of the ground).
_POST = "SELECT ground_post(%s, %s, %s, %s, %s, %s::jsonb, %s::text[], %s::timestamptz[])"


def post(
    statements: Statements,
    *,
    stream: str,
    version: int,
    kind: str,
    at: datetime,
    by: str,
    data: Any,
) -> None:
    """Log the event and put a letter into every box that listens, in one statement."""
    boxes = BOXES.by_kind.get(kind, [])
    names = [box for box, _ in boxes]
    due = [now() + after if after else None for _, after in boxes]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    statements.add(_POST, [stream, version, kind, at, by, text, names, due])


def react(event: LoggedEvent, box: str, *, at: datetime, prepared: dict[int, Any]) -> None:
    """Run every reaction of a box to one event, in the order they were declared."""
    for number, listener in enumerate(BOXES.by_box.get((box, event.kind), ())):
        if listener.prepare is None:
            listener.react(event, at=at)
        else:
            listener.react(event, at=at, prepared=prepared[number])


def foresees(box: str) -> bool:
    """Whether some reaction of this box says what its letters are going to ask."""
    return any(one.foresee is not None for one in BOXES.listeners if one.box == box)


def foresee_preparing(box: str, events: Sequence[LoggedEvent]) -> None:
    """Fetch what preparing these letters asks."""
    for kind, listener, _number in _foreseeing(box):
        mine = [event for event in events if event.kind == kind]
        if listener.foresee is not None and mine:
            listener.foresee.to_prepare(mine)


def foresee_reacting(box: str, ready: Sequence[tuple[LoggedEvent, dict[int, Any]]]) -> None:
    """Fetch what reacting to these letters asks."""
    for kind, listener, number in _foreseeing(box):
        mine = [(event, told.get(number)) for event, told in ready if event.kind == kind]
        if listener.foresee is not None and mine:
            listener.foresee.to_react(mine)


def _foreseeing(box: str) -> list[tuple[str, Listener, int]]:
    return [
        (kind, listener, number)
        for (name, kind), listeners in BOXES.by_box.items()
        if name == box
        for number, listener in enumerate(listeners)
        if listener.foresee is not None
    ]


def prepared_for(event: LoggedEvent, box: str) -> dict[int, Any]:
    """The slow, pure part of a box's reactions, done before any transaction."""
    return {
        number: listener.prepare(event)
        for number, listener in enumerate(BOXES.by_box.get((box, event.kind), ()))
        if listener.prepare is not None
    }
