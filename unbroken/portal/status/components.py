"""Components of the status page: a kind of service in a part of the map. Pure.

None is so small that it points at somebody: fewer than `FEW` services in an area are counted with
the area above, and where nothing is above, with the rest of their kind.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from unbroken.ground.words import Phrase, _

FEW = 5
DAYS = 90
HALF = 0.5

FAMILIES: dict[str, Phrase] = {
    "dsl": _("Internet by telephone line"),
    "fibre": _("Internet by fibre"),
    "cable": _("Internet by television cable"),
    "radio": _("Internet by radio"),
    "satellite": _("Internet by satellite"),
    "line": _("Business lines"),
    "voice": _("Telephone"),
    "hosting": _("Hosting and servers"),
    "other": _("Other services"),
}
_FAMILY_OF = {
    "adsl": "dsl", "vdsl": "dsl", "dsl": "dsl", "sdsl": "dsl", "gfast": "dsl",
    "gpon": "fibre", "xgspon": "fibre", "ftth": "fibre", "fttb": "fibre", "fibre": "fibre",
    "docsis": "cable", "cable": "cable",
    "radio": "radio", "fwa": "radio", "wireless": "radio",
    "satellite": "satellite",
    "ethernet": "line", "mpls": "line", "leased": "line",
    "voip": "voice", "voice": "voice", "telephone": "voice",
    "hosting": "hosting", "dedicated": "hosting", "server": "hosting", "colocation": "hosting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A public part of the map; `above` 0: part of nothing."""

    id: int
    name: str
    above: int


@dataclass(frozen=True, slots=True)
class Line:
    """So many services of a technology in an area; area 0: on no map."""

    technology: str
    area: int
    name: str
    above: int
    services: int


@dataclass(frozen=True, slots=True)
class Struck:
    """So many services of a technology in an area that a problem took along, from when to when."""

    problem: int
    technology: str
    area: int
    since: datetime
    until: datetime | None
    services: int


@dataclass(frozen=True, slots=True)
class Component:
    """A kind of service in a part of the map; `area` is empty for the rest of its kind."""

    id: str
    family: str
    area: str
    services: int


@dataclass(frozen=True, slots=True)
class Map:
    """The components, and which of them a technology in an area belongs to.

    `reaches`: by the id that a kind has in any area, the components that count its services now.
    """

    components: tuple[Component, ...]
    belongs: Mapping[tuple[str, int], str]
    reaches: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def component_of(self, technology: str, area: int) -> str:
        """The id of its component; empty when it has none yet."""
        return self.belongs.get((family_of(technology), area), "")


def family_of(technology: str) -> str:
    """What customers call this technology."""
    return _FAMILY_OF.get(technology, "other")


def drawn(lines: Iterable[Line], areas: Sequence[Area]) -> Map:
    """The components, the larger kinds first, by name."""
    above = {area.id: area.above for area in areas}
    names = {area.id: area.name for area in areas}
    counts: dict[tuple[str, int], int] = Counter()
    for line in lines:
        counts[family_of(line.technology), line.area] += line.services
    to: dict[tuple[str, int], int] = {key: key[1] for key in counts}
    for _floor in range(8):
        sums = _sums(counts, to)
        small = [key for key in counts if to[key] and sums[key[0], to[key]] < FEW]
        if not small:
            break
        for key in small:
            to[key] = above.get(to[key], 0) if above.get(to[key], 0) in names else 0
    sums = _sums(counts, to)
    found = {
        key: Component(_id(*key), key[0], names.get(key[1], ""), services)
        for key, services in sums.items()
    }
    order = list(FAMILIES)
    ordered = sorted(
        found.values(), key=lambda one: (order.index(one.family), not one.area, one.area, one.id)
    )
    belongs = {key: found[key[0], at].id for key, at in to.items()}
    return Map(tuple(ordered), belongs, _reaches(belongs, above))


def _reaches(
    belongs: Mapping[tuple[str, int], str], above: Mapping[int, int]
) -> dict[str, frozenset[str]]:
    """Areas grow and shrink: who chose one that is told with another by now means that one."""
    found: dict[str, set[str]] = defaultdict(set)
    for (family, area), now_in in belongs.items():
        at, seen = area, {0}
        while at not in seen:
            found[_id(family, at)].add(now_in)
            seen.add(at)
            at = above.get(at, 0)
        found[now_in].add(now_in)
    return {key: frozenset(reached) for key, reached in found.items()}


def _sums(
    counts: Mapping[tuple[str, int], int], to: Mapping[tuple[str, int], int]
) -> dict[tuple[str, int], int]:
    sums: dict[tuple[str, int], int] = Counter()
    for (family, area), services in counts.items():
        sums[family, to[family, area]] += services
    return sums


def _id(family: str, area: int) -> str:
    """Stable over restarts and renaming, and tells nothing."""
    return hashlib.sha256(f"component {family} {area}".encode()).hexdigest()[:12]


def away_now(struck: Iterable[Struck], where: Map, *, at: datetime) -> dict[str, int]:
    """Services away by component."""
    away: dict[str, int] = Counter()
    for one in struck:
        if one.until is None or one.until > at:
            away[where.component_of(one.technology, one.area)] += one.services
    return away


def lost(
    struck: Iterable[Struck], where: Map, *, first: datetime, at: datetime
) -> dict[str, list[float]]:
    """Service-seconds lost by component and day, the oldest first; a day is 24 hours from `first`.

    A service struck twice at once is counted twice; no more than all of a day is ever lost.
    """
    days: dict[str, list[float]] = defaultdict(lambda: [0.0] * DAYS)
    for one in struck:
        ends = min(one.until or at, at)
        begins = max(one.since, first)
        while begins < ends:
            number = int((begins - first) / timedelta(days=1))
            if number >= DAYS:
                break
            stop = min(ends, first + timedelta(days=number + 1))
            seconds = (stop - begins).total_seconds() * one.services
            days[where.component_of(one.technology, one.area)][number] += seconds
            begins = stop
    return days


def worked(
    lost_seconds: Sequence[float],
    services: int,
    *,
    first: datetime,
    measured_from: datetime,
    at: datetime,
) -> tuple[tuple[float | None, ...], float | None]:
    """The share of its service time that worked, by day and in all; None: nothing was measured.

    Only time that was measured counts, up to now: a desk installed yesterday claims no 90 days.
    """
    shares: list[float | None] = []
    whole = gone = 0.0
    for number in range(DAYS):
        begins = max(first + timedelta(days=number), measured_from)
        ends = min(first + timedelta(days=number + 1), at)
        seconds = (ends - begins).total_seconds() * services
        if seconds <= 0:
            shares.append(None)
            continue
        away = min(lost_seconds[number] if lost_seconds else 0.0, seconds)
        shares.append(1 - away / seconds)
        whole, gone = whole + seconds, gone + away
    return tuple(shares), 1 - gone / whole if whole else None


def state_of(away: int, services: int, *, is_in_work: bool) -> str:
    """In the words that status readers know."""
    if is_in_work:
        return "under_maintenance"
    if not away:
        return "operational"
    return "major_outage" if away >= HALF * services else "partial_outage"
