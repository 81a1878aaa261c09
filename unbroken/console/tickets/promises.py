"""The promises made for a ticket, as bars: how much of each one's time is gone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.tickets import labels
from unbroken.conversation.ids import TicketId
from unbroken.ground.sql import rows


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, in per cent of its length: what counts, who was waited for, what is late."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise and how it stands: running, at-risk, late, paused, kept, missed."""

    key: str
    state: str
    due_at: datetime | None
    risk_at: datetime | None
    ended_at: datetime | None
    gone: float
    started_at: datetime
    pauses: str
    credited: list[str]

    @property
    def word(self) -> str:
        """What was promised."""
        return labels.promise_word(self.key)

    @property
    def percent(self) -> int:
        """How much of its time is gone."""
        return round(100 * min(1.0, max(0.0, self.gone)))

    def bar(self, at: datetime) -> tuple[Part, ...]:
        """From the start to now, within the length up to the due time (or to now, if that is over).

        Empty where it never stood still: then how much is gone says it all.
        """
        stops = [
            (datetime.fromisoformat(since), datetime.fromisoformat(until) if until else at, owner)
            for since, until, owner in json.loads(self.pauses)
        ]
        if not stops:
            return ()
        now_ = self.ended_at or at
        whole = max(now_, self.due_at or now_) - self.started_at
        if not whole:
            return ()
        due = self.due_at or now_
        edges = [(self.started_at, min(now_, due), "counts"), (due, now_, "late")]
        drawn = [one for one in (*edges, *stops) if one[1] > one[0]]
        return tuple(
            Part(kind, 100 * ((since - self.started_at) / whole), 100 * ((until - since) / whole))
            for since, until, kind in drawn
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """What an answer would do to the promises: which it keeps, which stay owed after it."""

    kept: tuple[PromiseLine, ...] = ()
    left: tuple[PromiseLine, ...] = ()


ANSWERED = frozenset({"first_answer", "next_answer", "next_news"})
"""The promises that an answer keeps."""


def owed_after(promises: Iterable[PromiseLine]) -> Owed:
    """What the writer should know before sending."""
    running = [one for one in promises if one.ended_at is None]
    return Owed(
        kept=tuple(one for one in running if one.key in ANSWERED and one.state != "paused"),
        left=tuple(one for one in running if one.key not in ANSWERED),
    )


def promises_of(number: TicketId, at: datetime) -> tuple[PromiseLine, ...]:
    """Every promise of a ticket, the next due first."""
    return tuple(rows(PromiseLine, "console/tickets/queries/promises.sql", number=number, at=at))
