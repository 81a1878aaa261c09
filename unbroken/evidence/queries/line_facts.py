"""Fills `facts.Facts` from the tables: all of one service that had arrived by a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection

from unbroken.directory.cards import ServiceCard
from unbroken.evidence.facts import (
    DAY_BY_DAY,
    EVERY_THREE_HOURS,
    IN_FULL,
    NEIGHBOURS_FOR,
    NEIGHBOURS_MAX,
    YEAR,
    Alarm,
    Block,
    Element,
    Facts,
    NasRestart,
    Neighbour,
    Reject,
    Report,
    ServiceFact,
    Session,
    Silence,
)  # fmt: skip
from unbroken.evidence.queries.network import Remembered, remembered
from unbroken.evidence.queries.windows import planned_windows
from unbroken.evidence.radius.records import CAUSES
from unbroken.evidence.slots import slot_of
from unbroken.ground.clock import now
from unbroken.ground.sql import planned_once, text_of

NEIGHBOURS_LOOKED_AT = timedelta(days=9)
ALARMS_LOOKED_AT = timedelta(days=21)
REPORTS_LOOKED_AT = timedelta(hours=6)
TELLING_NEIGHBOURS = 10
SITES_MAX = 3
_NAMES = ["0", *(name.replace(" ", "-") for name in CAUSES[1:])]
"""RFC names of Acct-Terminate-Cause by their number."""
_sessions_told = msgspec.json.Decoder(list[Session]).decode


def facts_of(card: ServiceCard, at: datetime) -> Facts:
    """All that a judgement may see of this service."""
    known = remembered()
    key = card.key or str(card.id)
    chain = _chain(known, card.resource_key)
    users = [card.access_name] if card.access_name else []
    near = _neighbours(known, key, chain)
    own = [one.key for one in chain if one.distance == 0 or one.kind in ("cpe", "line")]
    sites = _sites(known, chain, known.places.get(key, ""))
    theirs = [own for one in near[:TELLING_NEIGHBOURS] for own in one.resources]
    sessions = _sessions(card, users, at)
    replies = _replies(users, at)
    every = [one.key for one in chain] + [own for one in near for own in one.resources]
    return Facts(
        service=_service(card, replies),
        at=at,
        sessions=sessions,
        blocks=_blocks([*(one.key for one in chain), *sites], [*own, *sites], theirs, at),
        alarms=_alarms(every, at),
        rejects=tuple(Reject(r[0], r[1], r[2], r[3]) for r in replies if r[4] == "reject"),
        restarts=_restarts(sessions, at),
        silences=_silences(at),
        windows=tuple(planned_windows(since=at - ALARMS_LOOKED_AT, until=at, known_by=at)),
        chain=chain,
        sites=sites,
        neighbours=_with_sessions(known, near, at),
        reports=_reports([one.service for one in near], at),
        first_heard=sessions[0].started if sessions else None,
    )


def _service(card: ServiceCard, replies: Sequence[tuple[Any, ...]]) -> ServiceFact:
    timeouts = [row[5] for row in replies if row[4] == "accept" and row[5]]
    return ServiceFact(
        card.key or str(card.id), card.technology, card.access_name, card.product,
        card.resource_key, card.state, card.timezone or "UTC",
        card.session_timeout or (timeouts[-1] if timeouts else None),
        card.quota_octets, card.quota_day,
    )  # fmt: skip


def chain_of(resource: str) -> tuple[Element, ...]:
    """The same, for whoever needs no facts."""
    return _chain(remembered(), resource)


def _chain(known: Remembered, resource: str) -> tuple[Element, ...]:
    """From its own thing upward, with how many services hang on each."""
    network = known.network
    if not resource or resource not in network.elements:
        return ()
    found = []
    for distance, key in enumerate(network.chain(resource)):
        element = network.elements.get(key)
        if element is not None:
            below = len(network.below.get(key, ()))
            found.append(replace(element, distance=distance, services=below))
    return tuple(found)


def _neighbours(known: Remembered, service: str, chain: Sequence[Element]) -> list[Neighbour]:
    """A few of each shared element, nearest first; on wide ones spread over what hangs there."""
    network = known.network
    mine = {one.key for one in chain}
    chosen: dict[str, Neighbour] = {}
    for element in chain:
        others = sorted(network.below.get(element.key, set()) - {service})
        there = sum(element.key in one.shared for one in chosen.values())
        room = NEIGHBOURS_MAX - there
        if len(others) <= there or room <= 0:
            continue
        fresh = [one for one in others if one not in chosen]
        step = max(1, len(fresh) // room)
        for other in fresh[::step][:room]:
            above = network.above[other]
            shared = tuple(key for key in above if key in mine)
            own = tuple(key for key in above if key not in mine and _is_own(network, key))
            chosen[other] = Neighbour(other, shared, own, network.model_of(other))
    return list(chosen.values())


def _is_own(network: Any, key: str) -> bool:
    return network.kind(key) in ("cpe", "line") or len(network.below.get(key, ())) == 1


def _with_sessions(
    known: Remembered, near: Sequence[Neighbour], at: datetime
) -> tuple[Neighbour, ...]:
    users = {known.access_names[one.service]: one.service
             for one in near if one.service in known.access_names}  # fmt: skip
    if not users:
        return tuple(near)
    told = _planned(
        "facts_neighbours.sql", users=list(users), services=list(users.values()), causes=_NAMES,
        at=at, since=at - NEIGHBOURS_LOOKED_AT, oldest=at - timedelta(days=75),
    )  # fmt: skip
    found = {service: tuple(_sessions_told(document)) for service, document in told}
    return tuple(replace(one, sessions=found.get(one.service, ())) for one in near)


def _sessions(card: ServiceCard, users: list[str], at: datetime) -> tuple[Session, ...]:
    told = _planned(
        "facts_sessions.sql", service=card.key or str(card.id), users=users, causes=_NAMES,
        circuit=card.circuit, address=None if users else card.ip, since=at - YEAR, at=at,
    )  # fmt: skip
    return tuple(_sessions_told(told[0][0]))


def _fetched(path: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text_of(f"evidence/queries/{path}"), params)
        return list(cursor.fetchall())


def _planned(path: str, **params: Any) -> list[tuple[Any, ...]]:
    with planned_once() as cursor:
        cursor.execute(text_of(f"evidence/queries/{path}"), params)
        return list(cursor.fetchall())


def _blocks(
    full: Sequence[str], own: Sequence[str], theirs: Sequence[str], at: datetime
) -> tuple[Block, ...]:
    """Readings as they are kept; parsed where a rule asks for them."""
    rows = _planned(
        "facts_readings.sql", full=list(full), own=list(own), theirs=list(theirs), at=at,
        full_since=slot_of(at - IN_FULL), thin_until=_thin_until(at),
        month=slot_of(at - EVERY_THREE_HOURS), months=slot_of(at - DAY_BY_DAY),
        fortnight=slot_of(at - NEIGHBOURS_FOR),
    )  # fmt: skip
    return tuple(Block(resource, tuple(names), told) for resource, names, told in rows)


def _thin_until(at: datetime) -> datetime:
    """Up to when only thinned readings are asked for: where all are wanted, while they are kept."""
    kept = now() - timedelta(days=settings.UNBROKEN.readings_days)
    month = kept.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(slot_of(at - IN_FULL), min(at, month))


def _alarms(resources: Iterable[str], at: datetime) -> tuple[Alarm, ...]:
    rows = _fetched(
        "facts_alarms.sql", resources=list(resources), at=at, since=at - ALARMS_LOOKED_AT
    )
    return tuple(Alarm(*row) for row in rows)


def _replies(users: list[str], at: datetime) -> list[tuple[Any, ...]]:
    return _fetched("facts_replies.sql", users=users, at=at, since=at - ALARMS_LOOKED_AT)


def _restarts(sessions: Sequence[Session], at: datetime) -> tuple[NasRestart, ...]:
    nases = sorted({one.nas for one in sessions[-40:]})
    rows = _fetched("facts_restarts.sql", nases=nases, at=at, since=at - ALARMS_LOOKED_AT)
    kinds = {"accounting_on": "on", "accounting_off": "off"}
    return tuple(NasRestart(nas, when, kinds.get(kind, kind)) for nas, when, kind in rows)


def _silences(at: datetime) -> tuple[Silence, ...]:
    return tuple(Silence(*row) for row in _fetched("facts_silences.sql", at=at))


def _reports(services: Sequence[str], at: datetime) -> tuple[Report, ...]:
    rows = _fetched(
        "facts_reports.sql", services=list(services), at=at, since=at - REPORTS_LOOKED_AT
    )
    return tuple(Report(*row) for row in rows)


def _sites(known: Remembered, chain: Sequence[Element], place: str) -> tuple[str, ...]:
    """Whose weather is that of this line: sites on the way or at the same places; else the few."""
    sites = [one for one in known.network.elements.values() if one.kind == "site"]
    places = {one.place for one in chain if one.place} | ({place} if place else set())
    mine = {one.key for one in chain}
    here = [one.key for one in sites if one.key in mine or (one.place and one.place in places)]
    if here:
        return tuple(here)
    return tuple(one.key for one in sites) if len(sites) <= SITES_MAX else ()
