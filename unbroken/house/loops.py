"""The house's own loops."""

import logging
import time

from django.conf import settings

from unbroken.ground import retention
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop, every
from unbroken.house import erasures

log = logging.getLogger(__name__)

REST_SHARE = 4.0
REST_SECONDS_MIN = 0.1
ASK_AGAIN_SECONDS = 300.0


def retention_by_night(stop: Stop) -> None:
    """When the night has come, everything whose time is over goes."""
    while not stop.is_asked:
        if retention.is_due(at=now(), zone=settings.UNBROKEN.timezone):
            remove_what_is_old(stop)
        stop.pause(ASK_AGAIN_SECONDS)


def remove_what_is_old(stop: Stop) -> None:
    """One night's work, batch by batch; one kind that fails leaves the others their turn."""
    at = now()
    run = retention.begin_run(at=at)
    for kept in retention.settled_kinds():
        if kept.days is None:
            continue
        try:
            _remove(kept, run, stop)
        except Exception as error:
            log.exception("old things of the kind %s were not removed", kept.kind.key)
            told = f"{type(error).__name__}: {error}".splitlines()[0]
            retention.note_removed(run, kept.kind.key, count=0, has_more=True, error=told)
        if stop.is_asked:
            return  # taken up again by whoever watches next
    retention.end_run(run, at=now())


def _remove(kept: retention.Kept, run: int, stop: Stop) -> None:
    """All of one kind; after each batch it rests four times as long as that took."""
    assert kept.days is not None, "asked for by the caller"
    count, after, has_more = 0, None, True
    while has_more and count < retention.NIGHT_MAX and not stop.is_asked:
        began = time.monotonic()
        ids = retention.one_batch(kept.kind, kept.days, at=now(), after=after)
        count, has_more = count + len(ids), len(ids) == retention.BATCH
        after = ids[-1] if ids else after
        retention.note_removed(run, kept.kind.key, count=len(ids), has_more=has_more)
        if has_more:
            stop.pause(max(REST_SHARE * (time.monotonic() - began), REST_SECONDS_MIN))


LOOPS: tuple[Loop, ...] = (
    every("erasures kept outside", 600, erasures.keep, wakes_on=frozenset({erasures.KIND})),
    Loop("retention", retention_by_night, wakes_on=frozenset()),
)
