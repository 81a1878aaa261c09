"""Facts put in order once, for all rules: series, sessions, alarms, what is up now. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from operator import itemgetter

from unbroken.evidence.endings import ends
from unbroken.evidence.facts import (
    LIGHT,
    LINK_STATUS,
    RETRAINS,
    RETRAINS_TOO,
    Alarm,
    Block,
    Element,
    Facts,
    Reading,
    Session,
)  # fmt: skip
from unbroken.evidence.periods import known_lengths, nightly_times

LOOKED_AT = timedelta(days=7)
SILENT_AFTER_INTERIMS = 3
INTERIM_UNSAID = 3600
DSL, FIBRE, CABLE, RADIO, SATELLITE, ETHERNET = (
    "dsl", "fibre", "docsis", "radio", "satellite", "ethernet",
)  # fmt: skip

_WORDS = (
    (DSL, ("dsl", "g.fast", "copper")),
    (FIBRE, ("pon", "fibre", "fiber", "ftth", "fttb", "optic")),
    (CABLE, ("docsis", "cable", "hfc", "coax")),
    (SATELLITE, ("sat", "vsat")),
    (RADIO, ("radio", "wireless", "wimax", "lte", "5g", "fwa", "wisp")),
    (ETHERNET, ("ether", "metro", "lan")),
)
_KINDS = {"dslam": DSL, "olt": FIBRE, "splitter": FIBRE, "cmts": CABLE, "radio": RADIO}
_KINDS |= {"satellite": SATELLITE}
OWN_KINDS = ("cpe", "line")


def access_of(technology: str, chain: Sequence[Element]) -> str:
    """The family of access: from the inventory's word, else from what stands on the way."""
    word = technology.lower()
    for family, words in _WORDS:
        if any(one in word for one in words):
            return family
    found = (_KINDS[element.kind] for element in chain if element.kind in _KINDS)
    return next(found, "")


class Series:
    """All values of one name of one resource, by time. A reading is made where one is asked for."""

    def __init__(
        self, resource: str, name: str, times: Sequence[datetime], values: Sequence[float | str]
    ) -> None:
        self.resource, self.name = resource, name
        self.times, self.values = times, values
        """When each was read, and what."""

    def __len__(self) -> int:
        return len(self.times)

    @cached_property
    def readings(self) -> list[Reading]:
        """All of them."""
        return self._made(0, len(self.times))

    def _made(self, first: int, end: int) -> list[Reading]:
        return [
            Reading(self.resource, self.name, at, value)
            for at, value in zip(self.times[first:end], self.values[first:end], strict=True)
        ]

    def _one(self, index: int) -> Reading:
        return Reading(self.resource, self.name, self.times[index], self.values[index])

    def before(self, at: datetime) -> Reading | None:
        """The last one not after this."""
        index = bisect_right(self.times, at)
        return self._one(index - 1) if index else None

    def after(self, at: datetime) -> Reading | None:
        """The first one after this."""
        index = bisect_right(self.times, at)
        return self._one(index) if index < len(self.times) else None

    def between(self, since: datetime, until: datetime) -> Sequence[Reading]:
        """Those in a stretch of time, both ends counted."""
        return self._made(bisect_left(self.times, since), bisect_right(self.times, until))


NONE = Series("", "", (), ())


