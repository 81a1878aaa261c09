"""What goes on by itself: records are folded, tables elsewhere are read, old parts are dropped."""

import logging
from datetime import timedelta

from django.conf import settings

from unbroken.evidence import (
    ageing_lists,
    filling_lists,
    folding,
    genieacs,
    keeping,
    polling,
    radacct,
)
from unbroken.evidence.adapter import NotTold
from unbroken.evidence.state import counts
from unbroken.evidence.watch import Watch
from unbroken.ground import http
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop, every

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
WATCH_SECONDS = 3.0
AGEING_SECONDS = 900.0
AGEING_REST_SECONDS = 1.0


def fold_on(stop: Stop) -> None:
    """Until told to stop; at once again while there is more."""
    while not stop.is_asked:
        if not folding.fold_some():
            stop.wait(EVERY_SECONDS)


def fetch_radacct() -> None:
    """What is new in the operator's own table of sessions, where there is one."""
    url = settings.UNBROKEN.sources.radacct
    if url:
        try:
            radacct.fetch(url, now=now())
        except radacct.Away as problem:
            log.warning("radacct cannot be read just now: %s", problem)
            counts.add(radacct.SOURCE, {"away": 1})


def fetch_genieacs() -> None:
    """What modems told GenieACS, where there is one."""
    url = settings.UNBROKEN.sources.genieacs
    if not url:
        return
    try:
        genieacs.fetch(url, now=now())
    except (http.Unanswered, http.Turned, NotTold) as problem:
        log.warning("GenieACS cannot be read just now: %s", problem)
        counts.add(genieacs.SOURCE, {"away": 1})


def watch_on(stop: Stop) -> None:
    """Hear what arrives until told to stop; the detector lives as long as this loop."""
    watch = Watch(at=now())
    while not stop.is_asked:
        if not watch.look(at=now()):
            stop.wait_for(timedelta(seconds=WATCH_SECONDS), seconds_max=WATCH_SECONDS)


def poll_devices(stop: Stop) -> None:
    """Ask devices by SNMP, where a file names some."""
    path = settings.UNBROKEN.sources.snmp_devices
    if path:
        polling.poll_on(path, stop)
    while not stop.is_asked:
        stop.wait(60.0)


def list_ageing(stop: Stop) -> None:
    """Once a week, with long rests: the desk's work comes first."""
    while not stop.is_asked:
        ageing_lists.make_due(now(), is_over=lambda: stop.pause(AGEING_REST_SECONDS))
        stop.wait(AGEING_SECONDS)


def list_filling(stop: Stop) -> None:
    """Once a week, with rests as well."""
    while not stop.is_asked:
        filling_lists.make_due(now(), is_over=lambda: stop.pause(AGEING_REST_SECONDS))
        stop.wait(AGEING_SECONDS)


LOOPS: tuple[Loop, ...] = (
    Loop("evidence.silences", watch_on, wakes_on=frozenset({"window.noted"})),
    Loop("evidence.fold", fold_on, wakes_on=frozenset(), urgent=True),
    Loop("evidence.snmp", poll_devices, wakes_on=frozenset()),
    every("evidence.radacct", 60, fetch_radacct),
    every("evidence.genieacs", 300, fetch_genieacs),
    Loop("evidence.ageing", list_ageing, wakes_on=frozenset()),
    Loop("evidence.filling", list_filling, wakes_on=frozenset()),
    every("evidence.keep", 3600, keeping.drop_what_is_old),
)
