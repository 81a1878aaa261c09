"""Why an element fell silent, as far as its kind, its own signs and its lines' last words tell.

The keys are those of verdicts (interfaces.md). Fibre is told from copper by the light that was lost
and by what stands above and below; power by the last gasps; a NAS that restarted says so itself.
"""

from collections import Counter
from collections.abc import Iterable

from unbroken.evidence.facts import PlannedWindow
from unbroken.evidence.silence import limits, signs
from unbroken.evidence.silence.found import SilentElement
from unbroken.evidence.silence.network import Network

RESTARTED = frozenset({"NAS Reboot", "Admin Reboot"})
FIBRE = frozenset({"splitter", "olt"})
UPLINKS = frozenset({"link", "satellite"})
COVERED_MIN = 0.8
"""So many of the affected must hang on what was announced: work on one cable excuses no card."""

WORK, WORK_OVERRAN = "planned_work", "work_overran"

TOLERANCE_SECONDS = 120.0
EXCUSES = frozenset({"DEGRADED", "OUTAGE"})
"""Work announced as harmless excuses nobody's silence."""

CANCELLED = "CANCELLED"


def cause_of(network: Network, silence: SilentElement) -> str:
    """The key of the likeliest cause, announced work aside."""
    kind = network.kind(silence.element)
    last = Counter(sign.why for loss in silence.affected.values() for sign in loss.said)
    kinds = {sign.kind for sign in silence.signs}
    if _share(silence, signs.POWER) >= 0.5 or any(s.why in signs.POWER for s in silence.signs):
        return "area_power"
    if kind == "nas":
        restarted = kinds & {signs.NAS_UP, signs.NAS_DOWN} or sum(last[why] for why in RESTARTED)
        return "nas_restart" if restarted else "uplink_down"
    if kind in UPLINKS:
        return "uplink_down"
    if kind == "feeder":
        return "area_power"
    if kind in ("splitter", "port", "cable") and (
        kind == "splitter" or _is_fibre(network, silence)
    ):
        return "fibre_cut"
    return "cable_cut" if kind == "cable" else "access_node"


def announced(
    network: Network, silence: SilentElement, windows: Iterable[PlannedWindow]
) -> PlannedWindow | None:
    """The notice that covers it: it began within the window, at what the notice names.

    A crowd beside what it names fell silent for another reason: something above failed, a carrier's
    circuit perhaps, while somebody worked below it.
    """
    for window in windows:
        since = window.since.timestamp() - TOLERANCE_SECONDS
        if window.status == CANCELLED or window.impact not in EXCUSES:
            continue
        if not since <= silence.since < window.until.timestamp():
            continue
        below = set().union(*(network.below.get(key, set()) for key in window.resources))
        others = len(silence.affected.keys() - below)
        if others < limits.MEMBERS_MIN and others <= (1 - COVERED_MIN) * len(silence.affected):
            return window
    return None


def cause_of_work(*, overran: bool) -> str:
    """Of a silence that announced work explains: its cause, until that was to be over."""
    return WORK_OVERRAN if overran else WORK


def _share(silence: SilentElement, kinds: frozenset[str]) -> float:
    told = sum(loss.tells_of(kinds) for loss in silence.affected.values())
    return told / max(1, len(silence.affected))


def _is_fibre(network: Network, silence: SilentElement) -> bool:
    if _share(silence, signs.LIGHT) >= 0.3 or any(s.why in signs.LIGHT for s in silence.signs):
        return True
    kinds = {network.kind(key) for key in network.chain(silence.element)}
    below = {
        network.kind(key) for service in silence.affected for key in network.above.get(service, ())
    }
    return network.kind(silence.element) == "cable" and bool((kinds | below) & FIBRE)
