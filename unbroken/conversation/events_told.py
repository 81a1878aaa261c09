"""The time by which a request will probably be over, as it was told to the customer."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

T = "2026-05-24T17:30:00+02:00"


@event(
    "ticket.estimate_told",
    says=_("The customer was told by when it will probably be done"),
    sample={"by": T, "was": "2026-05-24T16:00:00+02:00", "why": "busy", "team": 1, "mailed": True},
)
@dataclass(frozen=True)
class EstimateTold:
    """Four of five told so are kept. No promise: it binds nobody and costs nothing.

    `was`: what was told before, if anything; `why`: the reason for the change, by key. `team`: in
    whose hands it was then. `mailed`: it went to them; else they read it in the portal, or hear it.
    """

    by: datetime
    was: datetime | None = None
    why: str = ""
    team: int | None = None
    mailed: bool = False
