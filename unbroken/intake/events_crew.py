"""What happens to the links that crews report by."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "crew_pass.made",
    says=_("A crew may report"),
    sample={"problem": 4, "ends_at": "2026-05-25T08:02:00+00:00", "words": 45, "mailed": True},
)
@dataclass(frozen=True)
class CrewPassMade:
    """Whoever has the link may report on this problem until then; `words`: whom it was given to."""

    problem: int
    ends_at: datetime
    words: int | None = None
    mailed: bool = False


@event("crew_pass.ended", says=_("A crew's link was taken back"), sample={"problem": 4})
@dataclass(frozen=True)
class CrewPassEnded:
    """The link opens nothing any more."""

    problem: int
