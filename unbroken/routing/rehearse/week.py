"""The week as it goes: people come and go, requests arrive, each goes through its legs.

Everything happens through the actions that a desk really uses, at the instants of its own clock;
after each the letterboxes are emptied as of that instant. What must never happen is counted.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.postman import clear_the_way, drain
from unbroken.ground.sql import rows
from unbroken.routing.actions import assign, chain
from unbroken.routing.chain.parcel import Hands, Parcel
from unbroken.routing.rehearse.cast import MONDAY, ZONES, Request
from unbroken.routing.rehearse.foresight import Foresight
from unbroken.routing.rehearse.house import House
from unbroken.staffing import actions as staffing
from unbroken.staffing.shift_queries import kept_plans

TICK = timedelta(minutes=15)
DUE = timedelta(hours=4)
LONGEST = timedelta(days=14)
"""After the last request, so long may the rest take."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open request as it lies on record."""

    id: int
    team_id: int | None
    assignee_id: int | None
    status: str
    waiting_for: str


@dataclass(frozen=True, slots=True)
class Written:
    """How many hand-overs on record have all three parts."""

    complete: int


@dataclass(slots=True)
class Case:
    """A request of the week on its way: which leg it is in."""

    id: TicketId
    asked: Request
    leg: int = 0
    owner: int | None = None
    is_worked: bool = False
    waits: bool = False
    has_waited: bool = False

    @property
    def team(self) -> str:
        """Who has to do the leg it is in."""
        return self.asked.legs[self.leg][0]


@dataclass
class Seen:
    """What was counted, and what must not be."""

    requests: int = 0
    done: int = 0
    hand_overs: int = 0
    hand_overs_written: int = 0
    without_owner: int = 0
    moved_at_shift_end: int = 0
    taken_back: int = 0
    moved_by_illness: int = 0
    busy: dict[int, float] = field(default_factory=dict)
    busy_by_day: dict[int, float] = field(default_factory=dict)
    longest_legs: int = 0


