"""Why a promise is due when it is: every stretch from its start to its end, to the second.

Pure. What is told here is what `timeline` counts: the seconds of the steps add up to what was
promised, and the last step that counts ends at the due instant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from unbroken.calendars.working_time import Calendar
from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import Phrase, _
from unbroken.promise.book import Terms
from unbroken.promise.legs import Held
from unbroken.promise.measure import Owner, Run
from unbroken.promise.timeline import Standing, due_at

Kind = Literal["counts", "closed", "waits", "folded", "late"]

DEPENDS_ON = frozenset({"priority", "ticket_type", "topic"})

SHOWN_MAX = 24
"""Longer walks are folded in their middle: a target of a year has hundreds of stretches."""

REASONS: Mapping[str, Phrase] = {
    "service": _("because the service stands under it"),
    "product": _("because the product of the service stands under it"),
    "services": _("because all services of this customer stand under it"),
    "customer": _("because this customer stands under it"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch: whose time it was, how much of it counted, how much has counted by its end.

    `until` is None while it goes on. `late`: what counted after the due instant. `team` had the
    request in that stretch, where it was our time and somebody had it.
    """

    kind: Kind
    since: datetime
    until: datetime | None
    seconds: float
    total: float
    owner: Owner = "us"
    reason: str = ""
    stretches: int = 1
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was promised before something changed, and when it would have been due."""

    changed_at: datetime
    by: str
    priority: str
    ticket_type: str
    topic: int
    target_seconds: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """The terms of an agreement as they were until somebody changed them."""

    until: datetime
    by: str
    terms: Terms


def walk(
    standing: Standing, calendar: Calendar, *, at: datetime, hands: Sequence[Held] = ()
) -> tuple[Step, ...]:
    """The steps of a promise as it stands, folded in the middle if there are very many.

    `hands` are the teams that had the request, in order: our own time is cut between them.
    """
    steps = [*_until_due(standing, calendar), *_late(standing, calendar, at)]
    if hands:
        pauses = [(pause.since, pause.until) for pause in standing.run.pauses]
        steps = [one for step in steps for one in _by_team(step, calendar, pauses, hands, at)]
    return _folded(steps)


def _by_team(
    step: Step,
    calendar: Calendar,
    pauses: Sequence[tuple[datetime, datetime | None]],
    hands: Sequence[Held],
    at: datetime,
) -> Iterator[Step]:
    """One stretch of our own, cut where another team got the request."""
    if step.kind not in ("counts", "late"):
        yield step
        return
    ends = step.until or max(at, step.since)
    cuts = [one.since for one in hands if step.since < one.since < ends]
    left = step.seconds
    for since, until in zip([step.since, *cuts], [*cuts, None], strict=True):
        team = next((one.team for one in reversed(hands) if one.since <= since), None)
        counted = left if until is None else calendar.worked(since, until, pauses)
        left -= counted
        yield replace(
            step, since=since, until=step.until if until is None else until, seconds=counted,
            total=step.total - left, team=team,
        )  # fmt: skip


def _until_due(standing: Standing, calendar: Calendar) -> Iterator[Step]:
    """From the start to the due instant; to the wait that has no end yet if there is none."""
    run, end = standing.run, standing.due_at
    since, total = run.started_at, 0.0
    for pause in run.pauses:
        if end is not None and pause.since >= end:
            break
        for step in _ours(calendar, since, pause.since, total):
            total = step.total
            yield step
        until = pause.until if end is None or pause.until is None else min(pause.until, end)
        yield Step("waits", pause.since, until, 0, total, pause.owner, pause.reason)
        if pause.until is None:
            return
        since = max(since, pause.until)
    if end is None:
        end = run.ended_at  # a calendar that never opens again
    if end is not None:
        yield from _ours(calendar, since, end, total)


def _ours(calendar: Calendar, since: datetime, until: datetime, total: float) -> Iterator[Step]:
    """Our own time, cut at opening and closing."""
    for opens, closes in calendar.stretches(since, until):
        if opens > since:
            yield Step("closed", since, opens, 0, total)
        counted = calendar.worked(opens, closes)
        total += counted
        yield Step("counts", opens, closes, counted, total)
        since = closes
    if until > since:
        yield Step("closed", since, until, 0, total)


def _late(standing: Standing, calendar: Calendar, at: datetime) -> Iterator[Step]:
    """What counted after the due instant, in one step."""
    run, due = standing.run, standing.due_at
    until = run.ended_at or max(at, run.started_at)
    if due is None or until <= due:
        return
    pauses = [(pause.since, pause.until) for pause in run.pauses]
    counted = calendar.worked(due, until, pauses)
    yield Step("late", due, run.ended_at, counted, standing.seconds + counted)


def _folded(steps: Sequence[Step]) -> tuple[Step, ...]:
    if len(steps) <= SHOWN_MAX:
        return tuple(steps)
    half = SHOWN_MAX // 2
    first, middle, last = steps[:half], steps[half:-half], steps[-half:]
    fold = Step(
        kind="folded",
        since=middle[0].since,
        until=middle[-1].until,
        seconds=sum(step.seconds for step in middle),
        total=middle[-1].total,
        stretches=len(middle),
    )
    return (*first, fold, *last)


def earlier_promises(
    measure: str,
    run: Run,
    events: Sequence[LoggedEvent],
    terms: Terms,
    replaced: Sequence[Replaced],
) -> tuple[Earlier, ...]:
    """What was promised in this respect before priority, type, topic or agreement were others.

    `replaced` are the earlier terms of the agreement, each until it was changed, in that order.
    """
    priority, ticket_type, topic = "", "", 0
    found: list[Earlier] = []
    for at, by, told in _changes(events, replaced):
        if priority and at > run.started_at:
            held = next((one.terms for one in replaced if one.until >= at), terms)
            before = held.target(measure, ticket_type=ticket_type, priority=priority, topic=topic)
            if before is not None:
                known = [pause for pause in run.pauses if pause.since < at]
                due = due_at(held.calendar, run.started_at, before.seconds, known)
                found.append(Earlier(at, by, priority, ticket_type, topic, before.seconds, due))
        priority = told.get("priority") or priority
        ticket_type = told.get("ticket_type") or ticket_type
        topic = topic if told.get("topic") is None else told["topic"]
    return tuple(found)


def _changes(
    events: Sequence[LoggedEvent], replaced: Sequence[Replaced]
) -> list[tuple[datetime, str, Mapping[str, Any]]]:
    """Every instant at which something else was promised, by whom, and what was told then."""
    told = [
        (event.at, event.by, event.data)
        for event in events
        if event.kind == "ticket.acknowledged"
        or (event.kind == "ticket.classified" and event.data.keys() & DEPENDS_ON)
    ]
    none: Mapping[str, Any] = {}
    changes = [*told, *((one.until, one.by, none) for one in replaced)]
    return sorted(changes, key=lambda change: change[0])
