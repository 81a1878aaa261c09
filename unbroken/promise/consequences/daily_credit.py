"""A credit per day: so much for each day begun after the promise was missed, until it is kept.

From a later day on it may be more (`later_from`, `later_amount`, `later_percent`); `cap` ends it.
`days` is `calendar` or `working`: working days are those on which the agreement's calendar is open.
"""

from collections.abc import Sequence
from decimal import Decimal

from unbroken.ground.words import _
from unbroken.promise.consequence import (
    BadSettings,
    Consequence,
    Missed,
    Owed,
    Settings,
    days_missed,
    higher_of,
    money,
)


def owed(missed: Missed, settings: Settings) -> Sequence[Owed]:
    """One amount for each day, the last one cut where the cap is reached."""
    kind = settings.get("days") or "calendar"
    if kind not in ("calendar", "working"):
        raise BadSettings("days")
    first = higher_of(missed, money(settings, "amount"), money(settings, "percent"))
    later = higher_of(missed, money(settings, "later_amount"), money(settings, "later_percent"))
    later_from, cap = int(money(settings, "later_from")), money(settings, "cap")
    found: list[Owed] = []
    total = Decimal(0)
    for day in range(1, days_missed(missed, working_only=kind == "working") + 1):
        amount = later if later_from and day >= later_from else first
        if cap:
            amount = min(amount, cap - total)
        if amount > 0:
            found.append(Owed(day, amount))
            total += amount
    return found


consequence = Consequence(
    key="daily_credit",
    label=_("A credit for each day"),
    fields=(
        "amount", "percent", "later_from", "later_amount", "later_percent", "cap", "days",
    ),
    owed=owed,
)  # fmt: skip
