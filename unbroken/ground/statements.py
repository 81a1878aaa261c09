"""Plain SQL for rows, made once per table: what a change has to write goes out in one message.

The ORM would compile each statement anew and send it alone; a ticket with its message, words
and event is eight of them.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from unbroken.ground.models import Guarded, GuardedChild
from unbroken.ground.sql import planned_once

Row = TypeVar("Row", bound=Guarded)
Child = TypeVar("Child", bound=GuardedChild)
Made = TypeVar("Made", bound=models.Model)
_Converter = tuple[int, Any, Any]


@dataclass
class Statements:
    """Statements collected to be sent together."""

    statements: list[tuple[str, Sequence[Any]]] = field(default_factory=list)

    def add(self, text: str, params: Sequence[Any]) -> None:
        self.statements.append((text, params))

    def insert(self, rows: Sequence[models.Model]) -> None:
        """New rows of one table."""
        columns, head, group = _insert_of(type(rows[0]))
        self.add(
            head + ", ".join([group] * len(rows)),
            [_ready(column, row.__dict__[column.attname]) for row in rows for column in columns],
        )

    def update(self, model: type[models.Model], row_id: int, changed: Mapping[str, Any]) -> None:
        """New values for some columns of one row."""
        columns = {column.attname: column for column in model._meta.concrete_fields}
        quote = connection.ops.quote_name
        sets = ", ".join(f"{quote(str(columns[name].column))} = %s" for name in changed)
        values = [_ready(columns[name], value) for name, value in changed.items()]
        table = quote(model._meta.db_table)
        self.add(f"UPDATE {table} SET {sets} WHERE id = %s", [*values, row_id])

    def send(self) -> None:
        """All of them in one message; the first that fails ends the transaction."""
        if self.statements:
            with connection.cursor() as cursor:
                # Filled in one by one: psycopg remembers how it read a statement, but not one
                # of more than 4,096 characters, as all of them together are.
                filled = [cursor.mogrify(text, params) for text, params in self.statements]
                if _gathering.filled is not None:
                    _gathering.filled += filled
                else:
                    cursor.execute(";\n".join(filled))


class _Gathering(threading.local):
    filled: list[str] | None = None


_gathering = _Gathering()


@contextmanager
def gathered() -> Iterator[None]:
    """Changes wait for each other and leave in one message, before whatever else is asked.

    Whoever asks sees them done, so nothing differs but when a change that fails says so: the
    whole block fails then, and whoever wants to know which change it was does them one by one.
    """

    def ask_after(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        _send_gathered()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask_after):
        _gathering.filled = []
        try:
            yield
            _send_gathered()
        finally:
            _gathering.filled = None


def _send_gathered() -> None:
    filled = _gathering.filled
    if filled:
        _gathering.filled = []
        with connection.cursor() as cursor:  # not the one that asks: it may keep plans
            cursor.execute(";\n".join(filled))


def send_along(text: str, params: Sequence[Any]) -> None:
    """A statement without an answer: with the changes that are gathered, else at once."""
    if _gathering.filled is not None:
        with connection.cursor() as cursor:
            _gathering.filled.append(cursor.mogrify(text, params))
        return
    with planned_once() as cursor:
        cursor.execute(text, params)


def held_together(model: type[Row], row_ids: Sequence[int]) -> dict[int, Row]:
    """Those of several rows that nobody else holds, locked like one that is `held`."""
    statement, names, converters = _read_of(model)
    several = statement.removesuffix("= %s") + "= ANY (%s::bigint[]) ORDER BY id"
    with planned_once() as cursor:
        cursor.execute(f"{several} FOR NO KEY UPDATE SKIP LOCKED", [list(row_ids)])
        rows = [_made(model, found, names, converters) for found in cursor.fetchall()]
    return {int(row.pk): row for row in rows}


def held(model: type[Row], row_id: int, *, may_wait: bool = True) -> Row:
    """A row, locked until the transaction ends, without its heavy columns.

    `model.DoesNotExist` when there is none; OperationalError when somebody else holds it
    and we may not wait.
    """
    statement, names, converters = _read_of(model)
    lock = "FOR NO KEY UPDATE" if may_wait else "FOR NO KEY UPDATE NOWAIT"
    with planned_once() as cursor:
        cursor.execute(f"{statement} {lock}", [row_id])
        found = cursor.fetchone()
    if found is None:
        raise model.DoesNotExist(f"{model.__name__} {row_id}")
    return _made(model, found, names, converters)


def child(model: type[Child], row_id: int) -> Child:
    """One of the child rows of a row that is held, to be altered. `model.DoesNotExist` if none."""
    statement, names, converters = _read_of(model)
    with planned_once() as cursor:
        cursor.execute(statement, [row_id])
        found = cursor.fetchone()
    if found is None:
        raise model.DoesNotExist(f"{model.__name__} {row_id}")
    return _made(model, found, names, converters)


def _made(
    model: type[Made], found: Sequence[Any], names: list[str], converters: "list[_Converter]"
) -> Made:
    values = list(found)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, names, values)


@cache
def _read_of(model: type[models.Model]) -> "tuple[str, list[str], list[_Converter]]":
    heavy = getattr(model, "heavy", ())
    columns = [c for c in model._meta.concrete_fields if c.attname not in heavy]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column.column)) for column in columns)
    table = quote(model._meta.db_table)
    converters = [
        (place, column.get_col(model._meta.db_table), convert)
        for place, column in enumerate(columns)
        for convert in column.get_db_converters(connection)
    ]
    statement = f"SELECT {names} FROM {table} WHERE id = %s"
    return statement, [column.attname for column in columns], converters


@cache
def _insert_of(model: type[models.Model]) -> "tuple[list[models.Field[Any, Any]], str, str]":
    columns = list(model._meta.concrete_fields)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column.column)) for column in columns)
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "
    return columns, head, "(" + ", ".join(["%s"] * len(columns)) + ")"


def _ready(column: "models.Field[Any, Any]", value: Any) -> Any:
    if value is None or type(value) in (str, int, bool):
        return value
    return column.get_db_prep_save(value, connection=connection)