class Week:
    """One rehearsal; `play` returns when the last request is done."""

    def __init__(self, house: House, asked: list[Request], tell: Callable[[str], None]) -> None:
        self.house, self.tell, self.seen = house, tell, Seen()
        self.foresight = Foresight()
        self.cases: dict[int, Case] = {}
        self.free = set(house.agents)
        self._order = count()
        self._coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        first = datetime.combine(MONDAY, datetime.min.time(), ZoneInfo(ZONES[0]))
        self._last = asked[-1].at if asked else first
        for one in asked:
            self._later(one.at, lambda at, one=one: self._ask(one, at))  # type: ignore[misc]
        self._later(first, self._tick)
        self._ill = set(house.ill)

    def play(self) -> Seen:
        """From Monday, midnight, until nothing is open."""
        while self._coming:
            at, _, happens = heapq.heappop(self._coming)
            happens(at)
        written = rows(Written, "routing/queries/rehearsed_hand_overs.sql")
        self.seen.hand_overs_written = written[0].complete
        return self.seen

    def _later(self, at: datetime, happens: Callable[[datetime], None]) -> None:
        heapq.heappush(self._coming, (at, next(self._order), happens))

    # ── what happens ──────────────────────────────────────────────────────────

    def _ask(self, asked: Request, at: datetime) -> None:
        """A customer phones."""
        opening = Opening(
            name=asked.topic, channel="phone", reported_at=at, language=asked.language,
            customer_id=self.house.customers[asked.customer % len(self.house.customers)],
            topic_id=self.house.topics[asked.topic],
        )  # fmt: skip
        said = Incoming(author=HOUSE, channel="phone", words=asked.topic, at=at)
        number, _ = record.acknowledge_ticket(opening, said, by=HOUSE, at=at)
        drain(at=at)
        case = self.cases[number] = Case(number, asked)
        self.seen.requests += 1
        self.seen.longest_legs = max(self.seen.longest_legs, len(asked.legs))
        self._look(case)
        self.foresight.tell(case.id, asked.topic, at)
        self._go_on(at)

    def _tick(self, at: datetime) -> None:
        """The desk's own loop, and a look at everything that is open."""
        self.seen.moved_at_shift_end += assign.hand_over_ended(at=at)
        self.seen.taken_back += assign.take_back_untouched(at=at)
        assign.assign_waiting(at=at)
        drain(at=at)
        for one in rows(Open, "routing/queries/rehearsed.sql"):
            self.seen.without_owner += one.team_id is None and one.assignee_id is None
            if (case := self.cases.get(one.id)) is not None and not case.is_worked:
                case.owner = one.assignee_id
        if at.minute == 0:
            self.foresight.look(at)
        clear_the_way(has_grown=at.hour % 12 == 10 and at.minute == 0)
        self._go_on(at)
        if at.hour == 0 and at.minute == 0:
            self.tell(f"{at:%a} {self.seen.done} of {self.seen.requests} done")
        if at < self._last or (self.cases and at < self._last + LONGEST):
            self._later(at + TICK, self._tick)

    def _call_in_ill(self, agent_id: int, at: datetime) -> None:
        """They will not begin today: whatever lies with them goes to colleagues."""
        self._ill.discard(agent_id)
        staffing.set_shift_day(
            agent_id=self.house.agents[agent_id].id, day=self._day(agent_id, at), hours=(),
            reason="illness", by=HOUSE, at=at,
        )  # fmt: skip
        moved, _left = assign.hand_over_all(agent_id=agent_id, by=HOUSE, at=at)
        self.seen.moved_by_illness += moved
        drain(at=at)
        self.foresight.forget()
        for case in self.cases.values():
            if case.owner == agent_id:
                self._look(case)
        self._go_on(at)

    def _is_ill(self, agent_id: int, at: datetime) -> bool:
        """Whether this is the day on which they fall ill; they say so when work waits for them."""
        day = (self._day(agent_id, at) - MONDAY).days
        return agent_id in self._ill and self.house.agents[agent_id].player.is_ill_on == day

    def _day(self, agent_id: int, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.house.agents[agent_id].player.zone)).date()

    def _go_on(self, at: datetime) -> None:
        """Whoever is on and has nothing begun begins with the oldest they can do."""
        mine: dict[int, Case] = {}
        for case in self.cases.values():
            if case.owner is not None and not case.is_worked and not case.waits:
                mine.setdefault(case.owner, case)
        for agent_id in sorted(self.free & mine.keys()):
            plan = kept_plans().get(agent_id)
            if plan is None or not plan.is_on(at):
                continue
            if self._is_ill(agent_id, at):
                self._call_in_ill(agent_id, at)
                return
            self._begin(mine[agent_id], agent_id, at)

    def _begin(self, case: Case, agent_id: int, at: datetime) -> None:
        by, (_team, seconds, wait) = Actor.agent(agent_id), case.asked.legs[case.leg]
        facts = conversation.ticket_facts(case.id)
        if facts is not None and facts.status == "acknowledged":
            record.start_work(ticket_id=case.id, by=by, at=at)
        if wait and not case.has_waited:
            case.has_waited = case.waits = True
            record.ask_customer(ticket_id=case.id, by=by, at=at)
            self._later(at + timedelta(seconds=wait), lambda then: self._answered(case, then))
            drain(at=at)
            return
        case.is_worked = True
        self.free.discard(agent_id)
        self._later(
            at + timedelta(seconds=seconds), lambda then: self._end(case, agent_id, seconds, then)
        )

    def _answered(self, case: Case, at: datetime) -> None:
        record.resume_ticket(ticket_id=case.id, by=HOUSE, at=at)
        drain(at=at)
        case.waits = False
        self._look(case)
        self._go_on(at)

    def _end(self, case: Case, agent_id: int, seconds: float, at: datetime) -> None:
        """A leg is done: to the next team with the three parts written, or it was the last."""
        by, seen = Actor.agent(agent_id), self.seen
        seen.busy[agent_id] = seen.busy.get(agent_id, 0.0) + seconds
        day = (at.date() - MONDAY).days
        seen.busy_by_day[day] = seen.busy_by_day.get(day, 0.0) + seconds
        self.free.add(agent_id)
        case.is_worked = False
        if case.leg + 1 == len(case.asked.legs):
            record.resolve_ticket(ticket_id=case.id, by=by, at=at)
            drain(at=at)
            del self.cases[case.id]
            seen.done += 1
            self.foresight.ended(case.id, case.asked.topic, case.asked.at, at)
        else:
            self._hand_over(case, case.asked.legs[case.leg + 1][0], by, at)
        self._go_on(at)

    def _hand_over(self, case: Case, then: str, by: Actor, at: datetime) -> None:
        parcel = Parcel(
            done=f"Leg {case.leg + 1}, {case.team}.",
            needed=f"Leg {case.leg + 2}, {then}.",
            due_at=at + DUE,
            language="en",
        )
        chain.hand_over(
            ticket_id=case.id, to=Hands(self.house.teams[then]), parcel=parcel, by=by, at=at
        )
        drain(at=at)
        self.seen.hand_overs += 1
        case.leg, case.has_waited = case.leg + 1, False
        self._look(case)

    def _look(self, case: Case) -> None:
        facts: Any = conversation.ticket_facts(case.id)
        case.owner = facts.assignee_id
