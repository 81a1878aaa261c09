"""What would have been told of each request when it came, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp

from unbroken.routing.estimate.queues import (
    Asked,
    Capacity,
    Forecast,
    Learned,
    Leg,
    Trust,
    medians,
)
from unbroken.routing.rehearse.house import House
from unbroken.staffing.shift_queries import kept_plans

DAYS_AHEAD = 6
STALE = timedelta(minutes=30)
WARM_UP = timedelta(hours=24)
"""On the first day it learns; what it told then is not judged."""


@dataclass(slots=True)
class Told:
    """One estimate: as thrown, as told, and what the median of like requests would have said."""

    topic: str
    at: datetime
    thrown: tuple[float, float]
    told: tuple[float, float]
    median: float
    came: float | None = None


class Foresight:
    """Learns as the week goes, and is asked at each request."""

    def __init__(self, house: House) -> None:
        self.house, self.learned, self.trust = house, Learned(), Trust()
        self.told: dict[int, Told] = {}
        self._capacity: tuple[datetime, dict[str, Capacity]] | None = None
        self._ended: list[tuple[str, float]] = []
        self._first: datetime | None = None

    def forget(self) -> None:
        """Shifts changed."""
        self._capacity = None

    def learn(self, one: Leg, place: int) -> None:
        """A leg is over."""
        self.learned.learn(one, place)

    def usual_leg(self, team: str) -> float:
        """How long a leg of this team takes on average, in seconds."""
        mean, spread = self.learned.time_of("", team)
        return exp(mean + spread * spread / 2)

    def tell(self, number: int, topic: str, team: str, ahead: float, at: datetime) -> None:
        """An estimate for a request that has just come."""
        self._first = self._first or at
        usual = {key: self.usual_leg(key) for key in self.house.teams}
        forecast = Forecast(self._capacity_at(at), usual, self.learned)
        thrown = forecast.both(Asked(topic, team, ahead))
        known = medians(self._ended)
        median = known.get(topic, known.get("", 3600.0))
        self.told[number] = Told(topic, at, thrown, self.trust.moved(thrown), median)

    def ended(self, number: int, at: datetime) -> None:
        """What became of it."""
        one = self.told[number]
        one.came = (at - one.at).total_seconds()
        self.trust.note(one.thrown, one.came)
        self._ended.append((one.topic, one.came))

    def judged(self) -> list[Told]:
        """Those told after the first day that ended."""
        if self._first is None:
            return []
        since = self._first + WARM_UP
        return [one for one in self.told.values() if one.came and one.at >= since]

    def _capacity_at(self, at: datetime) -> dict[str, Capacity]:
        """Of each team from now on; as seen at most half an hour ago, moved along."""
        if self._capacity is None or at - self._capacity[0] > STALE:
            self._capacity = (at, {team: self._of(team, at) for team in self.house.teams})
        return self._capacity[1]

    def _of(self, team: str, at: datetime) -> Capacity:
        horizon = DAYS_AHEAD * 86400.0
        changes: dict[float, int] = {0.0: 0}
        for agent_id, one in self.house.agents.items():
            plan = kept_plans().get(agent_id)
            if one.player.team != team or plan is None:
                continue
            for begins, ends in plan.calendar.stretches(at, at + timedelta(days=DAYS_AHEAD)):
                first, last = ((when - at).total_seconds() for when in (begins, ends))
                changes[first] = changes.get(first, 0) + 1
                changes[last] = changes.get(last, 0) - 1
        steps, people = [], 0
        for when in sorted(changes):
            if when < horizon:
                people += changes[when]
                steps.append((when, float(people)))
        return Capacity(steps, horizon)
