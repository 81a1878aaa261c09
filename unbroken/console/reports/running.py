"""Asking the database a question over requests, so that the desk does not notice.

A page may take two seconds for it, and the desk one question at a time. What takes longer, or finds
the place taken, waits for the watch, which has a minute. It only reads: nothing can be changed by a
report. What is too wide is refused before it begins, by the planner's own estimate.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db import DatabaseError, OperationalError, connection, transaction

from unbroken.console.access import sight
from unbroken.console.reports.asking import Question, is_time, key_of
from unbroken.console.reports.by_field import field_of, group_sql, number_field, number_sql
from unbroken.console.tickets.filters import read
from unbroken.console.tickets.narrowing import narrowing
from unbroken.ground.sql import text_of
from unbroken.quality.counting import desk_zone
from unbroken.quality.state import reports as kept
from unbroken.quality.state.reports import Answer
from unbroken.staffing.queries import AgentCard

log = logging.getLogger(__name__)

State = Literal["ready", "waiting", "cut", "wide", "busy", "failed"]

QUICK_MS = 2_000
SLOW_MS = 60_000
COST_QUICK_MAX = 200_000.0
"""What the planner thinks dearer than this is left to the watch at once."""
COST_MAX = 50_000_000.0
LINES_MAX = 2_000
FRESH = timedelta(minutes=1)
ONE_AT_A_TIME = 0x4E909

GROUP_SQL: Mapping[str, str] = {
    "team": "coalesce(ticket.team_id, 0)::text",
    "topic": "coalesce(branch.root, 0)::text",
    "agent": "coalesce(ticket.assignee_id, 0)::text",
    "channel": "ticket.channel",
    "priority": "ticket.priority",
    "status": "ticket.status",
    "type": "ticket.ticket_type",
    "customer": "coalesce(ticket.customer_id, 0)::text",
    "tag": "coalesce(tagged.tag, '')",
    "day": "to_char(ticket.created_at AT TIME ZONE %(zone)s, 'YYYY-MM-DD')",
    "week": "to_char(date_trunc('week', ticket.created_at AT TIME ZONE %(zone)s), 'YYYY-MM-DD')",
    "month": "to_char(ticket.created_at AT TIME ZONE %(zone)s, 'YYYY-MM')",
}
_FIRST = "(ORDER BY measure.first_answer_seconds)"
_SOLVED = "(ORDER BY measure.resolve_seconds)"
MEASURE_SQL: Mapping[str, str] = {
    "count": "count(*)::float8",
    "first_answer_median": f"percentile_cont(0.5) WITHIN GROUP {_FIRST} / 3600",
    "first_answer_p80": f"percentile_cont(0.8) WITHIN GROUP {_FIRST} / 3600",
    "resolve_median": f"percentile_cont(0.5) WITHIN GROUP {_SOLVED} / 3600",
    "resolve_p80": f"percentile_cont(0.8) WITHIN GROUP {_SOLVED} / 3600",
    "answers": "coalesce(sum(measure.answers), 0)::float8",
    "time_spent": "coalesce(sum((SELECT sum(spent.minutes) FROM time_spent spent"
    " WHERE spent.ticket_id = ticket.id)), 0)::float8 / 60",
    "reopened": "coalesce(sum(measure.reopened), 0)::float8",
    "kept_share": "100.0::float8 * sum(measure.kept)"
    " / nullif(sum(measure.kept) + sum(measure.missed), 0)",
    "first_contact": "100.0::float8 * count(*) FILTER (WHERE measure.first_contact)"
    " / nullif(count(*) FILTER (WHERE ticket.status IN ('resolved', 'closed')), 0)",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What became of asking: the lines, or why there are none (yet)."""

    state: State
    rows: list[Any]
    made_at: datetime | None = None


class Busy(Exception):
    """Another question is being answered."""


class TooWide(Exception):
    """It would look through more than one report should."""


class ForTheWatch(Exception):
    """Dearer than a page may be."""


