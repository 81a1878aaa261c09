"""The facts of one case from memory, as the tables would give them."""

from town.network.cases import Told
from town.network.streets import Home
from unbroken.evidence.facts import (
    NEIGHBOURS_FOR,
    NEIGHBOURS_MAX,
    Element,
    Facts,
    Neighbour,
    ServiceFact,
    Session,
)  # fmt: skip


def facts_of(told: Told) -> Facts:
    """All that had arrived by the moment of the question."""
    home, street = told.home, told.street
    keys = street.above(home.cpe)
    chain = tuple(_element(told, key, distance) for distance, key in enumerate(keys))
    chain = tuple(one for one in chain if one.kind != "site")
    product = f"DSL {home.rate_kbit // 1000}" if home.technology == "vdsl" else "Fibre 300"
    service = ServiceFact(
        home.key, home.technology, home.key, product, home.cpe, "active", "Europe/Berlin",
        None, told.quota, told.quota_day,
    )  # fmt: skip
    life = told.lives[home.key]
    return Facts(
        service, told.at, tuple(life.sessions), tuple(told.readings),
        tuple(a for a in told.alarms if a.at <= told.at), (), tuple(told.rejects),
        tuple(r for r in told.restarts if r.at <= told.at), tuple(told.silences),
        tuple(told.windows), chain, (street.site,), _neighbours(told, keys), tuple(told.reports),
    )  # fmt: skip


def _element(told: Told, key: str, distance: int) -> Element:
    thing = told.street.things[key]
    return Element(
        key, thing.kind, thing.parents, distance, len(told.street.homes_on(key)), "",
        thing.model, thing.owner,
    )  # fmt: skip


def _neighbours(told: Told, keys: list[str]) -> tuple[Neighbour, ...]:
    mine = set(keys)
    found = []
    for other in told.street.homes.values():
        shared = tuple(key for key in told.street.above(other.cpe) if key in mine)
        if other is not told.home and shared:
            found.append((len(shared), other, shared))
    found.sort(key=lambda one: -one[0])
    return tuple(
        Neighbour(other.key, shared, (other.cpe, other.line), other.model, _recent(told, other))
        for _n, other, shared in found[: 3 * NEIGHBOURS_MAX]
    )


def _recent(told: Told, home: Home) -> tuple[Session, ...]:
    since = told.at - NEIGHBOURS_FOR
    sessions = told.lives[home.key].sessions
    return tuple(one for one in sessions if one.ended is None or one.ended >= since)
