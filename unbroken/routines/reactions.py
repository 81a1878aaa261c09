"""Rules look at what happens to tickets."""

from datetime import datetime

from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.routines import firing
from unbroken.routines.triggers import KINDS


@when(KINDS)
def look_at_rules(event: LoggedEvent, *, at: datetime) -> None:
    """Every rule that this event may start; and the alarms of those that wait for time."""
    firing.consider(event, at=at)
