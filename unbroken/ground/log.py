"""Reading the log: what happened in a stream, in order."""

from collections.abc import Iterable, Sequence
from typing import Any

from unbroken.ground.events import LoggedEvent, logged
from unbroken.ground.sql import planned_once

_COLUMNS = 'id, stream, version, kind, at, "by", data, imported'


def _read(statement: str, params: Sequence[Any]) -> list[LoggedEvent]:
    with planned_once() as cursor:
        cursor.execute(statement, params)
        return [logged(row) for row in cursor.fetchall()]


def events_of(streams: Iterable[str]) -> list[LoggedEvent]:
    """Everything that happened in these streams, in the order it was written."""
    return _read(
        f"SELECT {_COLUMNS} FROM ground_event WHERE stream = ANY(%s) ORDER BY id", [list(streams)]
    )


def event_at(event_id: int) -> LoggedEvent | None:
    """One event by its number."""
    found = _read(f"SELECT {_COLUMNS} FROM ground_event WHERE id = %s", [event_id])
    return found[0] if found else None


def first_event(stream: str) -> LoggedEvent | None:
    """How a stream began."""
    found = _read(
        f"SELECT {_COLUMNS} FROM ground_event WHERE stream = %s ORDER BY version LIMIT 1", [stream]
    )
    return found[0] if found else None


def has_happened(stream: str, *kinds: str) -> bool:
    """Whether any of these kinds is already on record in the stream."""
    with planned_once() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM ground_event WHERE stream = %s AND kind = ANY(%s))",
            [stream, list(kinds)],
        )
        return bool(cursor.fetchone()[0])


def words_of(said_ids: Iterable[int | None]) -> dict[int, str | None]:
    """The words behind these ids; None where they were erased."""
    wanted = [said for said in said_ids if said is not None]
    if not wanted:
        return {}
    with planned_once() as cursor:
        cursor.execute("SELECT id, text FROM ground_said WHERE id = ANY(%s)", [wanted])
        return dict(cursor.fetchall())
