"""Adds up a week of readings: how full each link was in the busiest hour of each day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from unbroken.directory.sizes import sold_kbit
from unbroken.evidence.filling.weeks import Added, Week
from unbroken.evidence.queries.line_days import line_places
from unbroken.evidence.queries.network import remembered
from unbroken.ground.sql import rows

BATCH = 200
HOURS_MIN = 4
"""A day of which fewer hours are known is none: the evening may be missing."""

KEPT_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A link: under which names it tells of itself, whose alone it is, what was sold, kbit/s."""

    link: str
    names: tuple[str, ...]
    service_id: int | None
    sold: int | None
    services: int = 1


@dataclass(frozen=True, slots=True)
class _Told:
    resource: str
    day: date
    bits: float
    port_kbit: float | None
    line_kbit: float | None


def places() -> list[Place]:
    """Every line with a service, then everything that lines share."""
    sold, network = sold_kbit(), remembered().network
    own = [
        Place(one.resources[0] if one.resources else one.service,
              (*one.resources, one.service), one.service_id, sold.get(one.service_id))
        for one in line_places()
    ]  # fmt: skip
    theirs = {key for one in own for key in one.names}
    shared = [
        Place(key, (key,), None, None, len(network.below.get(key, ())))
        for key in sorted(network.elements)
        if key not in theirs and network.below.get(key) and not network.is_power(key)
    ]
    return [*shared, *own]


def weeks_of(found: Sequence[Place], monday: date) -> Iterator[Added]:
    """Their busy hours of one week; of whoever told nothing there is nothing."""
    told: dict[str, list[_Told]] = defaultdict(list)
    asked = {
        "resources": [name for one in found for name in one.names], "hours": HOURS_MIN,
        "since": _midnight(monday), "until": _midnight(monday + timedelta(days=7)),
    }  # fmt: skip
    for row in rows(_Told, "evidence/queries/link_days.sql", **asked):
        told[row.resource].append(row)
    for place in found:
        week = _week(place, monday, told)
        if week is not None:
            yield Added(place.link, place.service_id, week)


def _week(place: Place, monday: date, told: Mapping[str, Sequence[_Told]]) -> Week | None:
    """What the fullest of its own things had each day; it carries what the narrowest allows."""
    rows_ = [row for name in place.names for row in told.get(name, ())]
    sizes = [row.port_kbit for row in rows_] + [row.line_kbit for row in rows_]
    known = [one for one in (*sizes, place.sold) if one]
    if not rows_ or not known:
        return None
    kbit = min(known)
    bits: dict[date, float] = {}
    for row in rows_:
        bits[row.day] = max(bits.get(row.day, 0.0), row.bits)
    shares = tuple(
        round(bits[day] / 1000 / kbit, KEPT_DIGITS) if day in bits else None
        for day in (monday + timedelta(days=n) for n in range(7))
    )
    return Week(monday, round(kbit), shares)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
