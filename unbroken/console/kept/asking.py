"""What the page of promises is asked: which months, by what, of which promise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from unbroken.ground.words import Phrase, _
from unbroken.promise.measures import all_measures

SPANS: Final = (1, 3, 6, 12)
BY: Final[dict[str, Phrase]] = {
    "promise": _("Promise"),
    "topic": _("Topic"),
    "team": _("Team"),
    "partner": _("Partner"),
    "agreement": _("Agreement"),
    "priority": _("Priority"),
    "month": _("Month"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """So many calendar months up to one, by what; of one promise or of all."""

    last: date
    months: int = 3
    by: str = "promise"
    promise: str = ""

    @property
    def since(self) -> date:
        """The first day."""
        first = self.last
        for _number in range(self.months - 1):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    @property
    def until(self) -> date:
        """The last day."""
        return next_month(self.last) - timedelta(days=1)

    @property
    def each(self) -> list[str]:
        """Every month, `2026-11`, the oldest first."""
        found, month = [], self.since
        while month <= self.last:
            found.append(f"{month:%Y-%m}")
            month = next_month(month)
        return found

    @property
    def has_lengths(self) -> bool:
        """Lengths of different promises are no figure: only of one, or each by itself."""
        return bool(self.promise) or self.by in ("promise", "partner")

    def as_query(self) -> dict[str, str]:
        """For an address."""
        return {
            "month": f"{self.last:%Y-%m}", "months": str(self.months), "by": self.by,
            "promise": self.promise,
        }  # fmt: skip


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def read_asked(given: Mapping[str, Any], today: date) -> Asked:
    """What an address asks; whatever cannot be read is as it is by default."""
    months = str(given.get("months", ""))
    by, promise = str(given.get("by", "")), str(given.get("promise", ""))
    return Asked(
        last=read_month(str(given.get("month", ""))) or today.replace(day=1),
        months=int(months) if months in map(str, SPANS) else 3,
        by=by if by in BY else "promise",
        promise=promise if promise in all_measures() else "",
    )


def read_month(text: str) -> date | None:
    """The first day of `2026-11`."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None
