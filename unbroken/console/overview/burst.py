"""Calls that outages bring beside those of an ordinary hour, and how many people they need. Pure.

Of those who are cut off a share calls, most of them soon: what was measured of our own outages,
with an assumption that counts as a hundred households while little was measured.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from unbroken.staffing.erlang import Load, TooMany, need, service

HOUR = 3600.0
FADES = 45 * 60.0
"""Two of three who call do so within three quarters of an hour, whoever they hear it from."""

ASSUMED_CALLS, ASSUMED_OF = 5.0, 100.0


@dataclass(frozen=True, slots=True)
class Burst:
    """An open problem: services that are away, seconds since it began."""

    away: int
    age: float


@dataclass(frozen=True, slots=True)
class Answering:
    """How requests are answered: seconds each takes, within how many, what share, how patient."""

    handling_seconds: float
    within_seconds: float
    share: float
    patience_seconds: float


@dataclass(frozen=True, slots=True)
class Expected:
    """The next hour. `usual` None: too little is known of ordinary hours; `need` None: nobody could
    answer that many. `answered`: the share that those on shift answer in time."""

    usual: float | None
    burst: float
    need: int | None
    on: int
    answered: float

    @property
    def calls(self) -> int:
        """All of them, whole."""
        return round((self.usual or 0.0) + self.burst)

    @property
    def is_short(self) -> bool:
        """Whether more people are needed than are there."""
        return self.need is None or self.need > self.on


def share_who_call(joined: int, affected: int) -> float:
    """Of those who are cut off, as our own outages say."""
    return (joined + ASSUMED_CALLS) / (affected + ASSUMED_OF)


def still_to_call(bursts: Iterable[Burst], share: float) -> float:
    """How many of them call within the next hour."""
    return math.fsum(
        one.away * share * (math.exp(-one.age / FADES) - math.exp(-(one.age + HOUR) / FADES))
        for one in bursts
    )


def expected(usual: float | None, burst: float, *, on: int, how: Answering) -> Expected:
    """Both together, and what that takes."""
    load = Load((usual or 0.0) + burst, HOUR, how.handling_seconds, how.patience_seconds)
    if load.calls < 0.05:
        return Expected(usual, burst, 0, on, 1.0)
    try:
        people: int | None = need(
            load, within_seconds=how.within_seconds, service_level=how.share
        ).agents
    except TooMany:
        people = None
    answered = service(load, on, within_seconds=how.within_seconds).service_level if on else 0.0
    return Expected(usual, burst, people, on, answered)