def asked(
    agent: AgentCard, question: Question, *, day: date, at: datetime, is_again: bool = False
) -> Found:
    """What the page shows: today's answer, a quick one, or that the watch is at it.

    `is_again`: the reader wants it counted anew, unless that was done within the minute.
    """
    seen = sight(agent)
    key = key_of(question, seen, day)
    known = kept.answer_of(key, day=day)
    is_old = known is not None and known.state != "waiting" and at - known.made_at > FRESH
    if known is not None and not (is_again and is_old):
        return _found(known)
    try:
        lines = lines_of(agent, question, day=day, at=at, limit_ms=QUICK_MS, is_quick=True)
        state: State = "ready"
    except TooWide:
        lines, state = [], "wide"
    except (Busy, Cut, ForTheWatch):
        lines, state = [], "waiting"
    except DatabaseError:  # its page stays, so that it can be asked otherwise or thrown away
        log.exception("the report %s could not be made", question.as_kept())
        lines, state = [], "failed"
    kept.note_answer(
        key, day=day, asked=question.as_kept(), sight={**seen, "agent": agent.id}, state=state,
        rows=lines, at=at,
    )  # fmt: skip
    return Found(state, lines, at)


def asked_slowly(agent: AgentCard, question: Question, *, day: date, at: datetime) -> Found:
    """The same for the watch and for mails: with patience, and an end."""
    seen = sight(agent)
    key = key_of(question, seen, day)
    try:
        lines = lines_of(agent, question, day=day, at=at, limit_ms=SLOW_MS, is_quick=False)
        state: State = "ready"
    except TooWide:
        lines, state = [], "wide"
    except Cut:
        lines, state = [], "cut"
    except Busy:
        return Found("busy", [])
    kept.note_answer(
        key, day=day, asked=question.as_kept(), sight={**seen, "agent": agent.id}, state=state,
        rows=lines, at=at,
    )  # fmt: skip
    return Found(state, lines, at)


class Cut(Exception):
    """It took too long and was ended."""


def lines_of(
    agent: AgentCard,
    question: Question,
    *,
    day: date,
    at: datetime,
    limit_ms: int,
    is_quick: bool,
) -> list[Any]:
    """The lines: keys of the groups, the measure, how many requests. Raises what stands above."""
    statement, values = _statement(agent, question, day=day, at=at)
    with _read_only(limit_ms), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise Busy
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement, values)
        _check_cost(cursor.fetchone()[0], is_quick=is_quick)
        cursor.execute(statement, values)
        return [list(row) for row in cursor.fetchall()]


def _statement(
    agent: AgentCard, question: Question, *, day: date, at: datetime
) -> tuple[str, dict[str, Any]]:
    """The statement, put together from checked parts."""
    narrow = narrowing(agent, read(question.all_words(day)), at)
    groups = [_group_sql(name) for name in question.groups]
    order = "1, 2" if is_time(question.groups) else "3 DESC NULLS LAST, 1, 2"
    parts = {
        "FIRST_GROUP": groups[0],
        "SECOND_GROUP": groups[1] if len(groups) > 1 else "''::text",
        "MEASURED": _measure_sql(question.measure),
        "ORDERED": order,
        "TAGGED": "true" if "tag" in question.groups else "false",
        "NARROWED": narrow.clause,
    }
    text = text_of("console/reports/queries/report.sql")
    for name, part in parts.items():
        text = text.replace(name, part)
    return text, {**narrow.values, "zone": str(desk_zone()), "lines": LINES_MAX + 1}


def _group_sql(name: str) -> str:
    field = field_of(name)
    return group_sql(field) if field else GROUP_SQL[name]


def _measure_sql(name: str) -> str:
    field = number_field(name)
    return number_sql(name, field) if field else MEASURE_SQL[name]


@contextmanager
def _read_only(limit_ms: int) -> Iterator[None]:
    """Nothing can be written, nothing lasts long; all of it is undone at the end."""
    try:
        with transaction.atomic():
            point = transaction.savepoint()
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true),"
                    " set_config('transaction_read_only', 'on', true),"
                    " set_config('work_mem', '32MB', true)",
                    [str(limit_ms)],
                )
            try:
                yield
            finally:
                transaction.savepoint_rollback(point)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014":
            raise Cut from error
        raise


def _check_cost(plan: Any, *, is_quick: bool) -> None:
    found = json.loads(plan) if isinstance(plan, str) else plan
    cost = float(found[0]["Plan"]["Total Cost"])
    if cost > COST_MAX:
        raise TooWide
    if is_quick and cost > COST_QUICK_MAX:
        raise ForTheWatch


def _found(known: Answer) -> Found:
    state: Any = known.state
    return Found(state, list(known.rows), known.made_at)
