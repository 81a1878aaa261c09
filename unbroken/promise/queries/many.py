"""The promises of many tickets at once, for those who add them up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.sql import rows
from unbroken.promise.queries.promises import Judged, PromiseRow, counted_rows
from unbroken.promise.queries.terms import KINDS, TicketTerms


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


def promises_of_these(
    tickets: Sequence[int], *, at: datetime
) -> Mapping[int, tuple[PromiseRow, ...]]:
    """Every promise of each of these tickets, in one question for all."""
    found = rows(_These, "promise/queries/these_terms.sql", tickets=list(tickets), kinds=KINDS)
    return {one.ticket_id: _promises(one, at) for one in found}


def _promises(one: _These, at: datetime) -> tuple[PromiseRow, ...]:
    terms = TicketTerms(
        one.ticket_id, one.ticket_type, one.priority, one.status,
        one.service_id, one.topic_id, one.asked, one.asked_by, one.stamp, one.record,
    )  # fmt: skip
    missed = {(measure, cause) for measure, cause in json.loads(one.violations or "[]")}
    judged = {
        measure: Judged(cause, is_over)
        for measure, cause, is_over in json.loads(one.judged or "[]")
    }
    return counted_rows(terms, missed, judged, at=at)
