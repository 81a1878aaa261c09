"""What can happen to agreements and promises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "agreement.set",
    says=_("Agreement changed"),
    sample={
        "key": "classic",
        "was": {"name": "Classic", "calendar": "weekdays", "aims": []},
        "now": {"name": "Classic", "calendar": "every-day", "aims": []},
    },
)
@dataclass(frozen=True)
class AgreementSet:
    """An agreement was added, or its calendar or objectives are others now."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "agreement.made_default",
    says=_("Default agreement changed"),
    sample={"key": "classic", "is_default": True},
)
@dataclass(frozen=True)
class AgreementMadeDefault:
    """Whom nobody promised anything else is promised this from now on, or no longer."""

    key: str
    is_default: bool


@event(
    "promise.missed",
    says=_("A promise was missed"),
    sample={
        "ticket": 100001,
        "measure": "first_answer",
        "agreement": "classic",
        "due_at": "2026-05-24T12:00:00+02:00",
    },
)
@dataclass(frozen=True)
class PromiseMissed:
    """A due time passed with the promise still owed. Told once for each promise."""

    ticket: int
    measure: str
    agreement: str
    due_at: datetime
