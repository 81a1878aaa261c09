"""Who is on in the days to come: shifts, leave and swaps, as capacity of teams and of people.

Somebody whom nobody planned is taken to be on in the hours of the default agreement, or always
where there are none. Who belongs to several teams is shared among them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from unbroken.calendars import queries as calendars
from unbroken.calendars.working_time import Calendar
from unbroken.ground.kept import KeptMany
from unbroken.promise.queries import agreements
from unbroken.routing.estimate.queues import Capacity
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.shift_queries import kept_plans

DAYS_AHEAD = 10
HORIZON = DAYS_AHEAD * 86400.0
GRAIN_SECONDS = 300
KEPT_SECONDS = 30.0

BREAK_MAX = 2 * 3600.0
"""A longer break ends a shift; as for handing over."""

Stretch = tuple[float, float]


@dataclass(frozen=True)
class People:
    """Everybody who answers, and when they are on, in seconds from `base`."""

    base: datetime
    cards: Mapping[int, AgentCard]
    on: Mapping[int, tuple[Stretch, ...]]
    planned: frozenset[int]
    _capacity: dict[object, Capacity | None] = field(default_factory=dict, repr=False)

    def of_team(self, team_id: int, skills: Mapping[str, int] | None = None) -> list[int]:
        """Who of a team answers; only those with these skills, where anybody has them."""
        team = [one for one, card in self.cards.items() if team_id in card.team_ids]
        able = [
            one
            for one in team
            if all(self.cards[one].level(skill) >= level for skill, level in (skills or {}).items())
        ]
        return able or team

    def capacity(self, key: object, who: Collection[int]) -> Capacity | None:
        """What these people get done together; None where there is nobody."""
        if key not in self._capacity:
            parts = [(self.on[one], 1 / max(1, len(self.cards[one].team_ids))) for one in who]
            self._capacity[key] = capacity_of(parts) if who else None
        return self._capacity[key]

    def alone(self, agent_id: int) -> Capacity | None:
        """What one person gets done."""
        if agent_id not in self.on:
            return None
        key = ("agent", agent_id)
        if key not in self._capacity:
            self._capacity[key] = capacity_of([(self.on[agent_id], 1.0)])
        return self._capacity[key]

    def keeps(self, agent_id: int, team: Collection[int]) -> Capacity | None:
        """What gets done of the pile of somebody: by them until their shift is over, then, and
        before it begins, by one of their team whenever any of them is on: it is handed over."""
        if agent_id not in self.on:
            return None
        key = ("pile", agent_id, tuple(team))
        if key not in self._capacity:
            shift = _first_shift(self.on[agent_id])
            begins, ends = (shift[0][0], shift[-1][1]) if shift else (HORIZON, HORIZON)
            others = joined(stretch for one in team for stretch in self.on[one])
            before = begins if begins > BREAK_MAX else 0.0
            around = [
                part
                for since, until in others
                for part in ((since, min(until, before)), (max(since, ends), until))
                if part[0] < part[1]
            ]
            self._capacity[key] = capacity_of([(shift, 1.0), (around, 1.0)])
        return self._capacity[key]

    def next_on(self, who: Iterable[int], after: float) -> tuple[int, float] | None:
        """Who of these is on first from an instant on, and when; they may be on already."""
        found = [
            (max(begins, after), one)
            for one in who
            for begins, ends in self.on[one]
            if ends > after
        ]
        return (min(found)[1], min(found)[0]) if found else None


def _first_shift(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The shift that runs or comes next, over its breaks."""
    found: list[Stretch] = []
    for one in stretches:
        if found and one[0] - found[-1][1] >= BREAK_MAX:
            break
        found.append(one)
    return found


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """When anybody is on."""
    found: list[Stretch] = []
    for begins, ends in sorted(stretches):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def capacity_of(parts: Iterable[tuple[Iterable[Stretch], float]]) -> Capacity:
    """Stretches of people, each counting for so much, added up."""
    changes: dict[float, float] = {0.0: 0.0}
    for stretches, share in parts:
        for begins, ends in stretches:
            changes[begins] = changes.get(begins, 0.0) + share
            changes[ends] = changes.get(ends, 0.0) - share
    steps, people = [], 0.0
    for when in sorted(one for one in changes if one < HORIZON):
        people += changes[when]
        steps.append((when, round(people, 6)))
    return Capacity(steps, HORIZON)


_kept: KeptMany[People] = KeptMany(KEPT_SECONDS)


def people_at(at: datetime) -> People:
    """As seen at most five minutes ago; read at most twice a minute."""
    base = datetime.fromtimestamp(at.timestamp() // GRAIN_SECONDS * GRAIN_SECONDS, UTC)
    return _kept.get(base, lambda: _read(base))


def forget() -> None:
    """Shifts changed."""
    _kept.forget()


def _read(base: datetime) -> People:
    until, plans = base + timedelta(days=DAYS_AHEAD), kept_plans()
    cards = {int(one.id): one for one in staffing.agents() if ANSWER in one.permissions}
    unplanned = _usual_hours() if any(one not in plans for one in cards) else None
    on: dict[int, tuple[Stretch, ...]] = {}
    usual: tuple[Stretch, ...] | None = None
    for one in cards:
        plan = plans.get(one)
        if plan is not None:
            on[one] = _stretches(plan.calendar, base, until)
        else:
            if usual is None:
                always = ((0.0, HORIZON),)
                usual = _stretches(unplanned, base, until) if unplanned else always
            on[one] = usual
    return People(base, cards, on, frozenset(cards.keys() & plans.keys()))


def _stretches(calendar: Calendar, base: datetime, until: datetime) -> tuple[Stretch, ...]:
    return tuple(
        ((begins - base).total_seconds(), (ends - base).total_seconds())
        for begins, ends in calendar.stretches(base, until)
    )


def _usual_hours() -> Calendar | None:
    key = next((one.calendar for one in agreements() if one.is_default), "")
    return calendars.calendar(key) if key else None
