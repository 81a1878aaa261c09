"""Complaint answered: from the complaint until what could be done about it is done.

A request that is called a complaint later is one from then on. Nothing stops this clock: regulators
count what the customer waited, whoever it was waited for (facts: EETT H04, AGCOM article 12).
"""

from collections.abc import Sequence

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _
from unbroken.promise.measure import Measure, Run
from unbroken.promise.timeline import ended, started_at, taken_up

SAYS_WHAT_IT_IS = frozenset({"ticket.acknowledged", "ticket.adopted", "ticket.classified"})
KEPT = frozenset({"ticket.resolved", "ticket.closed"})
VOID = frozenset({"ticket.cancelled", "ticket.rejected", "ticket.merged"})


def fold(events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    """One run from the complaint on; opened again it goes on where it was left."""
    found: list[Run] = []
    for event in events:
        run = found[-1] if found else None
        owed = run if run is not None and not run.is_over else None
        told = event.data.get("ticket_type") if event.kind in SAYS_WHAT_IT_IS else None
        if told == "complaint" and owed is None:
            found.append(Run(started_at(event, "reported_at"), event.id))
        elif owed and ((told and told != "complaint") or event.kind in VOID):
            found[-1] = ended(owed, event, kept=False)
        elif owed and event.kind in KEPT:
            found[-1] = ended(owed, event, kept=True)
        elif run and not owed and run.ending == "kept" and event.kind == "ticket.reopened":
            found[-1] = taken_up(run, event)
    return tuple(found)


measure = Measure(
    key="complaint_answered",
    label=_("Complaint answered"),
    position=40,
    fold=fold,
    listens_to=SAYS_WHAT_IT_IS | KEPT | VOID | {"ticket.reopened"},
)
