"""Picked up: from the first ring or the opened chat until a person is there.

Each call is a promise of its own. Whoever gives up before is owed nothing by this promise; that
somebody gave up is counted elsewhere. Written for the telephone and the chat, which tell these.
"""

from collections.abc import Sequence

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _
from unbroken.promise.measure import Measure, Run
from unbroken.promise.timeline import ended, started_at

RANG, PICKED_UP, HUNG_UP = "ticket.rang", "ticket.picked_up", "ticket.hung_up"


def fold(events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    """One run for each time it rang."""
    found: list[Run] = []
    for event in events:
        owed = found[-1] if found and not found[-1].is_over else None
        if event.kind == RANG and owed is None:
            found.append(Run(started_at(event, "rang_at"), event.id))
        elif event.kind in (PICKED_UP, HUNG_UP) and owed:
            found[-1] = ended(owed, event, kept=event.kind == PICKED_UP)
    return tuple(found)


measure = Measure(
    key="pick_up",
    label=_("Picked up"),
    position=5,
    fold=fold,
    listens_to={RANG, PICKED_UP, HUNG_UP},
)
