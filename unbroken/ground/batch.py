"""Many new rows at once: the same rules as `begin`, one round trip instead of hundreds.

`begin_all` makes new rows of one kind, each with its event and its letters, in the caller's
transaction or one of its own. `copy_rows` and `draw_many` are what it and history are made of.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.ground.events import dump, kind_of
from unbroken.ground.foreseen import has_changed
from unbroken.ground.letters import BOXES
from unbroken.ground.models import Guarded

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_POST_ALL = """
-- New rows' first events, a letter for every box that listens, and the news of each.
WITH logged AS (
    INSERT INTO ground_event (stream, version, kind, at, by, data, imported)
    SELECT stream, 1, kind, %(at)s, %(by)s, data::jsonb, false
    FROM unnest(%(streams)s::text[], %(kinds)s::text[], %(data)s::text[])
         WITH ORDINALITY AS told (stream, kind, data, place)
    ORDER BY place
    RETURNING id, stream, kind
), posted AS (
    INSERT INTO ground_letter (box, stream, event_id, not_before)
    SELECT box, logged.stream, logged.id, not_before
    FROM logged
    JOIN unnest(%(heard)s::text[], %(boxes)s::text[], %(dues)s::timestamptz[])
         AS to_whom (kind, box, not_before) USING (kind)
)
SELECT count(pg_notify('unbroken', stream || ' ' || kind)) FROM logged
"""


def begin_all(
    model: type[Guarded],
    new: Sequence[tuple[Mapping[str, Any], object]],
    *,
    by: Actor,
    at: datetime,
) -> list[int]:
    """New rows as (fields by column, what happened); returns their ids, in order."""
    if not new:
        return []
    with transaction.atomic(savepoint=False):
        ids = draw_many(model, len(new))
        columns = tuple(new[0][0])
        copy_rows(
            model,
            ("id", "version", "changed_at", *columns),
            ((i, 1, at, *(row[c] for c in columns)) for i, (row, _) in zip(ids, new, strict=True)),
        )
        has_changed(model)
        _post_all(model.stream, ids, [told for _, told in new], by=by, at=at)
    return ids


def _post_all(
    stream: str, ids: Sequence[int], told: Sequence[object], *, by: Actor, at: datetime
) -> None:
    kinds = [kind_of(one) for one in told]
    heard = [
        (kind, box, after) for kind in set(kinds) for box, after in BOXES.by_kind.get(kind, ())
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _POST_ALL,
            {
                "at": at,
                "by": str(by),
                "streams": [f"{stream}:{row_id}" for row_id in ids],
                "kinds": kinds,
                "data": [as_json(dump(one)) for one in told],
                "heard": [kind for kind, _, _ in heard],
                "boxes": [box for _, box, _ in heard],
                "dues": [now() + after if after else None for _, _, after in heard],
            },
        )


def as_json(value: object) -> str:
    """JSON as PostgreSQL takes it: without the zero characters it refuses."""
    text = _ENCODE(value)
    return text.replace("\\u0000", "\\ufffd") if "\\u0000" in text else text


def draw_many(model: type[models.Model], count: int) -> list[int]:
    """The next ids of a table, from its own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def copy_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Rows straight into a table: JSON columns become JSON, columns left out their default."""
    rest = _defaults(model, columns)
    fields = [model._meta.get_field(c) for c in (*columns, *rest)]
    places = [n for n, field in enumerate(fields) if isinstance(field, models.JSONField)]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)  # type: ignore[union-attr]
    same = tuple(rest.values())
    table = connection.ops.quote_name(model._meta.db_table)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            whole = (*row, *same) if same else row
            copy.write_row(_with_json(whole, places) if places else whole)


def _defaults(model: type[models.Model], given: Sequence[str]) -> dict[str, object]:
    """What the columns that are not given hold, where the database does not know by itself."""
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if field.attname not in given
        and not field.primary_key
        and not field.null
        and not field.has_db_default()
    }


def _with_json(row: Sequence[object], places: Sequence[int]) -> list[object]:
    values = list(row)
    for place in places:
        values[place] = as_json(values[place])
    return values
