"""Readings of days that are over, thinned out: the last of every three hours is kept for years.

Counters only grow and levels change slowly, so that the last of each stretch is what a judgement
of months needs. Written once a day is over; readings that come later, as imports do, are thinned
when they come. Every reading stays `UNBROKEN_READINGS_DAYS` besides.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from unbroken.evidence.slots import SLOT, slot_of
from unbroken.evidence.state import partitions
from unbroken.evidence.state.outside import mark_of, set_mark

SOURCE = "thinned readings"
OVER_AFTER = timedelta(hours=6)
"""A day is thinned so long after its end: most of what is late has come by then."""
DAY = timedelta(days=1)
DAYS_AT_ONCE = 40

THIN = """
INSERT INTO reading_thinned (resource, slot, names_id, at, "values", received_at)
SELECT resource, slot, names_id, at, "values"::json, received_at
FROM (
    SELECT DISTINCT ON (resource, names_id, slot) *
    FROM (
        SELECT *, date_bin('3 hours', at, '2000-01-01+00') AS slot FROM observation
        WHERE at >= %(since)s AND at < %(until)s
          AND (%(resources)s::text[] IS NULL OR resource = ANY (%(resources)s))
    ) told
    ORDER BY resource, names_id, slot, at DESC
) last
ON CONFLICT (resource, slot, names_id) DO UPDATE
SET at = excluded.at, "values" = excluded."values", received_at = excluded.received_at
WHERE excluded.at > reading_thinned.at
"""


def thin_what_is_over(*, now: datetime) -> int:
    """Days that are over and were not thinned yet, a number of them; how many that were."""
    end = _midnight(now - OVER_AFTER)
    since = _thinned_until()
    days = 0
    for day in _days(since, end):
        with transaction.atomic():
            _thin(day, day + DAY, None)
            set_mark(SOURCE, (day + DAY).isoformat(), at=now)
        days += 1
        if days == DAYS_AT_ONCE:
            break
    return days


def _days(since: datetime | None, until: datetime) -> Iterator[datetime]:
    """Beginnings of the days from then until then of which anything may be kept."""
    for month, following in partitions.spans("observation"):
        day = datetime.combine(month, datetime.min.time(), UTC)
        day = day if since is None else max(day, since)
        while day < until and day.date() < following:
            yield day
            day += DAY


def thin_late(places: Sequence[tuple[str, datetime]], *, now: datetime) -> None:
    """Readings of days that were thinned already have come. Part of a transaction."""
    old = [(resource, at) for resource, at in places if at < now - OVER_AFTER]
    done = _thinned_until() if old else None
    late = [(resource, at) for resource, at in old if done is not None and at < done]
    if done is None or not late:
        return
    times = [at for _resource, at in late]
    resources = sorted({resource for resource, _at in late})
    _thin(slot_of(min(times)), slot_of(max(times)) + SLOT, resources)


def _thin(since: datetime, until: datetime, resources: list[str] | None) -> None:
    days = (until - since).days + 1
    partitions.ensure("reading_thinned", {(since + n * DAY).date() for n in range(days)})
    with connection.cursor() as cursor:
        cursor.execute(THIN, {"since": since, "until": until, "resources": resources})


def _thinned_until() -> datetime | None:
    mark = mark_of(SOURCE)
    return datetime.fromisoformat(mark) if mark else None


def _midnight(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
