"""What other systems tell, taken in: whose it is, whether it is new. Nothing is thrown away.

A thing that the inventory does not know is kept under the name it was given, and counted. The end
of an alarm is found by the number under which its system raised it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from unbroken.directory.network_queries import resource_meant
from unbroken.evidence.adapter import Adapter, NotTold, Told
from unbroken.evidence.observed import NotObserved, Observed, read_line
from unbroken.evidence.state import counts, outside, readings
from unbroken.ground.kept import KeptMany

_meant: KeptMany[str] = KeptMany(60.0)


@dataclass
class Heard:
    """What became of everything that was told; `unknown`: of things not in the inventory."""

    read: int = 0
    new: int = 0
    known: int = 0
    unknown: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def hear(adapter: Adapter, body: bytes, *, now: datetime) -> Heard:
    """Take in a whole message; durable when this returns. NotTold when nothing can be read."""
    try:
        items = list(adapter.items(body))
    except NotTold:
        with transaction.atomic():
            counts.add(adapter.key, {"received": 1, "malformed": 1})
        raise
    heard = Heard()
    with transaction.atomic():
        observed = list(_observed(adapter, items, heard, now))
        heard.new = readings.note(observed)
        heard.known = len(observed) - heard.new
        counts.add(adapter.key, _counted(heard))
    return heard


def forget_absent(adapter: Adapter, prefix: str, refs: Iterable[str], *, at: datetime) -> int:
    """Alarms of this kind that their system lists no more are over; how many."""
    with transaction.atomic():
        gone = outside.end_absent(adapter.key, prefix, set(refs))
        return readings.note(
            [Observed(one.resource, at, at, alarm=(one.type, "cleared")) for one in gone]
        )


def _observed(
    adapter: Adapter, items: list[object], heard: Heard, now: datetime
) -> Iterable[Observed]:
    for number, item in enumerate(items, start=1):
        heard.read += 1
        try:
            for told in adapter.told(item):
                yield _one(adapter.key, told, heard, now)
        except (NotTold, NotObserved) as problem:
            heard.refused.append((number, str(problem)))


def _one(system: str, told: Told, heard: Heard, now: datetime) -> Observed:
    open_one = None
    if told.ref and told.alarm is not None and told.alarm[1] == "cleared":
        open_one = outside.find(system, told.ref)
    if open_one is not None:
        told = replace(told, names=(open_one.resource,), alarm=(open_one.type, "cleared"))
    if not told.names:
        raise NotTold("It names no thing, or the end of an alarm that was never raised here.")
    resource = next(filter(None, map(_resource, told.names)), "")
    heard.unknown += not resource
    seen = read_line(_as_line(told, resource or told.names[0], now), now=now)
    if told.ref and seen.alarm is not None:
        if seen.alarm[1] == "raised":
            outside.raise_one(system, told.ref, seen.resource, seen.alarm[0], at=seen.at)
        else:
            outside.end(system, told.ref)
    return seen


def _as_line(told: Told, resource: str, now: datetime) -> str:
    """Through the reader of all observations, which holds everything against its bounds."""
    line: dict[str, object] = {"resource": resource, "at": told.at, "received": now.isoformat()}
    if told.alarm is not None:
        line["alarm"] = {"type": told.alarm[0], "state": told.alarm[1]}
    if told.values:
        line["values"] = dict(told.values)
    return json.dumps(line)


def _resource(name: str) -> str:
    return _meant.get(name, lambda: resource_meant(name))


def _counted(heard: Heard) -> Counter[str]:
    return Counter(
        received=heard.read,
        kept=heard.new,
        known=heard.known,
        unknown_resource=heard.unknown,
        refused=len(heard.refused),
    )
