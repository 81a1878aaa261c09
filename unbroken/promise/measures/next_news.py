"""Next news: the customer hears from us again in time, also while others work.

It begins with the report and anew with each of our messages. While we wait for the customer they
are owed no news; while we wait for anybody else they are.
"""

from collections.abc import Sequence

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _
from unbroken.promise.measure import Measure, Run
from unbroken.promise.timeline import ended, paused, resumed, started_at

BEGINS = {"ticket.acknowledged": "reported_at", "ticket.adopted": None, "ticket.reopened": None}
NEWS = frozenset({"ticket.replied", "ticket.resolved"})
VOID = frozenset({"ticket.closed", "ticket.cancelled", "ticket.rejected", "ticket.merged"})
ASKED = "ticket.customer_asked"
GOES_ON = frozenset({"ticket.customer_answered", "ticket.resumed", "ticket.held"})


def fold(events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    """One run from each message of ours to the next."""
    found: list[Run] = []
    for event in events:
        owed = found[-1] if found and not found[-1].is_over else None
        if owed is None:
            if event.kind in BEGINS and (found or event.kind != "ticket.reopened"):
                found.append(Run(started_at(event, BEGINS[event.kind]), event.id))
        elif event.kind in NEWS and event.by.startswith("agent:"):
            found[-1] = ended(owed, event, kept=True)
            if event.kind == "ticket.replied":
                found.append(Run(found[-1].ended_at or event.at, event.id))
        elif event.kind in VOID | NEWS:
            if event.kind != "ticket.replied":
                found[-1] = ended(owed, event, kept=False)
        elif event.kind == ASKED:
            found[-1] = paused(owed, event)
        elif event.kind in GOES_ON:
            found[-1] = resumed(owed, event.at)
    return tuple(found)


measure = Measure(
    key="next_news",
    label=_("Next news"),
    position=25,
    fold=fold,
    listens_to=NEWS | VOID | GOES_ON | BEGINS.keys() | {ASKED, "ticket.reply_withdrawn"},
)
