"""Weeks added up: this period, the one before, and each number's share and difference. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from unbroken.quality.figures import KEPT, MISSED


@dataclass(frozen=True, slots=True)
class WeekFigure:
    """A week's sum of a figure; `key` is the team, topic or channel, empty for all together."""

    level: str
    figure: str
    week: date
    key: str
    amount: int


@dataclass(frozen=True, slots=True)
class Period:
    """The sums of one stretch of weeks, by figure."""

    amounts: Mapping[str, int]

    def of(self, figure: str) -> int:
        """The sum of one figure; `kept.` and `missed.` stand for every promise."""
        if figure.endswith("."):
            return sum(n for name, n in self.amounts.items() if name.startswith(figure))
        return self.amounts.get(figure, 0)

    def kept_share(self, measure: str = "") -> float | None:
        """How many of a hundred promises were kept; None when none was judged."""
        return share(self.of(KEPT + measure), self.of(MISSED + measure))


def share(good: int, bad: int) -> float | None:
    """Of a hundred, how many are good; None of none."""
    return 100 * good / (good + bad) if good + bad else None


def by_key(
    found: Iterable[WeekFigure], level: str, first: date, roots: Mapping[str, str] | None = None
) -> dict[str, tuple[Period, Period]]:
    """For each team, topic or channel what was counted from the first week on, and before it.

    `roots` says to which key another one is added: a topic to the branch it hangs on.
    """
    now: dict[str, Counter[str]] = {}
    before: dict[str, Counter[str]] = {}
    for one in found:
        if one.level == level:
            key = (roots or {}).get(one.key, one.key)
            into = now if one.week >= first else before
            into.setdefault(key, Counter())[one.figure] += one.amount
    empty: Counter[str] = Counter()
    return {
        key: (Period(now.get(key, empty)), Period(before.get(key, empty)))
        for key in sorted({*now, *before})
    }


def by_week(found: Iterable[WeekFigure], figure: str, weeks: Sequence[date]) -> tuple[int, ...]:
    """One figure week by week, over everything."""
    sums: Counter[date] = Counter()
    for one in found:
        is_it = one.figure == figure or (figure.endswith(".") and one.figure.startswith(figure))
        if one.level == "all" and is_it:
            sums[one.week] += one.amount
    return tuple(sums[week] for week in weeks)


def difference(now: float | None, before: float | None) -> str:
    """+3, -12, or nothing to compare with."""
    if now is None or before is None:
        return ""
    return f"{now - before:+.0f}".replace("-", "−") if round(now - before) else "±0"
