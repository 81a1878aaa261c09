"""Sessions in their table: read by NAS and id, written back many at a time."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from unbroken.evidence.radius.folding import Session

_COLUMNS = {
    "nas": "text", "session": "text", '"user"': "text", "started_at": "timestamptz",
    "started_by_start": "boolean", "start_arrived_at": "timestamptz", "heard_at": "timestamptz",
    "heard_arrived_at": "timestamptz", "ended_at": "timestamptz", "end_arrived_at": "timestamptz",
    "ended_by": "text", "cause": "smallint", "seconds": "bigint", "input_octets": "bigint",
    "output_octets": "bigint", "interim": "int", "timeout": "bigint", "address": "inet",
    "prefix": "text", "mac": "text", "port": "text", "circuit": "text", "line": "jsonb",
}  # fmt: skip
_NAMES = list(_COLUMNS)
_FIELDS = [name.strip('"') for name in _NAMES]
_READ = f"""
-- Every session there ever was under these ids, with the columns as their values have them.
SELECT {", ".join("host(address)" if name == "address" else name for name in _NAMES)}, id
FROM radius_session
JOIN unnest(%s::text[], %s::text[]) asked (nas, session) USING (nas, session)
ORDER BY id
"""
_ARRAYS = ", ".join(f"%b::{'text' if kind == 'jsonb' else kind}[]" for kind in _COLUMNS.values())
_GIVEN = ", ".join(f"{name}::jsonb" if name == "line" else name for name in _NAMES)
_INSERT = f"""
INSERT INTO radius_session ({", ".join(_NAMES)})
SELECT {_GIVEN} FROM unnest({_ARRAYS}) given ({", ".join(_NAMES)})
"""
_UPDATE = f"""
UPDATE radius_session SET {", ".join(
    f"{name} = given.{name}" + ("::jsonb" if name == "line" else "") for name in _NAMES[2:]
)}
FROM unnest({_ARRAYS}, %s::bigint[]) given ({", ".join(_NAMES)}, id)
WHERE radius_session.id = given.id
"""  # fmt: skip


def load(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Session]]:
    """The sessions under these NASes and ids."""
    found: dict[tuple[str, str], list[Session]] = defaultdict(list)
    if not keys:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[nas for nas, _ in keys], [session for _, session in keys]])
        for values in cursor.fetchall():
            session = Session(**dict(zip([*_FIELDS, "id"], values, strict=True)))
            session.line = _as_dict(session.line)
            found[session.nas, session.session].append(session)
    return found


def save(sessions: Sequence[Session]) -> None:
    """Write these back, the new ones too."""
    for statement, some in (
        (_INSERT, [one for one in sessions if one.id is None]),
        (_UPDATE, [one for one in sessions if one.id is not None]),
    ):
        if some:
            columns = [[_ready(one, name) for one in some] for name in _FIELDS]
            if statement is _UPDATE:
                columns.append([one.id for one in some])
            with connection.cursor() as cursor:
                cursor.execute(statement, columns)


def end_those_of(nas: str, at: datetime, kind: str, arrived_at: datetime) -> None:
    """A restart ends every session of a NAS that began before it and did not stop."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE radius_session SET ended_at = %(at)s, ended_by = %(kind)s,"
            " end_arrived_at = %(arrived_at)s"
            " WHERE nas = %(nas)s AND ended_by <> 'stop' AND started_at < %(at)s"
            " AND heard_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)",
            {"nas": nas, "at": at, "kind": kind, "arrived_at": arrived_at},
        )


def _ready(session: Session, name: str) -> object:
    value = getattr(session, name)
    return json.dumps(value) if name == "line" else value


def _as_dict(value: object) -> dict[str, object]:
    read = json.loads(value) if isinstance(value, str) else value
    return read if isinstance(read, dict) else {}
