"""The legs of the past, read from the record: who worked on what for how long. Pure.

Nobody notes when they begin. What an agent does on a request is taken to have begun when they had
done with the last thing before it, or when it came to them, whichever was later; hours in which
they were not on do not count.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from unbroken.routing.estimate.queues import OVER, Leg

WORK_MAX = 2 * 3600.0
"""A longer stretch between two deeds was not all spent on the second of them."""

OF_A_PROBLEM = "~problem"
"""The topic of whatever is joined to a problem: it is over with that, whatever it is about."""

WAITS = frozenset({"ticket.held", "ticket.customer_asked"})
GOES_ON = frozenset({"ticket.resumed", "ticket.customer_answered", "ticket.reopened"})
ENDS = frozenset({"ticket.resolved", "ticket.closed"})
GIVEN = frozenset({"ticket.queued", "ticket.assigned"})
KINDS = (
    "ticket.acknowledged", "ticket.queued", "ticket.assigned", "ticket.started", "ticket.held",
    "ticket.customer_asked", "ticket.customer_answered", "ticket.resumed", "ticket.replied",
    "ticket.noted", "ticket.classified", "ticket.resolved", "ticket.reopened", "ticket.closed",
    "ticket.matched", "ticket.joined", "ticket.past_step",
)  # fmt: skip

Worked = Callable[[int, datetime, datetime], float]
"""How many seconds somebody was on between two instants."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a request. `by`: the agent who did it, if one did."""

    number: int
    topic: str | None
    priority: str
    kind: str
    at: datetime
    by: int | None
    team: str | None
    waiting_for: str | None
    problem: int | None


@dataclass(slots=True)
class _Going:
    """A request on its way through its legs."""

    topic: str
    priority: str
    since: datetime
    team: str = ""
    seconds: float = 0.0
    waited: float = 0.0
    waited_for: str = ""
    waits_since: datetime | None = None
    is_over: bool = False
    legs: list[Leg] = field(default_factory=list)

    def end_leg(self, then: str) -> None:
        """It goes to another team, or was the last."""
        if self.team:
            self.legs.append(
                Leg(
                    topic=self.topic, team=self.team, seconds=self.seconds, waited=self.waited,
                    then=then, priority=self.priority, waited_for=self.waited_for,
                )
            )  # fmt: skip
        self.seconds = self.waited = 0.0
        self.waited_for = ""


def legs_of(events: Iterable[Happened], worked: Worked) -> Iterator[tuple[Leg, int]]:
    """Every leg that is over and its place, from events in the order in which they happened."""
    going: dict[int, _Going] = {}
    latest: dict[int, datetime] = {}
    for event in events:
        one = going.get(event.number)
        if one is None:
            one = going[event.number] = _Going(event.topic or "", event.priority, event.at)
        if event.by is not None:
            begun = max(one.since, latest.get(event.by, one.since))
            one.seconds += min(worked(event.by, begun, event.at), WORK_MAX)
            latest[event.by] = event.at
        _follow(one, event)
    for one in going.values():
        if one.is_over:
            one.end_leg(OVER)
        yield from ((leg, place) for place, leg in enumerate(one.legs))


def _follow(one: _Going, event: Happened) -> None:
    """Where the request stands after this event."""
    if event.problem:
        one.topic = OF_A_PROBLEM
    if event.kind in WAITS:
        one.waits_since = event.at
        one.waited_for = event.waiting_for or "customer"
    elif event.kind in GOES_ON or event.kind in ENDS:
        if one.waits_since is not None:
            one.waited += (event.at - one.waits_since).total_seconds()
            one.waits_since = None
        one.since, one.is_over = event.at, event.kind in ENDS
    elif event.team and (event.kind in GIVEN or event.kind == "ticket.past_step"):
        if event.team != one.team:
            one.end_leg(event.team)
            one.team = event.team
        one.since = event.at
