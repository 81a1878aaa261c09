"""What speaks against work at that time: pure.

Two works at one element, or below one another, at the same time; all ways of a customer at once;
days on which nobody works; customers told later than their agreement says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SAME_ELEMENT, BOTH_WAYS, FREEZE, SHORT_NOTICE = (
    "same_element", "both_ways", "freeze", "short_notice",
)  # fmt: skip

NOTICE_HOURS = 120
"""Five days, where the operator says nothing else."""

HARMLESS = frozenset({"NO-IMPACT"})


@dataclass(frozen=True, slots=True)
class Work:
    """One work, ours or a carrier's. `touches`: the services below its elements."""

    key: str
    since: datetime
    until: datetime
    resources: tuple[str, ...]
    impact: str
    touches: frozenset[str] = frozenset()

    def meets(self, other: "Work") -> bool:
        """Whether the two go on at the same time."""
        return self.since < other.until and other.since < self.until


@dataclass(frozen=True, slots=True)
class Way:
    """One service of a customer: where, under which agreement, right below which elements."""

    service: str
    customer: int
    place: int | None
    agreement: str
    parents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that speaks against it. `with_key`: the other work; `count`: how many it hits."""

    kind: str
    with_key: str = ""
    what: str = ""
    count: int = 0


def conflicts(
    work: Work,
    others: Iterable[Work],
    *,
    chains: Mapping[str, Sequence[str]],
    ways: Sequence[Way],
    freezes: Iterable[tuple[date, date, str]],
    notice: Mapping[str, int],
    zone: str,
    at: datetime,
) -> list[Conflict]:
    """All of them, the heaviest first. `chains`: an element and all that it stands on, by key."""
    meeting = [one for one in others if one.key != work.key and work.meets(one)]
    return [
        *_same_element(work, meeting, chains),
        *_both_ways(work, meeting, ways),
        *_frozen(work, freezes, zone),
        *_short_notice(work, ways, notice, at),
    ]


def _same_element(
    work: Work, meeting: Sequence[Work], chains: Mapping[str, Sequence[str]]
) -> list[Conflict]:
    own = {up for key in work.resources for up in chains.get(key, (key,))}
    found = []
    for other in meeting:
        theirs = {up for key in other.resources for up in chains.get(key, (key,))}
        shared = sorted((set(work.resources) & theirs) | (set(other.resources) & own))
        if shared:
            found.append(Conflict(SAME_ELEMENT, other.key, ", ".join(shared[:3]), len(shared)))
    return found


def _both_ways(work: Work, meeting: Sequence[Work], ways: Sequence[Way]) -> list[Conflict]:
    """Customers with two separate ways to one place, all of which would be away together."""
    if work.impact in HARMLESS:
        return []
    homes: dict[tuple[int, int], list[Way]] = {}
    for way in ways:
        if way.place is not None:
            homes.setdefault((way.customer, way.place), []).append(way)
    double = [of for of in homes.values() if _are_separate(of)]
    found = []
    harmful = [one for one in meeting if one.impact not in HARMLESS]
    for other in (None, *harmful):
        away = work.touches | (other.touches if other else frozenset())
        hit = [
            of
            for of in double
            if any(way.service in work.touches for way in of)
            and all(way.service in away for way in of)
            and (other is None or not all(way.service in work.touches for way in of))
        ]
        if hit:
            found.append(Conflict(BOTH_WAYS, other.key if other else "", count=len(hit)))
    return found


def _are_separate(ways: Sequence[Way]) -> bool:
    """Two services that hang right below the same thing are one way, not two."""
    first = ways[0]
    return any(not (one.parents & first.parents) and one.parents for one in ways[1:])


def _frozen(work: Work, freezes: Iterable[tuple[date, date, str]], zone: str) -> list[Conflict]:
    there = ZoneInfo(zone)
    first = work.since.astimezone(there).date()
    last = (work.until - timedelta(microseconds=1)).astimezone(there).date()
    return [
        Conflict(FREEZE, what=name)
        for begins, ends, name in freezes
        if first <= ends and begins <= last
    ]


def _short_notice(
    work: Work, ways: Sequence[Way], notice: Mapping[str, int], at: datetime
) -> list[Conflict]:
    if work.impact in HARMLESS:
        return []
    late: dict[str, int] = {}
    for way in ways:
        hours = notice.get(way.agreement, notice.get("", NOTICE_HOURS))
        if way.service in work.touches and work.since - at < timedelta(hours=hours):
            late[way.agreement] = late.get(way.agreement, 0) + 1
    return [
        Conflict(SHORT_NOTICE, what=agreement, count=count)
        for agreement, count in sorted(late.items())
    ]
