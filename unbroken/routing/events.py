"""What happens in routing."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _
from unbroken.routing import events_chain as events_chain
from unbroken.routing import events_escalation as events_escalation


@event(
    "queue.set",
    says=_("Queue changed"),
    sample={"key": "first-line", "was": {"topics": []}, "now": {"topics": ["internet"]}},
)
@dataclass(frozen=True)
class QueueSet:
    """A queue was added, or changed from what it was to what it is now."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
