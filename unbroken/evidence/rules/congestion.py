"""Slow because a shared way is full in the busy hours (S16)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from unbroken.evidence import finding
from unbroken.evidence.facts import Reading
from unbroken.evidence.rule import Case, Rule, Weighed
from unbroken.evidence.sightings import used
from unbroken.ground.words import _

FULL = 0.85
LOOKED_AT = timedelta(days=4)


def weighs(case: Case) -> Weighed:
    """How full each shared element was lately, above all at the times complained of."""
    best: tuple[float, list[Reading], str] | None = None
    own = set(case.picture.own)
    for element in case.facts.chain:
        if element.key in own:
            continue
        shares = used(case.picture, element.key, case.at - LOOKED_AT, case.at)
        if shares:
            level = _busy_level(shares, case)
            if best is None or level > best[0]:
                best = (level, shares, element.key)
    slow = case.complaint is not None and case.complaint.is_about("slow")
    way = _way(case)
    if best is None:
        return Weighed(way) if slow else Weighed(-3.0)
    level, shares, key = best
    element = case.picture.elements[key]
    fullest = sorted(shares, key=lambda one: -float(one.value))[:3]
    records = tuple(finding.of_reading(one) for one in fullest)
    values = {"share": f"{level:.0%}", "element": element.name or element.key}
    if level < FULL:
        return Weighed(-3.0, (), records, values=values)
    full = [one for one in shares if float(one.value) >= FULL]
    weight = (5.0 if slow else 2.6) + (0.5 if level > 0.93 else 0.0) + way
    return Weighed(weight, records, (), full[0].at, element, element.services, values)


def _way(case: Case) -> float:
    """Probes and flows: loss on the shared way, a way that is clear, a line its customer fills."""
    way = case.carried
    weight = 1.5 if way.loses_before_nas else 0.0
    if way.is_clear or way.loses_behind_nas:
        weight -= 0.8
    if way.fills_itself:
        weight -= 0.8
    return weight


def _busy_level(shares: list[Reading], case: Case) -> float:
    """The level that is reached in one reading of eight of the busy hours."""
    zone = ZoneInfo(case.picture.zone)
    busy = [one for one in shares if 17 <= one.at.astimezone(zone).hour <= 23]
    values = sorted(float(one.value) for one in busy or shares)
    return values[int(len(values) * 0.875)] if len(values) > 1 else values[0]


rule = Rule(
    key="congestion",
    label=_("Shared way full"),
    prior=0.05,
    sentence=_("{element} is full in the busy hours ({share}): everybody behind it is slow then."),
    next_check=_("Compare the utilisation at the times complained of; plan more capacity."),
    refuted_by=_("Room left on every shared way at the time complained of."),
    weighs=weighs,
)
