"""Fills `ageing.days.Line` from the tables: what lines told day by day, in batches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from unbroken.directory.topology_queries import service_ids
from unbroken.evidence.ageing.days import Line, Told, days_of
from unbroken.evidence.queries.network import Remembered, remembered
from unbroken.ground.sql import rows

BATCH = 200
SITES_MAX = 3


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A line as the network knows it: what is its own, what it shares first, who answers for it."""

    service_id: int
    service: str
    resources: tuple[str, ...]
    user: str
    element: str
    place: str
    owner: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    resource: str
    day: date
    margin: float | None
    light: float | None
    errored_total: float | None
    retrains_total: float | None


@dataclass(frozen=True, slots=True)
class _Drops:
    user: str
    day: date
    drops: int


@dataclass(frozen=True, slots=True)
class _OnDay:
    """A rainy day at a site."""

    resource: str
    day: date


@dataclass(frozen=True, slots=True)
class _Reported:
    service_id: int
    day: date


def line_places() -> list[LinePlace]:
    """Every service that the network carries, those on one element beside each other."""
    known = remembered()
    keys = [key for key in known.network.above if known.network.above[key]]
    numbers = service_ids(keys)
    sites = [one for one in known.network.elements.values() if one.kind == "site"]
    few = tuple(one.key for one in sites) if len(sites) <= SITES_MAX else ()
    at_place: Mapping[str, list[str]] = defaultdict(list)
    for one in sites:
        at_place[one.place].append(one.key)
    found = [
        _line_place(known, key, number, few, at_place)
        for key in keys
        if (number := numbers.get(key) or (int(key) if key.isdecimal() else 0))
    ]
    return sorted(found, key=lambda one: (one.element, one.service_id))


def _line_place(
    known: Remembered, key: str, number: int, few: tuple[str, ...],
    at_place: Mapping[str, Sequence[str]],
) -> LinePlace:  # fmt: skip
    network = known.network
    above = network.above[key]
    own = tuple(
        one for one in above
        if network.kind(one) in ("cpe", "line") or len(network.below.get(one, ())) == 1
    )  # fmt: skip
    shared = next((one for one in above if one not in own), "")
    things = [thing for one in above if (thing := network.elements.get(one))]
    owner = next((one.owner for one in things if one.owner not in ("", "us", "customer")), "us")
    place = known.places.get(key, "")
    there = [site for one in {place, *(t.place for t in things)} if one
             for site in at_place.get(one, ())]  # fmt: skip
    return LinePlace(
        number, key, own, known.access_names.get(key, ""), shared, place,
        owner, tuple(sorted(set(there))) or few,
    )  # fmt: skip


def lines_of(places: Sequence[LinePlace], since: date, until: date) -> Iterator[Line]:
    """Their days, a batch at a time; a line that told nothing has none."""
    for n in range(0, len(places), BATCH):
        yield from _batch(places[n : n + BATCH], since, until)


def _batch(places: Sequence[LinePlace], since: date, until: date) -> list[Line]:
    span = {"since": _midnight(since), "until": _midnight(until)}
    resources = [key for one in places for key in one.resources]
    told: dict[str, list[_Told]] = defaultdict(list)
    for one in rows(_Told, "evidence/queries/ageing_days.sql", resources=resources, **span):
        told[one.resource].append(one)
    drops: dict[str, dict[date, int]] = defaultdict(dict)
    users = [one.user for one in places if one.user]
    for row in rows(_Drops, "evidence/queries/ageing_drops.sql", users=users, **span):
        drops[row.user][row.day] = row.drops
    sites = sorted({key for one in places for key in one.sites})
    wet: dict[str, set[date]] = defaultdict(set)
    if sites:
        for rain in rows(_OnDay, "evidence/queries/ageing_rain.sql", sites=sites, **span):
            wet[rain.resource].add(rain.day)
    return [
        Line(one.service, one.resources[0] if one.resources else "",
             days_of(_together(told, one.resources), drops.get(one.user, {}),
                     frozenset(day for site in one.sites for day in wet[site])))
        for one in places
    ]  # fmt: skip


def _together(told: Mapping[str, Sequence[_Told]], resources: Iterable[str]) -> list[Told]:
    """What a line's own things told, one row a day; what two tell, the nearer one tells."""
    found: dict[date, Told] = {}
    for key in resources:
        for one in told.get(key, ()):
            was = found.get(one.day)
            new = Told(one.day, one.margin, one.light, one.errored_total, one.retrains_total)
            found[one.day] = new if was is None else Told(
                one.day, *(a if a is not None else b for a, b in zip(was[1:], new[1:], strict=True))
            )  # fmt: skip
    return list(found.values())


def reports_of(services: Sequence[int], since: date, until: date) -> dict[int, list[date]]:
    """The days on which their customers reported a fault by themselves."""
    found: dict[int, list[date]] = defaultdict(list)
    for one in rows(
        _Reported, "evidence/queries/ageing_reports.sql", services=list(services),
        since=_midnight(since), until=_midnight(until),
    ):  # fmt: skip
        found[one.service_id].append(one.day)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
