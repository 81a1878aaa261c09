"""The room's working state: how the nightly check goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from unbroken.quality.models import FigureCheck

NAMED_MAX = 10
KEPT_CHECKS = 30


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A nightly check: how far it came, how many tickets and days differed, the first of them."""

    id: int
    began_at: datetime
    ended_at: datetime | None
    reached: int
    looked_at: int
    differed: int
    tickets: list[int]
    days: list[date]


def last_check() -> CheckRow | None:
    """The check that goes on, or that was made last."""
    found = FigureCheck.objects.order_by("-id").values_list(*CheckRow.__slots__).first()
    return CheckRow(*found) if found else None


def begin_check(*, at: datetime) -> int:
    """A new night; the oldest ones are forgotten."""
    check = FigureCheck.objects.create(began_at=at)
    FigureCheck.objects.filter(pk__lte=check.pk - KEPT_CHECKS).delete()
    return int(check.pk)


def note_batch(check_id: int, *, reached: int, count: int, differing: Sequence[int]) -> None:
    """It has come so far."""
    check = FigureCheck.objects.get(pk=check_id)
    FigureCheck.objects.filter(pk=check_id).update(
        reached=reached,
        looked_at=F("looked_at") + count,
        differed=F("differed") + len(differing),
        tickets=[*check.tickets, *differing][:NAMED_MAX],
    )


def end_check(check_id: int, *, days: Sequence[date], at: datetime) -> None:
    """It came to the end."""
    FigureCheck.objects.filter(pk=check_id).update(ended_at=at, days=list(days)[:NAMED_MAX])
