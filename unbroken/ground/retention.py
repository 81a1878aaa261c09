"""How long things are kept: settled by somebody, tried before, done by night, on record.

What goes is gone: the words, bytes and rows of its kind leave in batches, each one transaction with
its event. Settling a number of days removes nothing by itself; the next night does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent, event
from unbroken.ground.keeping import DAYS_MAX, Keeping, kinds, settled, steps_of
from unbroken.ground.models import Retention, RetentionRun
from unbroken.ground.sql import rows
from unbroken.ground.undo import restores
from unbroken.ground.words import Phrase, _
from unbroken.ground.writers import expire

BATCH = 200
NIGHT_MAX = 100_000
"""Of one kind in one night; the rest goes in the next ones."""
AT_NIGHT = time(2, 30)
RUNS_KEPT = 30

refusals(
    {
        "retention.no_such_kind": _("There is nothing of this kind: {kind}."),
        "retention.too_few": _("At least {n} days: {because}"),
        "retention.too_many": _("At most {n} days. Leave the field empty to keep it for ever."),
    }
)
TOO_FEW_DAYS = _("fewer would take away what people are still working with.")


settled(_("The record of what was done: who, what and when, nobody's words"))


@event(
    "retention.set",
    says=_("How long something is kept was changed"),
    sample={"key": "raw_mail", "was": {"days": None}, "now": {"days": 365}},
)
@dataclass(frozen=True)
class RetentionSet:
    """Somebody settled after how many days a kind of old things goes; null is for ever."""

    key: str
    was: dict[str, int | None]
    now: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind and what is settled for it: `days` None is for ever; `id` 0 where nobody ever said."""

    kind: Keeping
    days: int | None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Old:
    """How much of a kind would go, and of when the oldest of it is."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Removed:
    """What went on one day, by kind: how much, when the last of it, and older than what."""

    at: datetime
    what: str
    count: int
    before: datetime


def settled_kinds() -> list[Kept]:
    """Every kind with what is settled for it."""
    said = {row.key: row for row in Retention.objects.all()}
    return [
        Kept(kind, said[key].days, int(said[key].pk)) if key in said else Kept(kind, kind.days)
        for key, kind in kinds().items()
    ]


def kept(key: str) -> Kept | None:
    """One kind, None when there is none of that name."""
    return next((one for one in settled_kinds() if one.kind.key == key), None)


def settle(*, key: str, days: int | None, by: Actor, at: datetime) -> None:
    """From the next night on this kind is kept for so many days; None: for ever."""
    kind = kinds().get(key)
    if kind is None:
        raise Refused("retention.no_such_kind", kind=key)
    _must_fit(kind, days)
    known = kept(key)
    assert known is not None, "every kind is settled one way or the other"
    if known.days == days:
        return
    told = RetentionSet(key, {"days": known.days}, {"days": days})
    if not known.id:
        with begin(Retention, by=by, at=at) as row:
            row.key, row.days = key, days
            row.tell(told)
        return
    with change(Retention, known.id, by=by, at=at) as row:
        row.days = days
        row.tell(told)


def _must_fit(kind: Keeping, days: int | None) -> None:
    if days is not None and days < kind.least:
        because: Phrase = kind.because or TOO_FEW_DAYS
        raise Refused("retention.too_few", n=kind.least, because=because)
    if days is not None and days > DAYS_MAX:
        raise Refused("retention.too_many", n=DAYS_MAX)


def _as_before(told: LoggedEvent, *, by: Actor, at: datetime) -> None:
    settle(key=told.data["key"], days=told.data["was"]["days"], by=by, at=at)


restores({"retention.set": _as_before})


def would_go(kind: Keeping, days: int, *, at: datetime) -> Old:
    """How much would go now if this kind were kept for so many days; removes nothing."""
    _must_fit(kind, days)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), min(old.at) FROM ({kind.old}) AS old",
            {"before": at - timedelta(days=days)},
        )
        count, oldest = cursor.fetchone()
    return Old(int(count), oldest)


def one_batch(kind: Keeping, days: int, *, at: datetime, after: Any = None) -> Sequence[Any]:
    """The next few rows of this kind go, in one transaction with the event that says so.

    Returns their ids, in order; the next batch begins behind the last of them.
    """
    before = at - timedelta(days=days)
    behind = "" if after is None else "WHERE old.id > %(after)s"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT old.id FROM ({kind.old}) AS old {behind} ORDER BY old.id LIMIT {BATCH}",
                {"before": before, "after": after},
            )
            ids = [row[0] for row in cursor.fetchall()]
        expire(kind.key, steps_of(kind), ids, before=before, at=at, by=HOUSE)
    return ids


def remove(kind: Keeping, days: int, *, at: datetime, most: int = NIGHT_MAX) -> tuple[int, bool]:
    """All of this kind whose time is over, batch by batch; how many went, whether more are left."""
    count, after = 0, None
    while count < most:
        ids = one_batch(kind, days, at=at, after=after)
        count += len(ids)
        if len(ids) < BATCH:
            return count, False
        after = ids[-1]
    return count, True


# ── by night ──────────────────────────────────────────────────────────────────


def is_due(*, at: datetime, zone: str) -> bool:
    """Whether tonight's work was not done yet, or was cut off by a crash."""
    local = at.astimezone(ZoneInfo(zone))
    night = datetime.combine(local.date(), AT_NIGHT, local.tzinfo)
    night = night if night <= local else night - timedelta(days=1)
    last = last_run()
    return last is None or last.ended_at is None or last.began_at < night


def last_run() -> RetentionRun | None:
    """The latest night's work; `ended_at` is empty while it goes on, or was cut off."""
    return RetentionRun.objects.order_by("-id").first()


def begin_run(*, at: datetime) -> int:
    """Tonight's work begins; one that was cut off is taken up again."""
    last = last_run()
    if last is not None and last.ended_at is None:
        return int(last.pk)
    run = RetentionRun.objects.create(began_at=at)
    RetentionRun.objects.filter(pk__lte=run.pk - RUNS_KEPT).delete()
    return int(run.pk)


def note_removed(run_id: int, key: str, *, count: int, has_more: bool, error: str = "") -> None:
    """What became of one kind tonight; a batch that was cut off is counted when it is repeated."""
    run = RetentionRun.objects.get(pk=run_id)
    run.removed = {**run.removed, key: run.removed.get(key, 0) + count}
    run.left = sorted({*run.left, key}) if has_more else [one for one in run.left if one != key]
    run.errors = {**run.errors, key: error} if error else run.errors
    run.save()


def end_run(run_id: int, *, at: datetime) -> None:
    """Tonight's work is done."""
    RetentionRun.objects.filter(pk=run_id).update(ended_at=at)


def removed_lately(what: str | None = None) -> list[Removed]:
    """What went, day by day, the latest first: as the log tells it."""
    return rows(Removed, "ground/queries/removed.sql", what=what)
