"""Named SQL files that return frozen rows.

`rows(WaitingTicket, "console/queries/work_list.sql", team_id=3)` runs the file and
makes one value per row; the columns must be the fields, in any order.

A file with the line `-- Planned once.` is prepared: each connection plans it the first time and
keeps the plan. That is for questions asked again and again whose best plan is always the same;
where a parameter may be null, its type stands beside it (`%(team)s::bigint`).
"""

import dataclasses
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.db import connection

UNBROKEN = Path(__file__).parent.parent
PLANNED_ONCE = "-- Planned once."
PREPARED_MAX = 200
"""Statements a connection keeps the plans of; the one not asked for longest is forgotten."""

T = TypeVar("T")


@cache
def text_of(path: str) -> str:
    """The statement in a file below `unbroken/`."""
    return (UNBROKEN / path).read_text(encoding="utf-8")


def rows(shape: type[T], path: str, /, **params: object) -> list[T]:
    """Every row of a named query as a value of `shape`, a frozen dataclass."""
    statement = text_of(path)
    if PLANNED_ONCE not in statement:
        return rows_of(shape, statement, params)
    with planned_once() as cursor:
        cursor.execute(statement, params)
        return _shaped(shape, cursor)


def rows_where(shape: type[T], path: str, condition: str, /, **params: object) -> list[T]:
    """The rows of a named query for which a condition of ours holds: it stands for `-- WHERE`.

    Each condition is a statement of its own and planned once. That is for questions with several
    optional filters: `%(id)s IS NULL OR …` for each would be planned anew every time.
    """
    with planned_once() as cursor:
        cursor.execute(_with_condition(path, condition), params)
        return _shaped(shape, cursor)


def row(shape: type[T], path: str, /, **params: object) -> T | None:
    """The first row, or None."""
    return next(iter(rows(shape, path, **params)), None)


@cache
def _with_condition(path: str, condition: str) -> str:
    before, _, after = text_of(path).partition("-- WHERE\n")
    return f"{before}WHERE {condition}\n{after}"


def rows_of(shape: type[T], statement: str, params: dict[str, Any]) -> list[T]:
    """The same for a statement in hand, for queries put together from checked parts."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return _shaped(shape, cursor)


def _shaped(shape: type[T], cursor: Any) -> list[T]:
    columns = tuple(column[0] for column in cursor.description)
    order = _order(shape, columns)  # type: ignore[arg-type]  # classes are hashable
    return [shape(*order(values)) for values in cursor.fetchall()]


def planned_once() -> Any:
    """A cursor that leaves filling in to the database, which then can keep the plan.

    For statements in hand that are asked again and again, as `-- Planned once.` is for files.
    """
    connection.ensure_connection()
    line: psycopg.Connection[Any] = connection.connection
    if line.prepare_threshold is None:
        line.prepare_threshold, line.prepared_max = 0, PREPARED_MAX
    with connection.wrap_database_errors:
        return connection._prepare_cursor(psycopg.Cursor(line))  # type: ignore[attr-defined]


@cache
def _order(shape: type, columns: tuple[str, ...]) -> Any:
    names = [field.name for field in dataclasses.fields(shape)]
    missing = set(names) ^ set(columns)
    if missing:
        raise TypeError(f"{shape.__name__} and its query disagree about {sorted(missing)}")
    places = [columns.index(name) for name in names]
    if len(places) == 1:
        return lambda values: (values[places[0]],)
    return itemgetter(*places)
