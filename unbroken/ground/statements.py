"""Plain SQL for rows, made once per table: what a change has to write goes out in one message.

The ORM would compile each statement anew and send it alone; a ticket with its message, words
and event is eight of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection, models


@dataclass
class Statements:
    """Statements collected to be sent together."""

    texts: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)

    def add(self, text: str, params: Sequence[Any]) -> None:
        self.texts.append(text)
        self.params.extend(params)

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
        if self.texts:
            with connection.cursor() as cursor:
                cursor.execute(";\n".join(self.texts), self.params)


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
