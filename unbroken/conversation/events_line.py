"""What people say about the line of a request: how words are meant, and what it really was."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "ticket.claim_corrected",
    says=_("What the customer said was read again"),
    sample={"claim": "onset.0a1b2c3d", "reading": "other", "at": "2026-05-22T06:00:00+02:00"},
)
@dataclass(frozen=True)
class ClaimCorrected:
    """An agent says how the customer's words are meant; the words themselves stand in the message.

    `claim`: the kind, and a checksum of the words. `reading`: right, wrong (nothing of the kind was
    claimed) or other, with what was meant: `at` since when, `number` how often or how fast, `clock`
    minutes after midnight, `state` of a lamp. `kinds`: what is complained of, for the claim
    "about".
    """

    claim: str
    reading: str
    at: datetime | None = None
    number: float | None = None
    clock: int | None = None
    state: str = ""
    kinds: tuple[str, ...] = ()


@event(
    "ticket.cause_recorded",
    says=_("The true cause was recorded"),
    sample={"cause": "wet_joint", "said": "line_unstable", "certainty": 0.93, "how": "said"},
)
@dataclass(frozen=True)
class CauseRecorded:
    """Somebody knows what it was. `said`, `certainty`: what the line's verdict had been.

    `how`: said (somebody chose it), or resolving (left as it was preselected when resolving).
    """

    cause: str
    said: str = ""
    certainty: float | None = None
    how: str = "said"
