"""Since when: the first break of the present run, by what each break itself says. Pure.

Older breaks are not weighed as the last week's are; they count when their kind of end and their
period are what the cause predicts. A run ends where it was quiet for much longer than usual in it.
"""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from unbroken.evidence.drops import Drop
from unbroken.evidence.rule import Case, Rule, part

QUIET_LEAST = timedelta(days=5)
AT_ONCE = frozenset(
    {"fibre_cut", "cable_cut", "area_power", "access_node", "uplink_down", "nas_restart",
     "planned_work", "work_overran", "drop_fibre"}
)  # fmt: skip
"""Causes that begin at one moment: the break that lasts, or the last one."""


def onset(case: Case, rule: Rule, mine: Sequence[Drop]) -> datetime | None:
    """The first break of this cause, as far back as the run goes."""
    if not mine or rule.predicts is None:
        return None
    if rule.key in AT_ONCE:
        return _of_the_moment(mine)
    times = [*_earlier(case, rule, mine[0].at), *(drop.at for drop in mine)]
    quiet = max(QUIET_LEAST, 6 * _usual(times))
    first = times[-1]
    for at in reversed(times):
        if first - at > quiet:
            break
        first = at
    return first


def _of_the_moment(mine: Sequence[Drop]) -> datetime:
    """Breaks of one event come in quick succession; an older event is another one."""
    first = mine[-1].at
    for drop in reversed(mine):
        if first - drop.at > timedelta(hours=12):
            break
        first = drop.at
    return first


def _usual(times: Sequence[datetime]) -> timedelta:
    spans = [(b - a).total_seconds() for a, b in itertools.pairwise(times)]
    return timedelta(seconds=median(spans)) if spans else timedelta(0)


def _earlier(case: Case, rule: Rule, before: datetime) -> list[datetime]:
    """Breaks before the looked-at week that this cause would predict."""
    assert rule.predicts is not None
    found = []
    odds: dict[tuple[str, str], float] = {}
    for at, period, kind in case.breaks:
        if at >= before:
            break
        if (period, kind) not in odds:
            odds[period, kind] = part(rule.predicts, "period", period) + part(
                rule.predicts, "cause", kind
            )
        if odds[period, kind] > 0.1:
            found.append(at)
    return found
