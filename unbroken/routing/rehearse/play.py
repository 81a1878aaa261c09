"""Put up the house, play the week, and judge it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from unbroken.routing.rehearse.cast import MONDAY, ZONES, players, requests, sums
from unbroken.routing.rehearse.foresight import Told
from unbroken.routing.rehearse.house import put_up
from unbroken.routing.rehearse.week import Seen, Week

KEPT_LEAST, KEPT_MOST = 0.76, 0.84
ENOUGH = 100
"""With fewer estimates judged, shares are left to chance and not judged."""


@dataclass(frozen=True)
class Result:
    """How a week went."""

    need: float
    capacity: float
    seen: Seen
    told: list[Told]

    @property
    def coverage(self) -> float:
        """The share of requests that ended by the time told for four of five."""
        return _mean([float((one.came or 0) <= one.told[1]) for one in self.told])

    @property
    def error(self) -> float:
        """Hours by which the time told for half of them is off, on average."""
        return _mean([abs((one.came or 0) - one.told[0]) for one in self.told]) / 3600

    @property
    def error_of_median(self) -> float:
        """The same for the median of the requests of the same topic before it."""
        return _mean([abs((one.came or 0) - one.median) for one in self.told]) / 3600

    @property
    def busy_hours(self) -> float:
        """Hours in which people worked."""
        return sum(self.seen.busy.values()) / 3600

    def checks(self) -> list[tuple[str, str, bool]]:
        """What has to hold: its name, what was found, and whether it is so."""
        seen, few = self.seen, len(self.told) < ENOUGH
        all_done = seen.done == seen.requests
        written = f"{seen.hand_overs_written} of {seen.hand_overs}"
        return [
            ("every request is done", f"{seen.done} of {seen.requests}", all_done),
            ("looks at a request without owner", str(seen.without_owner), not seen.without_owner),
            ("hand-overs with their three parts", written,
             seen.hand_overs_written == seen.hand_overs),
            ("hours worked, of those there are", f"{self.busy_hours:.0f} of {self.capacity:.0f}",
             self.busy_hours <= self.capacity),
            ("kept of those told at 80 %", f"{100 * self.coverage:.0f} % of {len(self.told)}",
             few or KEPT_LEAST <= self.coverage <= KEPT_MOST),
            ("error, against the median of the topic",
             f"{self.error:.2f} h, {self.error_of_median:.2f} h",
             few or self.error < self.error_of_median),
        ]  # fmt: skip

    def as_json(self) -> dict[str, object]:
        """The figures, for machines."""
        seen = self.seen
        return {
            "need_hours": round(self.need, 1), "capacity_hours": round(self.capacity, 1),
            "requests": seen.requests, "done": seen.done, "hand_overs": seen.hand_overs,
            "hand_overs_written": seen.hand_overs_written, "without_owner": seen.without_owner,
            "moved_at_shift_end": seen.moved_at_shift_end, "taken_back": seen.taken_back,
            "moved_by_illness": seen.moved_by_illness, "busy_hours": round(self.busy_hours, 1),
            "judged": len(self.told), "coverage": round(self.coverage, 3),
            "error_hours": round(self.error, 3),
            "error_of_median_hours": round(self.error_of_median, 3),
            "longest_chain": seen.longest_legs,
        }  # fmt: skip


def promise_of_sums(agents: int, a_day: float, days: int) -> str:
    """Said before anything is played."""
    need, capacity = sums(agents, a_day, days)
    return (
        f"{a_day:g} requests a day, {days} days: {need:.0f} hours of work for {agents} people, "
        f"who have {capacity:.0f}."
    )


def play(
    *, agents: int, a_day: float, days: int, customers: int, tell: Callable[[str], None]
) -> Result:
    """In the caller's transaction. Customers who never ask are not put up: nobody would see."""
    asked = list(requests(a_day=a_day, days=days, customers=customers))
    before = datetime.combine(MONDAY, datetime.min.time(), ZoneInfo(ZONES[0])) - timedelta(days=20)
    some = min(customers, len({one.customer for one in asked}) or 1)
    week = Week(put_up(players(agents), customers=some, at=before), asked, tell)
    seen = week.play()
    need, capacity = sums(agents, a_day, days)
    return Result(need, capacity, seen, week.foresight.judged())


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
