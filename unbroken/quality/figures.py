"""What one ticket amounts to: how much it adds to which day, and itself in numbers. Pure.

    received        it came in                     answered     a person answered (by agent)
    complaint       it is a complaint              resolved     it was, and still is (by agent)
    first_contact   resolved, and the customer never had to ask again
    reopened        it was not over                ended        nobody owes anything more
    kept.KEY, missed.KEY                           a promise of this measure

Days are those of the desk's time zone. History of another desk says when it came, was resolved and
opened again; nothing was promised on it and its answers are not ours, so it adds no more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

RECEIVED, COMPLAINT, ANSWERED, RESOLVED = "received", "complaint", "answered", "resolved"
FIRST_CONTACT, REOPENED, ENDED = "first_contact", "reopened", "ended"
KEPT, MISSED = "kept.", "missed."
PLAIN = (RECEIVED, COMPLAINT, ANSWERED, RESOLVED, FIRST_CONTACT, REOPENED, ENDED)

DONE = frozenset({"resolved", "closed"})
OVER = DONE | {"cancelled", "rejected"}
WROTE = frozenset({"ticket.message_added", "ticket.customer_answered", "ticket.reopened"})
FIRST_ANSWER, TO_RESOLVE = "first_answer", "time_to_resolve"


@dataclass(frozen=True, slots=True)
class Happened:
    """Something of the record that figures depend on."""

    kind: str
    at: datetime
    by: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that was kept or missed: which, when, and how much of its time was used."""

    measure: str
    state: Literal["kept", "missed"]
    at: datetime
    used_seconds: float
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """A ticket as far as its figures depend on it; `past` is what another desk recorded."""

    status: str
    ticket_type: str
    created_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    is_imported: bool
    is_merged: bool
    events: tuple[Happened, ...] = ()
    past: tuple[Happened, ...] = ()
    promises: tuple[Promised, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """What is added to a day, and whose it is (0: nobody in particular)."""

    day: date
    figure: str
    agent: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """A ticket in numbers."""

    first_answer_seconds: float | None
    resolve_seconds: float | None
    answers: int
    reopened: int
    kept: int
    missed: int
    first_contact: bool


def amounts(facts: Facts, zone: ZoneInfo) -> Mapping[Amount, int]:
    """What this ticket adds to which days."""

    def on(at: datetime) -> date:
        return at.astimezone(zone).date()

    found: Counter[Amount] = Counter()
    found[Amount(on(facts.created_at), RECEIVED)] += 1
    if facts.ticket_type == "complaint":
        found[Amount(on(facts.created_at), COMPLAINT)] += 1
    for answer in answers(facts.events):
        found[Amount(on(answer.at), ANSWERED, agent_of(answer.by))] += 1
    for event in reopenings(facts):
        found[Amount(on(event.at), REOPENED)] += 1
    ended_at = facts.resolved_at or facts.closed_at
    if facts.status in OVER and ended_at is not None:
        found[Amount(on(ended_at), ENDED)] += 1
        if is_resolved(facts):
            found[Amount(on(ended_at), RESOLVED, _resolver(facts))] += 1
            if is_first_contact(facts):
                found[Amount(on(ended_at), FIRST_CONTACT)] += 1
    for one in facts.promises:
        found[Amount(on(one.at), f"{one.state}.{one.measure}")] += 1
    return found


def numbers(facts: Facts) -> Numbers:
    """How long it took, how often it came back, what was kept."""
    given = answers(facts.events)
    states = Counter(one.state for one in facts.promises)
    return Numbers(
        first_answer_seconds=_used(facts, FIRST_ANSWER, given[0].at if given else None),
        resolve_seconds=_used(facts, TO_RESOLVE, facts.resolved_at if is_resolved(facts) else None),
        answers=len(given),
        reopened=len(reopenings(facts)),
        kept=states["kept"],
        missed=states["missed"],
        first_contact=is_first_contact(facts),
    )


def answers(events: Sequence[Happened]) -> list[Happened]:
    """What persons answered and nobody took back."""
    withdrawn = {event.message for event in events if event.kind == "ticket.reply_withdrawn"}
    return [
        event
        for event in events
        if event.kind == "ticket.replied" and agent_of(event.by) and event.message not in withdrawn
    ]


def reopenings(facts: Facts) -> list[Happened]:
    """When it was opened again, here or where it came from."""
    return [e for e in (*facts.past, *facts.events) if e.kind == "ticket.reopened"]


def is_resolved(facts: Facts) -> bool:
    """It is solved, and not merely a part of another request."""
    return facts.status in DONE and not facts.is_merged


def is_first_contact(facts: Facts) -> bool:
    """Solved without the customer having to write again after our answer. History cannot tell."""
    if not is_resolved(facts) or facts.is_imported or facts.past:
        return False
    kinds = [event.kind for event in facts.events]
    first = kinds.index("ticket.replied") if "ticket.replied" in kinds else 0
    ends = [n for n, kind in enumerate(kinds) if kind in ("ticket.resolved", "ticket.closed")]
    return not WROTE & set(kinds[first : ends[-1] if ends else None])


def agent_of(by: str) -> int:
    """The number of the agent who did it; 0 for everybody else."""
    kind, _, number = by.partition(":")
    return int(number) if kind == "agent" and number.isdigit() else 0


def _resolver(facts: Facts) -> int:
    """Whoever resolved it last; else whoever closed it."""
    for kind in ("ticket.resolved", "ticket.closed"):
        done = [event for event in (*facts.past, *facts.events) if event.kind == kind]
        if done:
            return agent_of(done[-1].by)
    return 0


def _used(facts: Facts, measure: str, at: datetime | None) -> float | None:
    """Working time where it was promised, else what passed; None while it goes on."""
    ended = [one for one in facts.promises if one.measure == measure and one.is_over]
    if ended:
        return ended[-1].used_seconds
    return None if at is None else max(0.0, (at - facts.created_at).total_seconds())
