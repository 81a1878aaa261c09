"""Targets within the house, what is promised over a month, and the legs of a ticket as counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from unbroken.promise.models import InternalTarget, LegClock, PeriodObjective


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a team or a partner owes us for each leg."""

    id: int
    whose: str
    whose_id: int
    calendar: str
    seconds: Mapping[str, int]
    warning_share: float


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """What is promised over a month: so many percent within so long, or of the time."""

    id: int
    agreement: str
    measure: str
    percent: Decimal
    seconds: int | None


@dataclass(frozen=True, slots=True)
class LegRow:
    """A leg of a ticket and its clock."""

    whose: str
    whose_id: int
    started_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    target_seconds: int
    used_seconds: float

    def is_late(self, at: datetime) -> bool:
        """Whether it took longer than it may."""
        return self.due_at is not None and (self.ended_at or at) > self.due_at


def internal_targets() -> list[TargetRow]:
    """Those that hold."""
    columns = TargetRow.__slots__
    found = InternalTarget.objects.exclude(seconds={}).order_by("whose", "whose_id")
    return [TargetRow(*values) for values in found.values_list(*columns)]


def target_streams() -> list[int]:
    """The numbers of all targets there ever were, for their history."""
    return list(InternalTarget.objects.order_by("-changed_at").values_list("pk", flat=True))


def period_objectives(agreement: str = "") -> Sequence[PeriodRow]:
    """Those that hold, of one agreement or of all."""
    columns = PeriodRow.__slots__
    found = PeriodObjective.objects.filter(is_on=True).order_by("agreement", "measure", "id")
    if agreement:
        found = found.filter(agreement=agreement)
    return [PeriodRow(*values) for values in found.values_list(*columns)]


def legs_counted(ticket_id: int) -> list[LegRow]:
    """The legs of a ticket that have a target, in the order in which they began."""
    columns = LegRow.__slots__
    found = LegClock.objects.filter(ticket_id=ticket_id).order_by("started_at", "id")
    return [LegRow(*values) for values in found.values_list(*columns)]
