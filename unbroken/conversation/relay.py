"""The relay after a ticket is acknowledged: which stage follows which.

Every stage ends in one event of the ticket. Stages whose room does not exist yet are left
out in the house's settings; `after(stage)` is the event a stage waits for, so a room that
opens later slips in without its neighbours changing.
"""

from datetime import timedelta

from django.conf import settings

START = "ticket.acknowledged"
PATIENCE = timedelta(seconds=1)
"""How long a stage may take before the relay goes on without it; real time."""


def stages() -> tuple[str, ...]:
    """The stages of this house, in order."""
    return tuple(settings.RELAY_STAGES)


def ends(stage: str) -> str:
    """The event that ends a stage."""
    return f"ticket.{stage}"


def after(stage: str) -> str:
    """The event upon which a stage begins."""
    place = stages().index(stage)
    return START if place == 0 else ends(stages()[place - 1])


def finish() -> str:
    """The event upon which the receipt is sent."""
    return ends(stages()[-1]) if stages() else START
