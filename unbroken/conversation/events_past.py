"""What happened to a ticket before it came to this desk, where no event of ours says the same."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "ticket.past_step", says=_("At the old desk"), sample={"activity": "Awaiting vendor", "team": 1}
)
@dataclass(frozen=True)
class PastStep:
    """A step in the old desk's own word for it; the team is the one that it named there."""

    activity: str
    team: int | None = None
