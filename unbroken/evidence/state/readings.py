"""Readings and alarms, in bulk, each once."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from unbroken.evidence.observed import Observed
from unbroken.evidence.state import partitions, thinning
from unbroken.ground.clock import now


def note(observed: Sequence[Observed]) -> int:
    """Keep those that are new; how many that are. Part of a transaction."""
    new = _note_values([one for one in observed if one.names])
    new |= _note_alarms([one for one in observed if one.alarm is not None])
    return sum(1 for one in _once(observed) if _key(one) in new)


_Key = tuple[str, datetime, tuple[str, ...], tuple[str, str] | None]


def _key(one: Observed) -> _Key:
    return (one.resource, one.at, one.names, one.alarm)


def _once(observed: Sequence[Observed]) -> list[Observed]:
    return list({_key(one): one for one in observed}.values())


def _note_values(observed: Sequence[Observed]) -> set[_Key]:
    if not observed:
        return set()
    partitions.ensure("observation", {one.at.date() for one in observed})
    names = _names_of({one.names for one in observed})
    by_place = {(one.resource, one.at, names[one.names]): _key(one) for one in observed}
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO observation (resource, at, names_id, "values", received_at)'
            " SELECT resource, at, names_id, told::jsonb, received_at"
            " FROM unnest(%s::text[], %s::timestamptz[], %s::bigint[], %s::text[],"
            " %s::timestamptz[]) given (resource, at, names_id, told, received_at)"
            " ON CONFLICT DO NOTHING RETURNING resource, at, names_id",
            [
                [one.resource for one in observed],
                [one.at for one in observed],
                [names[one.names] for one in observed],
                [json.dumps(one.values) for one in observed],
                [one.received_at for one in observed],
            ],
        )
        new = [by_place[place] for place in cursor.fetchall()]
    thinning.thin_late([(key[0], key[1]) for key in new], now=now())
    return set(new)


def _note_alarms(observed: Sequence[Observed]) -> set[_Key]:
    if not observed:
        return set()
    alarms = [(one, *one.alarm) for one in observed if one.alarm is not None]
    by_place = {(one.resource, one.at, kind, state): _key(one) for one, kind, state in alarms}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_alarm (resource, at, type, state, received_at)"
            " SELECT * FROM unnest(%s::text[], %s::timestamptz[], %s::text[], %s::text[],"
            " %s::timestamptz[]) ON CONFLICT DO NOTHING RETURNING resource, at, type, state",
            [
                [one.resource for one, _, _ in alarms],
                [one.at for one, _, _ in alarms],
                [kind for _, kind, _ in alarms],
                [state for _, _, state in alarms],
                [one.received_at for one, _, _ in alarms],
            ],
        )
        return {by_place[place] for place in cursor.fetchall()}


def _names_of(wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """The numbers of these names that come together; new ones get theirs."""
    found: dict[tuple[str, ...], int] = {}
    with connection.cursor() as cursor:
        for names in wanted:
            cursor.execute("SELECT id FROM reading_names WHERE names = %s", [list(names)])
            row = cursor.fetchone()
            if row is None:
                cursor.execute(
                    "INSERT INTO reading_names (names) VALUES (%s)"
                    " ON CONFLICT (names) DO UPDATE SET names = excluded.names RETURNING id",
                    [list(names)],
                )
                row = cursor.fetchone()
            found[names] = row[0]
    return found
