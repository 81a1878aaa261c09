"""The promises of many tickets at once, for those who add them up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import rows
from unbroken.promise.legs import CountedLeg, Held, hands_of
from unbroken.promise.measures import all_measures
from unbroken.promise.queries.promises import (
    Judged,
    PromiseRow,
    counted_legs,
    record_of,
    rows_of,
    standings,
)
from unbroken.promise.queries.terms import KINDS, TicketTerms, book
from unbroken.promise.timeline import Interval, as_of, intervals, runs

RESTORE = "time_to_restore"


@dataclass(frozen=True, slots=True)
class _These:
    """One line of `these_terms.sql`."""

    ticket_id: int
    ticket_type: str
    priority: str
    status: str
    service_id: int | None
    topic_id: int | None
    asked: str
    asked_by: str
    stamp: str
    record: str | None
    violations: str | None
    judged: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All that time says of a ticket: its promises, who had it, its legs, when nothing worked.

    `down` are the stretches from the report until the service worked, whatever was promised.
    """

    agreement: str
    promises: tuple[PromiseRow, ...]
    hands: tuple[Held, ...]
    legs: tuple[CountedLeg, ...]
    down: tuple[Interval, ...]


def whole_of_these(tickets: Sequence[int], *, at: datetime) -> Mapping[int, Whole]:
    """The promises, legs and interruptions of each of these tickets, in one question for all."""
    found = rows(_These, "promise/queries/these_terms.sql", tickets=list(tickets), kinds=KINDS)
    return {one.ticket_id: _whole(one, at) for one in found}


def _whole(one: _These, at: datetime) -> Whole:
    terms = TicketTerms(
        one.ticket_id, one.ticket_type, one.priority, one.status,
        one.service_id, one.topic_id, one.asked, one.asked_by, one.stamp, one.record,
    )  # fmt: skip
    missed = {(measure, cause) for measure, cause in json.loads(one.violations or "[]")}
    judged = {
        measure: Judged(cause, is_over)
        for measure, cause, is_over in json.loads(one.judged or "[]")
    }
    present = book(one.stamp)
    resolved = present.resolve(one.asked)
    story = record_of(terms)
    down = [as_of(run, at) for run in runs(all_measures()[RESTORE], *story)]
    return Whole(
        agreement=resolved.terms.key if resolved.terms else "",
        promises=rows_of(standings(terms, resolved, at=at, story=story), missed, judged),
        hands=hands_of(story[0]),
        legs=counted_legs(terms, present.internal, at=at, story=story),
        down=tuple(one for run in down if run.ending != "void" for one in intervals(run)),
    )
