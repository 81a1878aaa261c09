"""Appointment kept: somebody is there before the window that was agreed closes.

The clock starts when the window closes, so the target is how late one may be. A window moved in
time is another promise; one called off is owed no more. Written for the field, which tells these.
"""

from collections.abc import Sequence

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _
from unbroken.promise.measure import Measure, Run
from unbroken.promise.timeline import ended, started_at

FIXED, CALLED_OFF = "ticket.appointment_fixed", "ticket.appointment_called_off"
ARRIVED = "ticket.crew_arrived"
VOID = frozenset({CALLED_OFF, "ticket.cancelled", "ticket.rejected", "ticket.merged"})


def fold(events: Sequence[LoggedEvent]) -> tuple[Run, ...]:
    """One run for each window that was agreed."""
    found: list[Run] = []
    for event in events:
        owed = found[-1] if found and not found[-1].is_over else None
        if event.kind == FIXED:
            if owed:
                found[-1] = ended(owed, event, kept=False)
            found.append(Run(started_at(event, "until"), event.id))
        elif event.kind == ARRIVED and owed:
            found[-1] = ended(owed, event, kept=True)
        elif event.kind in VOID and owed:
            found[-1] = ended(owed, event, kept=False)
    return tuple(found)


measure = Measure(
    key="appointment_kept",
    label=_("Appointment kept"),
    position=45,
    fold=fold,
    listens_to=VOID | {FIXED, ARRIVED},
)
