"""How far the nightly check of the clocks has come; whether billing knows of a credit."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from unbroken.promise.models import ClockCheck, CreditTold

NAMED_MAX = 20
KEPT_MAX = 30


def begin_check(*, at: datetime) -> int:
    """A new one; only the last few stay on file."""
    old = ClockCheck.objects.order_by("-id").values_list("id", flat=True)[KEPT_MAX - 1 :]
    ClockCheck.objects.filter(id__in=list(old)).delete()
    return int(ClockCheck.objects.create(began_at=at).pk)


def note_batch(check_id: int, *, reached: int, count: int, differing: Collection[int]) -> None:
    """So many tickets more were looked at, up to this one; these differed."""
    named = ClockCheck.objects.values_list("tickets", flat=True).get(pk=check_id)
    ClockCheck.objects.filter(pk=check_id).update(
        reached=reached,
        looked_at=F("looked_at") + count,
        differed=F("differed") + len(differing),
        tickets=[*named, *differing][:NAMED_MAX],
    )


def end_check(check_id: int, *, at: datetime) -> None:
    """Every open ticket was looked at."""
    ClockCheck.objects.filter(pk=check_id).update(ended_at=at)


def note_told(credit_id: int, state: str, *, at: datetime | None, problem: str) -> None:
    """Billing knows of this credit since then; or why it does not yet."""
    CreditTold.objects.update_or_create(
        credit_id=credit_id, state=state, defaults={"told_at": at, "problem": problem[:500]}
    )
