"""Next answer: the customer wrote after our answer, so we owe the next one.

Each time it is a new promise. Several messages in a row are one: the first of them counts.
Before our first answer nothing new is owed; that is the first answer's promise.
"""

from collections.abc import Sequence

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _
from unbroken.promise.measure import Measure, Run
from unbroken.promise.timeline import ended

ANSWERS = frozenset({"ticket.replied", "ticket.resolved"})
ENDS = frozenset(
    {
        "ticket.resolved",
        "ticket.closed",
        "ticket.cancelled",
        "ticket.rejected",
        "ticket.merged",
    }
)


def fold(events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    """One run for each time the customer waited for us."""
    found: list[Run] = []
    has_answered = False
    for event in events:
        owed = found[-1] if found and not found[-1].is_over else None
        if event.kind == "ticket.message_added":
            if has_answered and owed is None:
                found.append(Run(event.at, event.id))
        elif event.kind in ANSWERS and event.by.startswith("agent:"):
            has_answered = True
            if owed:
                found[-1] = ended(owed, event, kept=True)
        elif event.kind in ENDS and owed:
            found[-1] = ended(owed, event, kept=False)
    return tuple(found)


measure = Measure(
    key="next_answer",
    label=_("Next answer"),
    position=20,
    fold=fold,
    listens_to=ENDS | {"ticket.message_added", "ticket.replied", "ticket.reply_withdrawn"},
)
