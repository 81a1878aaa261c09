"""The three who may write besides `change`: refit, expire, erase.

Each leaves its event in stream `house`; a transaction-local mark that names this event
is what the guards accept. No letters: nobody reacts to housekeeping.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.events import dump, event, kind_of
from unbroken.ground.letters import post
from unbroken.ground.statements import Statements
from unbroken.ground.words import _

STREAM = "house"


@event(
    "house.refitted",
    says=_("Rows of {table} were refitted: {reason}"),
    sample={"table": "trouble_ticket", "first": 1, "last": 9, "count": 9, "reason": "backfill"},
)
@dataclass(frozen=True)
class Refitted:
    """A data fix, or the data half of a migration, over one batch of rows."""

    table: str
    first: int
    last: int
    count: int
    reason: str


@event(
    "house.expired",
    says=_("Its time was over: {what}"),
    sample={"what": "drafts", "before": "2026-01-01T00:00:00+00:00", "count": 3},
)
@dataclass(frozen=True)
class Expired:
    """Retention: rows older than `before` went away."""

    what: str
    before: datetime
    count: int


@event(
    "house.erased",
    says=_("A person's words and data were erased: {reason}"),
    sample={"whose": "contact:9", "reason": "asked for it", "counts": {"ground_said": 4}},
)
@dataclass(frozen=True)
class Erased:
    """A person's right: what they wrote and who they were is gone, that it was stays."""

    whose: str
    reason: str
    counts: dict[str, int]


@event(
    "house.letter_skipped",
    says=_("A stuck letter for {box} was given up"),
    sample={"box": "promise", "event": 12},
)
@dataclass(frozen=True)
class LetterSkipped:
    """Somebody decided that one consequence will not follow."""

    box: str
    event: int


@dataclass(frozen=True)
class Erasable:
    """Which columns of a table hold a person's data, and how its rows are found.

    `where` is SQL over the row with the parameter `%(id)s`, the contact's id;
    `blank` maps each column to the SQL it becomes.
    """

    table: str
    where: str
    blank: dict[str, str]


ERASABLES: list[Erasable] = []


def erasable(table: str, *, where: str, blank: dict[str, str]) -> None:
    """A room says once what of a contact it holds; `erase` empties it.

    The rooms above go first: they may look the person up in the rooms below, which forget last.
    """
    ERASABLES.append(Erasable(table, where, blank))


def tell_house(told: object, *, by: Actor, at: datetime) -> int:
    """Append to stream `house` and return the version; call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unbroken.house'))")
        cursor.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM ground_event WHERE stream = %s", [STREAM]
        )
        version = int(cursor.fetchone()[0])
    statements = Statements()
    post(
        statements,
        stream=STREAM,
        version=version,
        kind=kind_of(told),
        at=at,
        by=str(by),
        data=dump(told),
    )
    statements.send()
    return version


@contextmanager
def _marked(told: object, *, by: Actor, at: datetime) -> Iterator[None]:
    with transaction.atomic():
        version = tell_house(told, by=by, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('unbroken.mark', %s, true)", [str(version)])
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SELECT set_config('unbroken.mark', '', true)")


def refit(
    reason: str,
    table: str,
    ids: Sequence[int],
    *,
    set_sql: str,
    params: dict[str, Any] | None = None,
    at: datetime,
    by: Actor = HOUSE,
) -> None:
    """Rewrite one batch of rows: `UPDATE table SET set_sql WHERE id = ANY(ids)`."""
    if not ids:
        return
    told = Refitted(table, min(ids), max(ids), len(ids), reason)
    with _marked(told, by=by, at=at), connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(
            f"UPDATE {name} SET {set_sql} WHERE id = ANY(%(refit_ids)s)",
            {**(params or {}), "refit_ids": list(ids)},
        )


def expire(
    what: str,
    steps: Sequence[str],
    ids: Sequence[Any],
    *,
    before: datetime,
    at: datetime,
    by: Actor = HOUSE,
) -> None:
    """Let one batch go whose time is over; each step is SQL over `%(ids)s` and `%(at)s`."""
    if not ids:
        return
    with _marked(Expired(what, before, len(ids)), by=by, at=at), connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step, {"ids": list(ids), "at": at})


def erase(whose: Actor, reason: str, *, at: datetime, by: Actor) -> dict[str, int]:
    """Empty what a person wrote and who they were; returns rows emptied by table.

    Hash, time and channel stay. The caller keeps `(whose, at)` in the list outside the
    database, from which a restored older backup is erased again.
    """
    params, plan, counts = _params(whose, at), _plan(), would_erase(whose, at=at)
    with _marked(Erased(str(whose), reason, counts), by=by, at=at):
        for target in plan:
            _blank(target, params)
    return counts


def would_erase(whose: Actor, *, at: datetime) -> dict[str, int]:
    """How many rows of each table `erase` would empty now, without emptying any."""
    params = _params(whose, at)
    counts: dict[str, int] = {}
    for target in _plan():
        counts[target.table] = counts.get(target.table, 0) + _count(target, params)
    return counts


def _params(whose: Actor, at: datetime) -> dict[str, Any]:
    if whose.kind != "contact" or whose.id is None:
        raise ValueError(f"only a contact can be erased, not {whose}")
    return {"id": whose.id, "whose": str(whose), "at": at}


def _plan() -> list[Erasable]:
    own = "whose = %(whose)s AND erased_at IS NULL"
    return [
        Erasable("ground_said", own, {"text": "NULL", "erased_at": "%(at)s"}),
        Erasable("ground_blob", own, {"data": "NULL", "erased_at": "%(at)s"}),
        *reversed(ERASABLES),
    ]


def _count(target: Erasable, params: dict[str, Any]) -> int:
    """Rows that hold something yet: what is empty already is not counted as forgotten again."""
    columns = ((c, v) for c, v in target.blank.items() if v != "%(at)s" and "random" not in v)
    holds = " OR ".join(f"{column} IS DISTINCT FROM {value}" for column, value in columns)
    where = f"({target.where}) AND ({holds})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {target.table} WHERE {where}", params)
        return int(cursor.fetchone()[0])


def _blank(target: Erasable, params: dict[str, Any]) -> None:
    columns = ", ".join(f"{column} = {value}" for column, value in target.blank.items())
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {target.table} SET {columns} WHERE {target.where}", params)
