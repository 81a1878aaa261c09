"""What fails again and again: elements by their problems; lines, models and partners by faults.

An element or a line is named with its problems or requests. A model or a partner is named only
where its lines have clearly more faults than all lines have: so many would come by chance less
than once in a hundred times. What belongs to a problem of many counts for the element alone.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from unbroken.console.lines.access import lines_seen
from unbroken.console.outages import wording
from unbroken.console.overview.after import Outage, Span
from unbroken.directory.network_queries import partners
from unbroken.evidence.queries.line_days import LinePlace, line_places
from unbroken.evidence.queries.network import remembered
from unbroken.ground.sql import rows
from unbroken.staffing.queries import AgentCard

SHOWN_MAX = 15
PROBLEMS_MIN = 2
FAULTS_OF_A_LINE_MIN = 3
FAULTS_MIN = 5
BY_CHANCE = 0.01


@dataclass(frozen=True, slots=True)
class Again:
    """An element: its problems (the latest first), what they cost, what they were."""

    element: str
    problems: tuple[int, ...]
    minutes: int
    causes: tuple[str, ...]
    partner: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """A line with faults of its own; `id` None: the reader may not open it."""

    service: str
    id: int | None
    faults: int
    latest: int
    element: str


@dataclass(frozen=True, slots=True)
class Group:
    """A model or a partner: `faults` on `lines`, where `usual` would be expected of so many.

    `problems`: of many, that were theirs.
    """

    name: str
    lines: int
    faults: int
    usual: float
    problems: int = 0

    @property
    def times(self) -> float:
        """How many times as often as on all lines."""
        return self.faults / self.usual if self.usual else 0.0


@dataclass(frozen=True, slots=True)
class Offenders:
    """All of it."""

    elements: Sequence[Again]
    lines: Sequence[Faulty]
    models: Sequence[Group]
    partners: Sequence[Group]

    @property
    def is_any(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.elements or self.lines or self.models or self.partners)


@dataclass(frozen=True, slots=True)
class _Faults:
    service_id: int
    faults: int
    latest: int


def offenders(found: Sequence[Outage], span: Span, agent: AgentCard) -> Offenders:
    """Of the outages of a span, and of the requests of its lines."""
    told = rows(
        _Faults, "console/overview/queries/faulty_lines.sql", since=span.since, until=span.at
    )
    places = line_places() if told else []
    faults = {one.service_id: one.faults for one in told}
    network = remembered().network if told else None
    names = dict(partners()) if told else {}
    of_partner = Counter(one.partner for one in found if one.partner)
    return Offenders(
        again(found),
        _lines(told, {one.service_id: one for one in places}, agent),
        clearly_more(places, faults, lambda one: network.model_of(one.service) if network else ""),
        _partners(places, faults, names, of_partner),
    )


def again(found: Iterable[Outage]) -> list[Again]:
    """Elements that failed at least twice; those that cost most first."""
    by_element: dict[str, list[Outage]] = defaultdict(list)
    for one in found:
        by_element[one.element].append(one)
    made = [
        Again(
            element, tuple(one.id for one in some), sum(one.minutes for one in some),
            tuple(dict.fromkeys(wording.cause_words(one.cause) for one in some if one.cause)),
            next((one.partner for one in some if one.partner), ""),
        )
        for element, some in by_element.items() if len(some) >= PROBLEMS_MIN
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-len(one.problems), -one.minutes))[:SHOWN_MAX]


def clearly_more(
    places: Sequence[LinePlace], faults: Mapping[int, int], name_of: Callable[[LinePlace], str]
) -> list[Group]:
    """Groups of lines with clearly more faults than as many lines have on average."""
    lines: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for one in places:
        name = name_of(one)
        if name:
            lines[name] += 1
            seen[name] += faults.get(one.service_id, 0)
    whole, every = sum(lines.values()), sum(seen.values())
    made = []
    for name, count in seen.items():
        # Against the others: a model that most lines have would hide behind itself.
        others = whole - lines[name]
        usual = (every - count) / others * lines[name] if others else float(count)
        if count >= FAULTS_MIN and by_chance(count, usual) < BY_CHANCE:
            made.append(Group(name, lines[name], count, usual))
    return sorted(made, key=lambda one: one.usual - one.faults)[:SHOWN_MAX]


def by_chance(count: int, usual: float) -> float:
    """How likely at least so many come where `usual` are expected (Poisson)."""
    if usual <= 0:
        return 0.0 if count else 1.0
    fewer = sum(math.exp(n * math.log(usual) - usual - math.lgamma(n + 1)) for n in range(count))
    return max(0.0, 1 - fewer)


def _lines(
    told: Sequence[_Faults], places: Mapping[int, LinePlace], agent: AgentCard
) -> list[Faulty]:
    often = [one for one in told if one.faults >= FAULTS_OF_A_LINE_MIN and one.service_id in places]
    often = sorted(often, key=lambda one: (-one.faults, -one.latest))[:SHOWN_MAX]
    seen = lines_seen(agent, [places[one.service_id].service for one in often])
    return [
        Faulty(place.service, seen.get(place.service), one.faults, one.latest, place.element)
        for one in often for place in (places[one.service_id],)
    ]  # fmt: skip


def _partners(
    places: Sequence[LinePlace], faults: Mapping[int, int], names: Mapping[str, str],
    problems: Mapping[str, int],
) -> list[Group]:  # fmt: skip
    """Those whose lines fail clearly more often than ours do, and whoever had problems twice."""
    more = {
        names.get(one.name, one.name): one
        for one in clearly_more(places, faults, lambda place: place.owner)
        if one.name != "us"
    }
    lines = Counter(names.get(one.owner, one.owner) for one in places)
    often = {name for name, count in problems.items() if count >= PROBLEMS_MIN}
    return [
        Group(name, lines[name], more[name].faults if name in more else 0,
              more[name].usual if name in more else 0.0, problems.get(name, 0))
        for name in sorted({*more, *often}, key=lambda name: (-problems.get(name, 0), name))
    ]  # fmt: skip
