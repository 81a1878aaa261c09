"""What happens to macros, rules and what recurs.

How one stands is kept as words (`body`), since names and texts are what somebody wrote; `was` is
how it stood before, so that the change can be taken back.
"""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("macro.set", says=_("Macro changed"), sample={"body": 8, "was": 7})
@dataclass(frozen=True)
class MacroSet:
    """A macro was written, changed, or taken out of use."""

    body: int
    was: int | None = None


@event("rule.set", says=_("Rule changed"), sample={"body": 8, "was": 7})
@dataclass(frozen=True)
class RuleSet:
    """A rule was written or changed; it acts only once it is switched on."""

    body: int
    was: int | None = None


@event(
    "rule.switched",
    says=_("Rule switched on or off"),
    sample={"on": True, "from_at": "2026-05-24T08:00:00+02:00"},
)
@dataclass(frozen=True)
class RuleSwitched:
    """It acts from `from_at` on, or no more."""

    on: bool
    from_at: datetime | None = None


@event("rule.moved", says=_("Rule moved in the order"), sample={"position": 2})
@dataclass(frozen=True)
class RuleMoved:
    """It looks at an event before those below it."""

    position: int


_T = "2026-05-25T06:00:00+00:00"


@event(
    "recurrence.set",
    says=_("Recurring request changed"),
    sample={"body": 8, "was": 7, "next_at": _T},
)
@dataclass(frozen=True)
class RecurrenceSet:
    """What recurs was written or changed; `next_at` is when it will be made next."""

    body: int
    was: int | None = None
    next_at: datetime | None = None


@event(
    "recurrence.made", says=_("Request made"), sample={"ticket": 100001, "due": _T, "next_at": _T}
)
@dataclass(frozen=True)
class RecurrenceMade:
    """Its time came: this ticket was made, for this date and for all that were missed before."""

    ticket: int
    due: datetime
    next_at: datetime | None = None


@event("recurrence.skipped", says=_("One was skipped"), sample={"due": _T, "next_at": _T})
@dataclass(frozen=True)
class RecurrenceSkipped:
    """This once it is not made."""

    due: datetime
    next_at: datetime | None = None


@event("recurrence.switched", says=_("Paused or resumed"), sample={"on": True, "next_at": _T})
@dataclass(frozen=True)
class RecurrenceSwitched:
    """It rests, or it goes on; what it missed while resting is not made."""

    on: bool
    next_at: datetime | None = None
