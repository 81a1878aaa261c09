"""A day in quarters of an hour: how many people its requests need, where they are missing. Pure.

Requests of one sort of day come at random at the pace of that quarter; each keeps a person busy
for a time; four of five are to be begun within a minute (`staffing.erlang`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from unbroken.staffing.erlang import Load, TooMany, need

QUARTERS: Final = 96
SECONDS: Final = 900
WITHIN_SECONDS: Final = 60
SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Gap:
    """Quarters, from one to before another, in which people are missing: at most `needed`."""

    first: int
    last: int
    needed: int
    on: int

    @property
    def missing(self) -> int:
        """How many more there should be at the worst."""
        return self.needed - self.on


def needed(came: Mapping[int, float], *, handling_seconds: float) -> tuple[int, ...]:
    """People needed in each quarter of a day, of requests that came on average."""
    return tuple(_needed(came.get(n, 0.0), handling_seconds) for n in range(QUARTERS))


def _needed(requests: float, handling_seconds: float) -> int:
    if not requests:
        return 0
    load = Load(requests, SECONDS, handling_seconds)
    try:
        return need(load, within_seconds=WITHIN_SECONDS, service_level=SHARE).agents
    except TooMany:
        return 0


def gaps(people: Sequence[int], on: Sequence[int]) -> list[Gap]:
    """Where people are missing, from the first shift of the day to the last; each at its worst.

    Outside all shifts nobody is missing: what comes then waits for the hours of its agreement.
    """
    staffed = [n for n, count in enumerate(on) if count]
    found: list[Gap] = []
    for n in range(staffed[0], staffed[-1] + 1) if staffed else ():
        if people[n] <= on[n]:
            continue
        if found and found[-1].last == n:
            worst = max(found[-1], Gap(n, n, people[n], on[n]), key=lambda one: one.missing)
            found[-1] = Gap(found[-1].first, n + 1, worst.needed, worst.on)
        else:
            found.append(Gap(n, n + 1, people[n], on[n]))
    return found


def hour_of(quarter: int) -> str:
    """08:15; the end of the day is 24:00."""
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"
