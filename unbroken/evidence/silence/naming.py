"""Which element explains it: the lowest one that accounts for all that fell silent together.

Pure. An element is *whole* when nearly all below it are gone and no branch of it is well; a *part*
of it counts only when many lines went in the same minute and stay away. Both must be more than
chance makes of the element's own baseline.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from unbroken.evidence.silence import limits, signs
from unbroken.evidence.silence.found import Cluster
from unbroken.evidence.silence.lines import Loss
from unbroken.evidence.silence.network import Network
from unbroken.evidence.silence.signs import Sign

OWN = frozenset({"unreachable", "power"})
"""Alarms that an element itself failed; a port without light only says that something below did."""

CIRCUITS = frozenset({"link", "radio", "satellite"})
"""What carries a signal from end to end: without it (LOS, LOF) it is the circuit that failed."""


Losses = list[tuple[str, Loss]]


def groups(losses: Mapping[str, Loss]) -> Iterator[Losses]:
    """Losses that follow each other closely, group by group, the earliest first."""
    group: Losses = []
    for pair in sorted(losses.items(), key=lambda pair: (pair[1].at, pair[0])):
        if group and pair[1].at - group[-1][1].at > limits.LINK_GAP:
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


def cluster_of(element: str, losses: Mapping[str, Loss], up: int) -> Cluster | None:
    """The largest group of losses that follow each other closely; the latest of equal ones."""
    best: Losses = []
    for group in groups(losses):
        if len(group) >= len(best):
            best = group
    return Cluster(element, tuple(best), up) if best else None


def widest(clusters: Sequence[Cluster], *, nearly: float) -> list[Cluster]:
    """Those that explain nearly as many as the one that explains most."""
    most = max((cluster.size for cluster in clusters), default=0)
    return [cluster for cluster in clusters if cluster.size >= nearly * most]


def surprise(size: int, of: int, chance: float) -> float:
    """How surprising it is that so many of them went by themselves: a Chernoff bound, in nats."""
    share = size / of
    if share <= chance:
        return 0.0
    stay = (1 - share) * math.log((1 - share) / (1 - chance)) if share < 1 else 0.0
    return of * (share * math.log(share / chance) + stay)


def is_surprising(cluster: Cluster, losses_per_second: float) -> bool:
    """Whether it is more than this element's own baseline makes now and then."""
    if cluster.size < limits.MEMBERS_MIN:
        return False
    within = max(cluster.spread, limits.LINK_GAP)
    chance = min(0.5, losses_per_second * within)
    return surprise(cluster.size, cluster.size + cluster.up, chance) >= limits.SURPRISE_MIN


def is_whole(network: Network, cluster: Cluster, up: Mapping[str, int]) -> bool:
    """Whether the element itself is what failed: nearly all are gone, no branch of it is well."""
    if cluster.share < limits.SHARE_MIN:
        return False
    gone = cluster.services
    for child in network.children.get(cluster.element, ()):
        below = network.below.get(child, set())
        lost = len(gone & below)
        there = lost + up.get(child, 0)
        if there >= limits.MEMBERS_MIN and lost < limits.CHILD_SHARE_MIN * there:
            return False
    return True


def is_part(cluster: Cluster, at: float) -> bool:
    """Whether many of its lines went in the same minute and stayed away."""
    return (
        cluster.size >= limits.PART_MEMBERS_MIN
        and cluster.share >= limits.PART_SHARE_MIN
        and cluster.spread <= limits.PART_SPREAD
        and at - cluster.losses[-1][1].at >= limits.PART_LASTS
    )


def named(
    network: Network,
    whole: Iterable[Cluster],
    part: Iterable[Cluster],
    alarms: Mapping[str, Sign],
) -> list[Cluster]:
    """One cluster for each thing that happened: those that explain most first, each loss once.

    `alarms`: by element, what it says of itself just now.
    """
    chosen = _picked(network, list(whole), alarms, nearly=1.0)
    taken = frozenset(service for cluster in chosen for service in cluster.services)
    rest = (cluster.without(taken) for cluster in part)
    left = [cluster for cluster in rest if cluster and cluster.size >= limits.PART_MEMBERS_MIN]
    return chosen + _picked(network, left, alarms, nearly=limits.NEARLY)


def _picked(
    network: Network, left: list[Cluster], alarms: Mapping[str, Sign], *, nearly: float
) -> list[Cluster]:
    picked: list[Cluster] = []
    share_min = limits.SHARE_MIN if nearly == 1.0 else 0.0
    while left:
        best = min(widest(left, nearly=nearly), key=lambda cluster: _rank(network, cluster, alarms))
        picked.append(best)
        rest = [cluster.without(best.services) for cluster in left]
        left = [
            cluster
            for cluster in rest
            if cluster and cluster.size >= limits.MEMBERS_MIN and cluster.share >= share_min
        ]
    return picked


def _rank(network: Network, cluster: Cluster, alarms: Mapping[str, Sign]) -> tuple[object, ...]:
    """Smaller is better: of the right kind, said so itself, nearest to the customers."""
    return (
        is_power(network, cluster, alarms) != network.is_power(cluster.element),
        not _says_so(network, cluster.element, alarms),
        -network.height(cluster.element),
        cluster.element,
    )


def _says_so(network: Network, element: str, alarms: Mapping[str, Sign]) -> bool:
    alarm = alarms.get(element)
    return alarm is not None and (alarm.why in OWN or network.kind(element) in CIRCUITS)


def lifted(network: Network, cluster: Cluster) -> Cluster:
    """Whom a NAS itself gave up went with that NAS, whichever of them are slow to come back."""
    gave_up = Counter(
        sign.subject
        for _, loss in cluster.losses
        for sign in loss.said[:1]
        if sign.kind in (signs.NAS_UP, signs.NAS_DOWN)
    )
    for nas, count in gave_up.most_common(1):
        if count >= limits.NEARLY * cluster.size and network.stands_on(cluster.element, nas):
            return replace(cluster, element=nas)
    return cluster


def is_power(network: Network, cluster: Cluster, alarms: Mapping[str, Sign]) -> bool:
    """Whether electricity failed: half of them gasped, or an element below said so."""
    gasped = sum(loss.tells_of(signs.POWER) for _, loss in cluster.losses)
    return gasped * 2 >= cluster.size or any(
        sign.why in signs.POWER and network.stands_on(key, cluster.element)
        for key, sign in alarms.items()
    )


def is_firmware(
    network: Network, cluster: Cluster, everywhere: Mapping[str, Loss], up: Iterable[str]
) -> bool:
    """One model of device went, here or everywhere, and other models beside it are well."""
    models = Counter(network.model_of(service) for service in cluster.services)
    model, count = models.most_common(1)[0]
    if not model or count < limits.MODEL_SHARE * cluster.size:
        return False
    beside = sum(1 for service in up if network.model_of(service) not in ("", model))
    if beside >= limits.MEMBERS_MIN and cluster.size - count <= 0.1 * beside:
        return True
    below = network.below.get(cluster.element, set())
    first, last = cluster.since - limits.LINK_GAP, cluster.losses[-1][1].at + limits.LINK_GAP
    elsewhere = [
        network.model_of(service)
        for service, loss in everywhere.items()
        if service not in below and first <= loss.at <= last
    ]
    kin = len(network.with_model(model)) - count
    return (
        len(elsewhere) >= limits.MEMBERS_MIN
        and elsewhere.count(model) >= limits.MODEL_SHARE * len(elsewhere)
        and elsewhere.count(model) >= limits.MODEL_ELSEWHERE_MIN * kin
    )
