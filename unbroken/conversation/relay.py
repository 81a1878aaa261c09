"""The relay after a ticket is acknowledged: which stage follows which.

Every stage ends in one event of the ticket. Stages whose room does not exist yet are left
out in the house's settings; `begins(stage)` are the events that a stage listens to, so a room that
opens later slips in without its neighbours changing. A stage that looks at a service is left out
for a request that names none: nobody waits for it, not even a moment.
"""

from datetime import timedelta

from django.conf import settings

from unbroken.ground.clock import desk_span
from unbroken.ground.events import LoggedEvent

START = "ticket.acknowledged"
PATIENCE = desk_span(timedelta(seconds=1))
"""How long a stage may take before the relay goes on without it: a second of real time, in which
a rehearsal's desk lives through a minute."""
OF_A_SERVICE = frozenset({"looked", "matched"})
"""Stages that look at the service of a request."""


def stages() -> tuple[str, ...]:
    """The stages of this house, in order."""
    return tuple(settings.RELAY_STAGES)


def ends(stage: str) -> str:
    """The event that ends a stage."""
    return f"ticket.{stage}"


def begins(stage: str) -> tuple[str, ...]:
    """The events upon which a stage may begin; whether one does, says `is_turn`."""
    place = stages().index(stage)
    if place == 0:
        return (START,)
    before = stages()[place - 1]
    return (ends(before), *(begins(before) if before in OF_A_SERVICE else ()))


def is_turn(stage: str, event: LoggedEvent) -> bool:
    """Whether this stage begins with this event: those between are not for such a request."""
    names_none = event.kind == START and event.data.get("service") is None
    following = [
        one for one in stages()[_place(event.kind) :] if not (names_none and one in OF_A_SERVICE)
    ]
    return following[:1] == [stage]


def _place(kind: str) -> int:
    """How many stages are over with this event."""
    return 0 if kind == START else 1 + [ends(one) for one in stages()].index(kind)


def finish() -> str:
    """The event upon which the receipt is sent."""
    return ends(stages()[-1]) if stages() else START
