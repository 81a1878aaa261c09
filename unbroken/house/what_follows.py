"""What happens when something happened: every reaction to a kind of event, floor by floor.

Made from the letterboxes themselves, so it cannot disagree with what the desk does. The page
in the docs is `unbroken what-follows --write`; a test fails when it is stale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from inspect import getdoc

from django.conf import settings

from unbroken.ground.events import KINDS
from unbroken.ground.letters import BOXES

_HEAD = """# What follows

What the desk does when something has happened, floor by floor from the ground up. Made by
`bin/what-follows --write` from the reactions themselves; do not edit it by hand.
"""
_NOTHING = """## Nothing follows

These are on record and shown to whoever may see them; no room acts on them.
"""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One reaction of a room: its name, what it says of itself, when its letter is opened."""

    room: str
    name: str
    says: str
    box: str
    after: timedelta | None

    def __str__(self) -> str:
        late = f" after {self.after.total_seconds():g} s" if self.after else ""
        box = f", in its own box `{self.box}`" if self.box != self.room else ""
        return f"- **{self.room}** `{self.name}`{late}{box}: {self.says}"


def consequences(kind: str) -> list[Consequence]:
    """Everything that follows from a kind of event; the lowest floor first."""
    found = [
        Consequence(
            room=listener.react.__module__.split(".")[1],
            name=listener.react.__name__,
            says=(getdoc(listener.react) or "").partition("\n")[0],
            box=listener.box,
            after=listener.after,
        )
        for listener in BOXES.listeners
        if kind in listener.kinds and listener.react.__module__.startswith("unbroken.")
    ]
    floors = {room.rpartition(".")[2]: floor for floor, room in enumerate(settings.ROOMS)}
    return sorted(found, key=lambda one: floors[one.room])


def told(kinds: list[str]) -> Iterator[str]:
    """The chapters for some kinds of event, as lines."""
    for kind in kinds:
        yield f"## {kind}"
        yield ""
        if kind in KINDS:
            yield f"{KINDS[kind].says.rstrip('.')}."
            yield ""
        yield from map(str, consequences(kind))
        yield ""


def page() -> str:
    """The whole page of the docs."""
    kinds = sorted(KINDS)
    with_some = [kind for kind in kinds if consequences(kind)]
    without = [kind for kind in kinds if kind not in with_some]
    lines = [_HEAD, *told(with_some), _NOTHING]
    lines += [f"- {kind}: {KINDS[kind].says.rstrip('.')}." for kind in without]
    return "\n".join(lines) + "\n"
