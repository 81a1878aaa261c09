"""What was found on a line that a request is about: keys and figures, never words."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _

T = "2026-05-24T06:10:03+02:00"


@event(
    "ticket.looked",
    says=_("The line was looked at"),
    sample={"cause": "line_unstable", "certainty": 0.93, "since": T, "element": "line-77",
            "affected": 1},
)  # fmt: skip
@dataclass(frozen=True)
class LineLookedAt:
    """Stage of the relay: the verdict on the line, as it was before anybody spoke.

    `cause`: a key of causes, also `unknown`. `since`: its onset. `element`, `affected`: where, and
    how many services it strikes. `skipped`: nothing to look at, or it took too long.
    """

    cause: str = ""
    certainty: float | None = None
    since: datetime | None = None
    element: str = ""
    affected: int | None = None
    skipped: bool = False
