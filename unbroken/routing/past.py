"""Our own record as a log to learn from: until it was resolved, and until the next news. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from unbroken.routing.estimate.log import Case, Step, step_at

NEWS = "ticket.replied"
ENDS = frozenset({"ticket.resolved", "ticket.closed"})
KINDS = (
    "ticket.acknowledged", "ticket.queued", "ticket.assigned", "ticket.started", "ticket.held",
    "ticket.customer_asked", "ticket.customer_answered", "ticket.resumed", "ticket.message_added",
    "ticket.past_step", "ticket.replied", "ticket.resolved", "ticket.reopened", "ticket.closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One event of a request, and what the request is about."""

    number: int
    topic: str | None
    priority: str
    kind: str
    at: datetime
    team: str | None
    activity: str | None


def cases(events: Iterable[PastEvent]) -> Iterator[Case]:
    """Each request until it was resolved for the last time."""
    for number, of_one in groupby(events, key=lambda event: event.number):
        told = list(of_one)
        case = Case(str(number), topic=told[0].topic or "", priority=told[0].priority)
        team = ""
        for event in told:
            team = event.team or team
            if event.kind == "ticket.resolved":
                case.end = event.at.timestamp()
            elif event.kind == "ticket.closed":
                case.end = case.end or event.at.timestamp()
            elif event.kind == "ticket.reopened":
                case.end = None
            case.steps.append(_step(event, team))
        if case.end is not None:
            case.steps = [step for step in case.steps if step.at < case.end]
        yield case


def until_news(events: Iterable[PastEvent]) -> Iterator[Case]:
    """Each wait for news: from a word of the customer's, or of ours, to our next one."""
    for _number, of_one in groupby(events, key=lambda event: event.number):
        team, steps, part = "", list[Step](), 0
        about = None
        for event in of_one:
            about, team = event, event.team or team
            if steps and (event.kind == NEWS or event.kind in ENDS):
                end = event.at.timestamp()
                yield _wait(event, part, [step for step in steps if step.at < end], end)
                steps, part = [], part + 1
            if event.kind not in ENDS:
                steps.append(_step(event, team))
        if steps and about is not None:
            yield _wait(about, part, steps, None)


def _wait(event: PastEvent, part: int, steps: list[Step], end: float | None) -> Case:
    key = f"{event.number}/{part}"
    return Case(key, steps, topic=event.topic or "", priority=event.priority, end=end)


def _step(event: PastEvent, team: str) -> Step:
    return step_at(event.at, event.activity or event.kind.removeprefix("ticket."), team)