class Picture:
    """The facts of one service, read once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.at = facts.at
        self.zone = facts.service.zone
        self._made: dict[tuple[str, str], Series] = {}

    @cached_property
    def access(self) -> str:
        """dsl, fibre, docsis, radio, satellite, ethernet, or empty when nobody says."""
        return access_of(self.facts.service.technology, self.facts.chain)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Keys of what serves only this service: its device, its line, its port."""
        own = [
            element.key
            for element in self.facts.chain
            if element.distance == 0 or element.kind in OWN_KINDS or element.services == 1
        ]
        return tuple(own) or ((self.facts.service.resource,) if self.facts.service.resource else ())

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The chain by key."""
        return {element.key: element for element in self.facts.chain}

    @cached_property
    def _heaps(self) -> dict[tuple[str, str], list[Reading]]:
        heaps: dict[tuple[str, str], list[Reading]] = defaultdict(list)
        for reading in self.facts.readings:
            heaps[reading[0], reading[1]].append(reading)
        return heaps

    @cached_property
    def _blocks(self) -> dict[str, list[Block]]:
        heaps: dict[str, list[Block]] = defaultdict(list)
        for block in self.facts.blocks:
            heaps[block.resource].append(block)
        return heaps

    def series(self, resource: str, name: str) -> Series:
        """What this resource told under this name; empty when it told nothing."""
        found = self._made.get((resource, name))
        if found is None:
            found = self._made[resource, name] = self._series(resource, name)
        return found

    def _series(self, resource: str, name: str) -> Series:
        told = [(one.at, one.value) for one in self._heaps.get((resource, name), ())]
        blocks = [block for block in self._blocks.get(resource, ()) if name in block.names]
        if len(blocks) == 1 and not told:
            values = blocks[0].column(name)
            if set(map(type, values)) <= _TOLD:
                return Series(resource, name, blocks[0].times, values)
        for block in blocks:
            pairs = zip(block.times, block.column(name), strict=True)
            told += [(at, value) for at, value in pairs if type(value) in _TOLD]
        told.sort(key=_first)
        return Series(resource, name, *zip(*told, strict=True)) if told else NONE

    def was_read(self, since: datetime) -> bool:
        """Whether the service's own device or line told anything since then."""
        own = set(self.own)
        return any(one.resource in own and one.at >= since for one in self.facts.readings) or any(
            block.rows[-1][0] >= since for key in own for block in self._blocks.get(key, ())
        )

    def own_series(self, *names: str) -> Series:
        """The fullest series of any of these names from the service's own device and line."""
        found = [self.series(key, name) for key in self.own for name in names]
        return max(found, key=len, default=NONE)

    @cached_property
    def retrains(self) -> Series:
        """How often the line trained anew, as its counter says."""
        return self.own_series(RETRAINS, RETRAINS_TOO)

    @cached_property
    def link(self) -> Series:
        """The line's state over time."""
        return self.own_series(LINK_STATUS)

    @cached_property
    def light(self) -> Series:
        """Optical power at the customer's terminal, 0.001 dBm."""
        return self.own_series(LIGHT)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """By start, without such as never were (no length and no octets after a stop)."""
        return tuple(sorted(self.facts.sessions, key=lambda one: (one.started, one.session)))

    @cached_property
    def ends(self) -> list[tuple[Session, datetime, datetime | None]]:
        """Each end of a session with the time of the next start."""
        return ends(self.sessions)

    @cached_property
    def last(self) -> Session | None:
        """The session that began last."""
        return self.sessions[-1] if self.sessions else None

    @cached_property
    def state(self) -> str:
        """up, down, silent (open, but without news for three interims), or unheard (no session)."""
        last = self.last
        if last is None:
            return "unheard"
        if last.ended is not None:
            still = [one for one in self.sessions[-4:] if one.ended is None]
            return "up" if any(not self._is_silent(one) for one in still) else "down"
        return "silent" if self._is_silent(last) else "up"

    def _is_silent(self, session: Session) -> bool:
        heard = session.heard_at or session.started
        interim = session.interim or (None if heard == session.started else INTERIM_UNSAID)
        if interim is None:
            return False
        return self.at - heard > timedelta(seconds=SILENT_AFTER_INTERIMS * interim)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Lengths at which sessions are reset here, seconds."""
        pooled = [one for neighbour in self.facts.neighbours for one in neighbour.sessions]
        nases = {one.nas for one in self.sessions[-5:]}
        alike = [one for one in pooled if one.nas in nases]
        return known_lengths(self.sessions, alike, self.facts.service.session_timeout)

    @cached_property
    def nights(self) -> tuple[int, ...]:
        """Times of the clock at which this device's sessions end, seconds after midnight."""
        ends = [one.ended for one in self.sessions if one.ended is not None]
        return nightly_times(ends, self.zone, self.at)

    @cached_property
    def own_alarms(self) -> tuple[Alarm, ...]:
        """Alarms of the device and the line, by time."""
        own = set(self.own)
        return tuple(sorted((a for a in self.facts.alarms if a.resource in own), key=_at))

    @cached_property
    def chain_alarms(self) -> tuple[Alarm, ...]:
        """Alarms of what is shared, by time."""
        shared = set(self.elements) - set(self.own)
        return tuple(sorted((a for a in self.facts.alarms if a.resource in shared), key=_at))

    @cached_property
    def has_alarms(self) -> bool:
        """Whether devices here are heard to raise alarms at all: silence of a mute says nothing."""
        return bool(self.facts.alarms)

    def standing(self, types: Sequence[str], resources: Sequence[str]) -> tuple[Alarm, ...]:
        """Alarms of these types raised and not cleared by now, the last of each."""
        last: dict[tuple[str, str], Alarm] = {}
        for alarm in sorted(self.facts.alarms, key=_at):
            if alarm.type in types and alarm.resource in resources:
                last[alarm.resource, alarm.type] = alarm
        return tuple(alarm for alarm in last.values() if alarm.state == "raised")


_first = itemgetter(0)
_TOLD = frozenset({int, float, str, bool})


def _at(alarm: Alarm) -> datetime:
    return alarm.at
