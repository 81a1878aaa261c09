"""What is answered after the end of a problem."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "well_answer.given",
    says=_("Answered whether it is well again"),
    sample={"problem": 4, "contact": 31, "says": "no", "ticket": 100001},
)
@dataclass(frozen=True)
class WellAnswered:
    """Yes, or no; a no names the request that goes on with that line."""

    problem: int
    contact: int
    says: str
    ticket: int | None = None
