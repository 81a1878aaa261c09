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
    "period_objective.set",
    says=_("What is promised over a month was changed"),
    sample={
        "agreement": "rock",
        "was": {"measure": "first_answer", "percent": "70.000", "seconds": None, "is_on": True},
        "now": {"measure": "first_answer", "percent": "80.000", "seconds": 1200, "is_on": True},
    },
)
@dataclass(frozen=True)
class PeriodObjectiveSet:
    """A share within a time, or availability, is promised over a month; or no longer."""

    agreement: str
    now: Mapping[str, object]
    was: Mapping[str, object] | None = None


@event(
    "internal_target.set",
    says=_("A target within the house was changed"),
    sample={
        "whose": "team",
        "whose_id": 2,
        "was": {"calendar": "", "targets": {}},
        "now": {"calendar": "weekdays", "targets": {"high": 14400}},
    },
)
@dataclass(frozen=True)
class InternalTargetSet:
    """A team of ours or a partner owes each of its legs within this time from now on."""

    whose: str
    whose_id: int
    was: Mapping[str, object]
    now: Mapping[str, object]


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


@event(
    "promise.excused",
    says=_("A missed promise was excused"),
    sample={"ticket": 100001, "because": "customer", "evidence": 12},
)
@dataclass(frozen=True)
class PromiseExcused:
    """Nothing is owed for this miss: the customer's fault or force majeure, as a message shows."""

    ticket: int
    because: str
    evidence: int


@event(
    "consequence.set",
    says=_("What follows from a missed promise was changed"),
    sample={
        "agreement": "classic",
        "measure": "time_to_restore",
        "kind": "daily_credit",
        "settings": {"amount": "5", "days": "calendar", "currency": "EUR"},
        "valid_from": "2026-01-01",
        "is_on": True,
    },
)
@dataclass(frozen=True)
class ConsequenceSet:
    """What follows from missing a measure of an agreement, between two days; or no longer."""

    agreement: str
    measure: str
    kind: str
    settings: Mapping[str, object]
    valid_from: str | None = None
    valid_until: str | None = None
    is_on: bool = True


@event(
    "credit.booked",
    says=_("A credit was booked"),
    sample={"ticket": 100001, "amount": "5.00", "currency": "EUR", "state": "booked", "step": 1},
)
@dataclass(frozen=True)
class CreditBooked:
    """A missed promise owes this, or an agent gave it (step 0). `state` is waits where
    somebody has to approve it first."""

    ticket: int
    amount: str
    currency: str
    state: str
    step: int = 1


@event(
    "credit.decided",
    says=_("A credit was approved, refused or reversed"),
    sample={"ticket": 100001, "state": "reversed", "reason": 7},
)
@dataclass(frozen=True)
class CreditDecided:
    """It is booked now, refused, or taken back. `reason`: words."""

    ticket: int
    state: str
    reason: int | None = None


@event(
    "costs.set",
    says=_("What service costs was changed"),
    sample={"was": {"margin": "25"}, "now": {"margin": "30"}},
)
@dataclass(frozen=True)
class CostsSet:
    """Prices are reckoned with other costs from now on: what was changed, as it is typed."""

    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "mix.set",
    says=_("A setting of the sliders was changed"),
    sample={"key": "rock", "was": None, "now": {"name": "Rock", "sliders": {}, "is_on": True}},
)
@dataclass(frozen=True)
class MixSet:
    """A named setting of the sliders was made, changed, or given up."""

    key: str
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None


@event(
    "sale.made",
    says=_("An agreement was sold at a price"),
    sample={
        "agreement": "cafe",
        "agreement_version": 1,
        "customer": 7,
        "amount": "89.00",
        "currency": "EUR",
        "sliders": {"cover": "weekdays", "first_answer": 3600},
        "costs_version": 2,
        "edition": 1,
    },
)
@dataclass(frozen=True)
class SaleMade:
    """This agreement costs so much a month from now on, reckoned in this edition of the sum."""

    agreement: str
    agreement_version: int
    customer: int | None
    amount: str
    currency: str
    sliders: Mapping[str, object]
    costs_version: int
    edition: int
