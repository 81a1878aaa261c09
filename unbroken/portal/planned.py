"""Planned work that touches the reader's own services: ours and the carriers', nobody's names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.directory.cards import ServiceCard
from unbroken.evidence.queries.network import remembered
from unbroken.evidence.queries.windows import planned_windows

AHEAD = timedelta(days=30)
FELT = frozenset({"OUTAGE", "DEGRADED"})
OFF = frozenset({"CANCELLED", "COMPLETED", "TENTATIVE"})
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Coming:
    """Work that will be felt. `services`: the reader's own that it touches."""

    since: datetime
    until: datetime
    is_outage: bool
    is_moved: bool
    services: frozenset[int]


def planned_for(services: Sequence[ServiceCard], *, at: datetime) -> list[Coming]:
    """What is announced for the next weeks, the earliest first. Asks for the network only then."""
    if not services:
        return []
    windows = [
        one
        for one in planned_windows(since=at, until=at + AHEAD, known_by=at)
        if one.until > at and one.impact in FELT and one.status not in OFF
    ]
    if not windows:
        return []
    above = remembered().network.above
    stand = {one.id: frozenset(above.get(one.key or str(one.id), ())) for one in services}
    found = []
    for window in windows:
        touched = frozenset(
            number for number, chain in stand.items() if not chain.isdisjoint(window.resources)
        )
        if touched:
            found.append(
                Coming(
                    window.since,
                    window.until,
                    window.impact == "OUTAGE",
                    window.status == "RE-SCHEDULED",
                    touched,
                )
            )
    return found[:SHOWN]
