"""Named SQL files that return frozen rows.

`rows(WaitingTicket, "console/queries/work_list.sql", team_id=3)` runs the file and
makes one value per row; the columns must be the fields, in any order.
"""

import dataclasses
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection

UNBROKEN = Path(__file__).parent.parent

T = TypeVar("T")


@cache
def text_of(path: str) -> str:
    """The statement in a file below `unbroken/`."""
    return (UNBROKEN / path).read_text(encoding="utf-8")


def rows(shape: type[T], path: str, /, **params: object) -> list[T]:
    """Every row of a named query as a value of `shape`, a frozen dataclass."""
    return rows_of(shape, text_of(path), params)


def row(shape: type[T], path: str, /, **params: object) -> T | None:
    """The first row, or None."""
    return next(iter(rows(shape, path, **params)), None)


def rows_of(shape: type[T], statement: str, params: dict[str, Any]) -> list[T]:
    """The same for a statement in hand, for queries put together from checked parts."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        columns = tuple(column[0] for column in cursor.description)
        order = _order(shape, columns)  # type: ignore[arg-type]  # classes are hashable
        return [shape(*order(values)) for values in cursor.fetchall()]


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
