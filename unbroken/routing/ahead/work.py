"""Every open request as the estimate sees it: its team, the work before it, what it waits for."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from unbroken.ground.sql import rows
from unbroken.routing.ahead.history import OF_A_PROBLEM
from unbroken.routing.ahead.people import People
from unbroken.routing.choosing import PULL
from unbroken.routing.estimate.queues import Asked, Capacity, Forecast, Learned
from unbroken.routing.queries import queues, topic_keys_above
from unbroken.routing.triage import QueueRow, choose


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One line of `open_work.sql`."""

    number: int
    version: int
    team_id: int | None
    assignee_id: int | None
    status: str
    waiting_for: str
    pending_until: datetime | None
    sleep: str
    sleeps_until: datetime | None
    priority: str
    topic_id: int | None
    topic: str | None
    mailbox: str
    created_at: datetime
    due_at: datetime | None
    problem: int | None
    problem_due_at: datetime | None
    place: int
    planned: Sequence[str] | None
    waits_since: datetime | None
    imported: bool

    @property
    def waits(self) -> bool:
        """Whether nobody of us can go on with it now."""
        return self.status in ("pending", "held") or bool(self.sleep)

    @property
    def about(self) -> str:
        """Its topic as history knows it."""
        return OF_A_PROBLEM if self.problem else self.topic or ""


@dataclass(frozen=True, slots=True)
class InLine:
    """A request and what is asked of the forecast; `before`: so many are taken before it."""

    work: OpenWork
    asked: Asked
    before: int
    who: tuple[int, ...]


def open_work(numbers: Collection[int] | None = None) -> list[OpenWork]:
    """What is open, in the order in which it is taken; only in the teams of these requests."""
    chosen = None if numbers is None else list(numbers)
    return rows(OpenWork, "routing/queries/open_work.sql", numbers=chosen)


@dataclass
class Desk:
    """The desk at one instant: people, what was learned, and everything that lies before them."""

    people: People
    learned: Learned
    at: datetime
    backlog: Mapping[int, float]
    _queues: dict[tuple[int | None, str, int | None], QueueRow | None] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def start(self) -> float:
        """The instant asked about, in seconds from the people's base."""
        return (self.at - self.people.base).total_seconds()

    @cached_property
    def forecast(self) -> Forecast:
        """Ready to be asked; pools of skills and of single people are added as they are met."""
        teams = {team for card in self.people.cards.values() for team in card.team_ids}
        pools: dict[str, Capacity] = {}
        usual: dict[str, float] = {}
        for team in teams:
            there = self.people.capacity(team, self.people.of_team(team))
            if there is not None:
                pools[str(team)] = there
            # Half of what lies there now will still do so when something comes later.
            usual[str(team)] = self.learned.usual("", str(team)) + self.backlog.get(team, 0.0) / 2
        return Forecast(pools, usual, self.learned)

    def in_line(self, work: Iterable[OpenWork]) -> list[InLine]:
        """Each request with the work before it; `work` in the order in which it is taken."""
        ahead: dict[str, float] = {}
        count: dict[str, int] = {}
        found = []
        for one in work:
            pool, who = self._pool(one)
            if pool is None:
                continue
            asked = self._asked(one, pool, ahead.get(pool, 0.0))
            found.append(InLine(one, asked, count.get(pool, 0), who))
            if not one.waits:
                takes = self.learned.usual(one.about, str(one.team_id), one.priority)
                team = str(one.team_id)
                for key in {pool, team}:
                    ahead[key] = ahead.get(key, 0.0) + takes
                    count[key] = count.get(key, 0) + 1
        return found

    def _pool(self, one: OpenWork) -> tuple[str | None, tuple[int, ...]]:
        """Whose capacity its leg takes: its owner's, who hands over what the shift leaves unless
        people keep what they took; nobody's yet: of those with the skill where its queue asks for
        one, else its team's."""
        if one.team_id is None:
            return None, ()
        queue, pools = self._queue(one), self.forecast.capacity
        if one.assignee_id in self.people.on and (queue is None or queue.way == PULL):
            return self._with(f"agent:{one.assignee_id}", (one.assignee_id,))  # type: ignore[arg-type]
        who = self.people.of_team(one.team_id, queue.skills if queue else None)
        if one.assignee_id in who:
            pool = f"pile:{one.team_id}:{one.assignee_id}"
            there = self.people.keeps(one.assignee_id, who)
            if there is not None:
                self.forecast.capacity[pool] = there  # type: ignore[index]
                return pool, (one.assignee_id,)
        if queue is not None and queue.skills:
            return self._with(f"{one.team_id}:{json.dumps(queue.skills, sort_keys=True)}", who)
        return (str(one.team_id) if str(one.team_id) in pools else None), tuple(who)

    def _with(self, pool: str, who: Sequence[int]) -> tuple[str | None, tuple[int, ...]]:
        pools: dict[str, Capacity] = self.forecast.capacity  # type: ignore[assignment]
        if pool not in pools:
            alone = len(who) == 1 and pool.startswith("agent:")
            there = self.people.alone(who[0]) if alone else self.people.capacity(pool, who)
            if there is None:
                return None, ()
            pools[pool] = there
        return pool, tuple(who)

    def _queue(self, one: OpenWork) -> QueueRow | None:
        """By whose rules it is given; asked once for each topic."""
        key = (one.topic_id, one.mailbox, one.team_id)
        if key not in self._queues:
            known = queues()
            above = topic_keys_above(one.topic_id)
            found = choose(known, topic_keys=above, mailbox=one.mailbox, kinds=(), cause="")
            mine = found.queue if found and found.queue.team_id == one.team_id else None
            self._queues[key] = mine or next(
                (queue for queue in known if queue.team_id == one.team_id), None
            )
        return self._queues[key]

    def _asked(self, one: OpenWork, pool: str, ahead: float) -> Asked:
        until = one.pending_until or one.sleeps_until if one.waits else one.problem_due_at
        return Asked(
            topic=one.about,
            team=str(one.team_id),
            ahead=ahead,
            place=one.place,
            priority=one.priority,
            path=tuple(map(_planned, one.planned or ())),
            waits=(one.waiting_for or "customer") if one.waits else "",
            waited=max(0.0, (self.at - one.waits_since).total_seconds())
            if one.waits_since
            else 0.0,
            until=max(0.0, (until - self.people.base).total_seconds()) if until else 0.0,
            pool=pool if pool != str(one.team_id) else "",
            start=self.start,
        )


def backlogs(work: Iterable[OpenWork], learned: Learned) -> dict[int, float]:
    """Seconds of work that lie with each team and wait for nobody else."""
    found: dict[int, float] = {}
    for one in work:
        if one.team_id is not None and not one.waits:
            takes = learned.usual(one.about, str(one.team_id), one.priority)
            found[one.team_id] = found.get(one.team_id, 0.0) + takes
    return found


def _planned(text: str) -> tuple[str, float]:
    team, _, minutes = text.partition(":")
    return team, 60.0 * int(minutes)
