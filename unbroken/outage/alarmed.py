"""Alarms from outside: which stand, which only flap, and whether one is to be believed. Pure.

One that comes and goes says that somebody should look at the monitor; it is no outage until it
stays. One that its own lines contradict is none either: the management fails oftener than the node.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from unbroken.evidence.queries.alarms import AlarmRow, Voices

STANDS = timedelta(minutes=1)
"""A retrain, a switch-over and a lost poll are over by then; the same before it counts as over."""

STANDS_MUTE = timedelta(minutes=2)
"""Where no service below ever said anything there is only the alarm: two polls missed."""

STANDS_UNHEARD = timedelta(minutes=5)
"""Where sessions are open but never speak: by then a BNG has given up those of a dead node."""

FLAPS, FLAPS_WITHIN = 3, timedelta(hours=1)
STEADY = timedelta(minutes=15)
"""Raised so often in so long it flaps, and has to stand for a quarter of an hour."""

SERVICES_MIN = 3
"""As for silences: fewer are a household, and have a request of their own."""

MISSED_MIN = 3.0
SPEAKING_SHARE_MAX = 0.2
SPEAKING_MIN = 2
"""When more of those due to speak still do, only its management cannot be reached."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An element that is said to be down, since when, and when that came to us."""

    element: str
    kind: str
    since: datetime
    received_at: datetime
    is_steady: bool


@dataclass(slots=True)
class _Alarm:
    since: datetime | None = None
    received_at: datetime | None = None
    cleared_at: datetime | None = None
    raised: list[datetime] = field(default_factory=list)


class Board:
    """What was raised and cleared of each element; remembers what still matters."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, _Alarm]] = {}

    def hear_all(self, heard: Iterable[AlarmRow]) -> None:
        """In whatever order they came: what happened last counts."""
        for one in sorted(heard, key=lambda row: (row.at, row.is_raised, row.id)):
            self._hear(one)

    def _hear(self, one: AlarmRow) -> None:
        alarm = self._told.setdefault(one.resource, {}).setdefault(one.type, _Alarm())
        if one.is_raised:
            alarm.raised = [at for at in [*alarm.raised, one.at] if one.at - at <= FLAPS_WITHIN]
            is_over = alarm.cleared_at is not None and alarm.cleared_at >= one.at
            if alarm.since is None and not is_over:
                alarm.since, alarm.received_at = one.at, one.received_at
        else:
            if alarm.since is not None and one.at >= alarm.since:
                alarm.since = alarm.received_at = None
            alarm.cleared_at = max(one.at, alarm.cleared_at or one.at)

    def standing(self, *, at: datetime) -> list[Standing]:
        """One of each element: what was said of it first."""
        found = []
        for element, alarms in sorted(self._told.items()):
            up = [(a.since, kind, a) for kind, a in sorted(alarms.items()) if a.since is not None]
            if up:
                since, kind, alarm = min(up, key=lambda told: told[0])
                often = sum(at - one <= FLAPS_WITHIN for one in alarm.raised) >= FLAPS
                received_at = alarm.received_at or since
                is_steady = not often or at - received_at >= STEADY
                found.append(Standing(element, kind, since, received_at, is_steady))
        return found

    def quiet_since(self, element: str) -> datetime | None:
        """When the last alarm of it was cleared; None while one stands, or none ever did."""
        alarms = self._told.get(element, {}).values()
        if any(one.since is not None for one in alarms):
            return None
        return max((one.cleared_at for one in alarms if one.cleared_at), default=None)

    def is_known(self, element: str) -> bool:
        """Whether anything was said of it."""
        return element in self._told


def is_believed(alarm: Standing, voices: Voices, *, at: datetime) -> bool:
    """Whether it has stood long enough, and its lines do not say otherwise."""
    stood = at - alarm.received_at
    if not alarm.is_steady or stood < STANDS or voices.services < SERVICES_MIN:
        return False
    if voices.spoke >= SPEAKING_MIN and voices.spoke > SPEAKING_SHARE_MAX * voices.expected:
        return False
    if not voices.there:
        return stood >= STANDS_MUTE
    if not voices.due:
        return stood >= STANDS_UNHEARD
    return voices.expected >= min(MISSED_MIN, 0.9 * voices.due)
