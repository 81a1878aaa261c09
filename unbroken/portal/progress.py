"""How far a request has come, as its customer sees it. Pure.

received → looked at → working → done: only steps that have happened, the one that goes on now,
and those that are promised with their time. A broken promise is said, not hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import Phrase, _

State = Literal["done", "now", "ahead", "broken"]

RECEIVED, LOOKED, ANSWERED = _("Received"), _("Looked at"), _("Answered")
WORKING, OPEN_AGAIN = _("Being worked on"), _("Opened again")
WAITS_FOR_YOU = _("Waiting for your answer")
FOR_APPROVAL = _("Waits for your company's approval")
WAITS: dict[str, Phrase] = {
    "partner": _("Waiting for our partner"),
    "appointment": _("An appointment is arranged"),
    "date": _("Goes on at a fixed date"),
    "force_majeure": _("Waits until it can be worked on again: force majeure"),
}
ON_HOLD = _("On hold")
DONE, SETTLED = _("Done"), _("Settled")
WITHDRAWN, REFUSED = _("Withdrawn"), _("Not taken on")
AHEAD: dict[str, Phrase] = {
    "pick_up": _("Somebody looks at it"),
    "first_answer": _("A person answers"),
    "next_answer": _("A person answers"),
    "next_news": _("Next news"),
    "time_to_restore": _("Works again"),
    "time_to_resolve": _("Done"),
}

LOOKED_AT_BY = frozenset(
    {"ticket.started", "ticket.customer_asked", "ticket.held", "ticket.resumed", "ticket.noted"}
)


class Facts(Protocol):
    """What progress needs to know of a ticket."""

    @property
    def status(self) -> str: ...
    @property
    def waiting_for(self) -> str: ...
    @property
    def pending_until(self) -> datetime | None: ...
    @property
    def reported_at(self) -> datetime: ...
    @property
    def resolved_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


class Promised(Protocol):
    """What progress needs to know of a promise."""

    @property
    def key(self) -> str: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def is_owed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `at`: when it happened; of a step ahead, by when it is promised."""

    key: str
    words: Phrase
    at: datetime | None
    state: State


def steps(
    ticket: Facts, events: Sequence[LoggedEvent], promises: Iterable[Promised], *, at: datetime
) -> tuple[Step, ...]:
    """The progress line of one request at this instant."""
    found = [Step("received", RECEIVED, ticket.reported_at, "done")]
    found += _looked(events)
    over = _over(ticket)
    if over is not None:
        return (*found, over)
    return (*found, *_going_on(ticket, events), *_ahead(promises, at=at))


def _looked(events: Sequence[LoggedEvent]) -> list[Step]:
    """When somebody first looked, and when somebody first answered."""
    withdrawn = {e.data.get("message") for e in events if e.kind == "ticket.reply_withdrawn"}
    replies = [
        e.at
        for e in events
        if e.kind == "ticket.replied" and e.data.get("message") not in withdrawn
    ]
    looks = [e.at for e in events if _is_look(e)] + replies
    found = [Step("looked", LOOKED, min(looks), "done")] if looks else []
    if replies:
        found.append(Step("answered", ANSWERED, min(replies), "done"))
    return found


def _is_look(event: LoggedEvent) -> bool:
    if event.kind == "ticket.assigned":
        return event.data.get("agent") is not None
    if event.kind == "ticket.looked":
        return not event.data.get("skipped")
    return event.kind in LOOKED_AT_BY and event.by.startswith("agent:")


def _going_on(ticket: Facts, events: Sequence[LoggedEvent]) -> list[Step]:
    """What is the case now, and since when."""
    if ticket.status == "pending":
        since = _last(events, "ticket.customer_asked")
        words = FOR_APPROVAL if ticket.waiting_for == "approval" else WAITS_FOR_YOU
        return [Step("waiting", words, since, "now")]
    if ticket.status == "held":
        words = WAITS.get(ticket.waiting_for, ON_HOLD)
        held = Step("held", words, _last(events, "ticket.held"), "now")
        until = ticket.pending_until
        return [held, Step("resumes", WORKING, until, "ahead")] if until else [held]
    if ticket.status == "inProgress":
        again = _last(events, "ticket.reopened")
        began = _last(events, "ticket.started", "ticket.resumed", "ticket.customer_answered")
        if again and (began is None or again > began):
            return [Step("again", OPEN_AGAIN, again, "now")]
        return [Step("working", WORKING, began or again, "now")]
    return []


def _ahead(promises: Iterable[Promised], *, at: datetime) -> list[Step]:
    """What was promised and is still owed, the first due first; one step for each thing."""
    owed = sorted(
        (p.due, p.key) for p in promises if p.is_owed and p.due is not None and p.key in AHEAD
    )
    found: dict[Phrase, Step] = {}
    for due, key in owed:
        state: State = "broken" if due < at else "ahead"
        found.setdefault(AHEAD[key], Step(key, AHEAD[key], due, state))
    return list(found.values())


def _over(ticket: Facts) -> Step | None:
    ended_at = ticket.resolved_at or ticket.closed_at
    match ticket.status:
        case "resolved":
            return Step("done", DONE, ended_at, "done")
        case "closed":
            return Step("done", SETTLED, ended_at, "done")
        case "cancelled":
            return Step("withdrawn", WITHDRAWN, ticket.closed_at, "done")
        case "rejected":
            return Step("refused", REFUSED, ticket.closed_at, "done")
    return None


def _last(events: Sequence[LoggedEvent], *kinds: str) -> datetime | None:
    return max((event.at for event in events if event.kind in kinds), default=None)
