"""How many people calls need: Erlang C; Erlang A where callers lose patience; Erlang B where
nobody can wait. Pure.

Calls come at random (Poisson), take an exponential time, wait in one line and are answered in
turn. Erlang C lets them wait for ever; Erlang A lets each hang up after an exponential patience;
with a patience of nothing whoever finds everybody busy is lost, which is Erlang B.
Times are in seconds, shares between 0 and 1. No factorial and no power that could overflow.
"""

import math
from dataclasses import dataclass

AGENTS_MAX = 100_000
ENOUGH = 1e-15
"""A queue so long is left out when it is this improbable."""


class TooMany(Exception):
    """More people than any desk has would not be enough."""


@dataclass(frozen=True, slots=True)
class Load:
    """Calls in an interval, how long one takes, how long a caller waits (None: for ever)."""

    calls: float
    interval_seconds: float
    handling_seconds: float
    patience_seconds: float | None = None

    @property
    def erlangs(self) -> float:
        """How many people it would keep busy all the time."""
        return self.calls * self.handling_seconds / self.interval_seconds


@dataclass(frozen=True, slots=True)
class Service:
    """What so many people make of it. Without an end to the queue `asa_seconds` is None.

    `service_level` is the share of all calls answered within the time asked about, `asa_seconds`
    the wait of an average call, `abandoned` the share that hung up (None where nobody does).
    """

    model: str
    erlangs: float
    agents: int
    is_stable: bool
    wait_probability: float
    service_level: float
    asa_seconds: float | None
    occupancy: float
    abandoned: float | None


def service(load: Load, agents: int, *, within_seconds: float) -> Service:
    """How so many people do under this load."""
    if load.patience_seconds is None:
        return _patient(load, agents, within_seconds)
    if load.patience_seconds == 0:
        return _lost(load, agents)
    return _impatient(load, agents, within_seconds, load.patience_seconds)


def need(
    load: Load, *, within_seconds: float, service_level: float, occupancy_max: float = 1.0
) -> Service:
    """The fewest people who answer this share of all calls within that time, none overloaded.

    Raises TooMany where no number of people is enough (a service level of 1 never is).
    """

    def is_enough(agents: int) -> bool:
        found = service(load, agents, within_seconds=within_seconds)
        return found.service_level >= service_level and found.occupancy <= occupancy_max

    few, many = 0, max(1, math.ceil(load.erlangs))
    while not is_enough(many):
        few, many = many, many * 2
        if many > AGENTS_MAX:
            raise TooMany
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if is_enough(middle) else (middle, many)
    return service(load, many, within_seconds=within_seconds)


def scheduled(agents: int, shrinkage: float) -> int:
    """How many to put on the roster, if this share of them is on leave, ill or in a meeting."""
    return math.ceil(round(agents / (1 - shrinkage), 9))


def blocking(erlangs: float, lines: int) -> float:
    """Erlang B: the share of calls that find every line taken, if none can wait."""
    blocked = 1.0
    for line in range(1, lines + 1):
        blocked = erlangs * blocked / (line + erlangs * blocked)
    return blocked


def _patient(load: Load, agents: int, within_seconds: float) -> Service:
    """Erlang C."""
    erlangs = load.erlangs
    if erlangs >= agents:  # the queue grows without end
        return Service("erlang-c", erlangs, agents, False, 1.0, 0.0, None, 1.0, None)
    busy = erlangs / agents
    blocked = blocking(erlangs, agents)
    waits = blocked / (1 - busy * (1 - blocked))
    free = agents - erlangs
    in_time = 1 - waits * math.exp(-free * within_seconds / load.handling_seconds)
    asa = waits * load.handling_seconds / free
    return Service("erlang-c", erlangs, agents, True, waits, in_time, asa, busy, None)


def _lost(load: Load, agents: int) -> Service:
    """Erlang B."""
    lost = blocking(load.erlangs, agents)
    return Service(
        model="erlang-b",
        erlangs=load.erlangs,
        agents=agents,
        is_stable=True,
        wait_probability=0.0,
        service_level=1 - lost,
        asa_seconds=0.0,
        occupancy=load.erlangs * (1 - lost) / agents,
        abandoned=lost,
    )


def _impatient(load: Load, agents: int, within_seconds: float, patience: float) -> Service:
    """Erlang A: a birth and death chain that abandonment keeps finite, whatever the load."""
    erlangs = load.erlangs
    blocked = blocking(erlangs, agents)
    queue = [blocked * share for share in _queue(load, agents, patience)]
    total = 1 - blocked + math.fsum(queue)
    waiting = [share / total for share in queue]
    length = math.fsum(ahead * share for ahead, share in enumerate(waiting))
    arrivals = load.calls / load.interval_seconds
    asa = length / arrivals if arrivals else 0.0
    at_once = (1 - blocked) / total
    return Service(
        model="erlang-a",
        erlangs=erlangs,
        agents=agents,
        is_stable=True,
        wait_probability=math.fsum(waiting),
        service_level=min(
            1.0, at_once + _answered(waiting, load, agents, patience, within_seconds)
        ),
        asa_seconds=asa,
        occupancy=min(1.0, erlangs * (1 - asa / patience) / agents),
        abandoned=asa / patience,
    )


def _queue(load: Load, agents: int, patience: float) -> list[float]:
    """For 0, 1, 2 … callers waiting, how often, as against everybody busy and nobody waiting."""
    shares, share, total, ahead = [1.0], 1.0, 1.0, 0
    while share > ENOUGH * total:
        ahead += 1
        share *= load.erlangs / (agents + ahead * load.handling_seconds / patience)
        shares.append(share)
        total += share
    return shares


def _answered(
    waiting: list[float], load: Load, agents: int, patience: float, within_seconds: float
) -> float:
    """The share of all calls that wait, but are answered in time.

    With k callers ahead the wait is a sum of k + 1 exponential steps, at evenly rising rates; in
    units of patience its exponent follows a beta distribution, which is summed up step by step.
    """
    begun = agents * patience / load.handling_seconds
    left = math.exp(-within_seconds / patience)
    gone = -math.expm1(-within_seconds / patience)
    late = left ** (begun + 1)  # the chance that the wait is longer, if nobody is ahead
    term = late * (begun + 1) * gone
    found = []
    for ahead, share in enumerate(waiting):
        found.append(share * begun / (begun + ahead + 1) * (1 - min(late, 1.0)))
        late += term
        term *= (begun + ahead + 2) / (ahead + 2) * gone
    return math.fsum(found)
