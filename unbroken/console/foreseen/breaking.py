"""Promises that will break, as foreseen, for those who can still do something about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.console.tickets import labels
from unbroken.ground.sql import rows
from unbroken.ground.time_words import when
from unbroken.ground.words import Phrase, _, in_language
from unbroken.routing.ahead.helping import Help, what_helps

KEPT_BY_ITS_END = ("time_to_restore", "time_to_resolve", "request_delivered")
SHOWN_MAX = 8

WAYS: dict[str, Phrase] = {
    "reassign": _("Given to {who}: {time}"),
    "first": _("Taken first: {time}"),
    "call_in": _("One more person from {since}: {time}"),
    "split": _("Planned steps beside one another: {time}"),
}


@dataclass(frozen=True, slots=True)
class WillBreak:
    """A promise that still runs, and when its request will as likely as not be over."""

    number: int
    name: str
    measure: str
    due_at: datetime
    p50_at: datetime
    team: str | None
    assignee: str | None

    @property
    def promise(self) -> str:
        """What was promised."""
        return labels.promise_word(self.measure)


def will_break(teams: Sequence[int] | None, *, at: datetime) -> list[WillBreak]:
    """Of these teams (None: all), the earliest first."""
    return rows(
        WillBreak, "console/foreseen/queries/will_break.sql", at=at, limit=SHOWN_MAX,
        teams=None if teams is None else list(teams), measures=list(KEPT_BY_ITS_END),
    )  # fmt: skip


def helps(number: int, *, at: datetime, zone: str) -> tuple[str, ...]:
    """What would help most, each with the time that it would give."""
    return tuple(_worded(one, at, zone) for one in what_helps(number, at=at))


def _worded(one: Help, at: datetime, zone: str) -> str:
    since = when(one.from_at, at, zone) if one.from_at else ""
    return in_language(WAYS[one.kind], who=one.who, since=since, time=when(one.p50_at, at, zone))
