"""What happens in routing."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("queue.set", says=_("Queue changed"), sample={"key": "first-line"})
@dataclass(frozen=True)
class QueueSet:
    """A queue was added or changed."""

    key: str
