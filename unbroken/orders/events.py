"""What happens to an order. Whoever tells customers listens here; nothing here tells anybody."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

_AT = "2026-05-24T04:10:00+00:00"


@event(
    "order.placed",
    says=_("Order placed"),
    sample={"customer": 7, "kind": "change", "service": 9, "steps": ["interim", "full"]},
)
@dataclass(frozen=True)
class OrderPlaced:
    """A customer wants something new, another speed, or to move. `steps` in their order."""

    customer: int
    kind: str
    service: int | None = None
    ticket: int | None = None
    steps: tuple[str, ...] = ()


@event(
    "order.step_changed",
    says=_("A step of the order changed"),
    sample={"step": 3, "key": "part", "state": "held", "was": "inProgress", "promised_at": _AT},
)
@dataclass(frozen=True)
class OrderStepChanged:
    """A step went on, waits, is done or not needed; or another time is promised for it.

    `promised_was`: the time that was promised before.
    """

    step: int
    key: str
    state: str
    was: str
    promised_at: datetime | None = None
    promised_was: datetime | None = None


@event("order.ended", says=_("Order ended"), sample={"state": "completed"})
@dataclass(frozen=True)
class OrderEnded:
    """Nothing is left to do: completed, or cancelled."""

    state: str
