"""What goes on by itself: a plan whose time is over and that nobody ended takes longer."""

from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.outage.plans import actions, queries

EVERY_SECONDS = 30.0


def look_at_plans() -> None:
    """Tell once of each that overran."""
    at = now()
    for number in queries.overrunning(at):
        actions.note_overrun(plan_id=number, by=HOUSE, at=at)
