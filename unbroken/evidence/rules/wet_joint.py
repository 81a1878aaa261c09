"""Water in a joint: lines of one cable break or err when it rains, and dry out after (S18)."""

import itertools
from bisect import bisect_right
from datetime import datetime, timedelta

from unbroken.evidence import finding
from unbroken.evidence.facts import ERRORED_SECONDS, RAIN
from unbroken.evidence.finding import Record
from unbroken.evidence.picture import Series
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _

Stretches = list[tuple[datetime, datetime]]

WET_MM_H = 0.5
DRIES_IN = timedelta(hours=6)
LOOKED_AT = timedelta(days=21)


def weighs(case: Case) -> Weighed:
    """Errors of this line, and of others on the cable, in wet hours against dry ones."""
    wet = _wet_hours(case)
    if not wet:
        return NOTHING
    own = _contrast(case.picture.own_series(ERRORED_SECONDS), wet, case)
    drops = _drops_contrast(case, wet)
    contrast = max(own or 0.0, drops or 0.0)
    if own is None and drops is None:
        return NOTHING
    told = _record(case)
    if drops == 0.0:
        # Each training costs errored seconds: where most breaks were dry, the errors of a wet day
        # with many breaks are the breaks' own.
        return Weighed(-3.0, (), told)
    if contrast < 2.5:
        return Weighed(-1.5, (), told)
    others = _others(case, wet)
    weight = 1.6 if contrast < 6 else 2.8
    return Weighed(weight + min(2.0, 1.0 * others), told, affected=others + 1)


def _wet_hours(case: Case) -> Stretches:
    """Stretches in which a joint would be wet, without overlaps."""
    wet: Stretches = []
    hours = sorted(
        reading.at
        for site in case.facts.sites
        for reading in case.picture.series(site, RAIN).between(case.at - LOOKED_AT, case.at)
        if float(reading.value) >= WET_MM_H
    )
    for hour in hours:
        if wet and hour <= wet[-1][1]:
            wet[-1] = (wet[-1][0], hour + DRIES_IN)
        else:
            wet.append((hour, hour + DRIES_IN))
    return wet


def _is_wet(at: datetime, wet: Stretches) -> bool:
    index = bisect_right(wet, at, key=lambda stretch: stretch[0])
    return index > 0 and at <= wet[index - 1][1]


def _contrast(series: Series, wet: Stretches, case: Case) -> float | None:
    """How many times more errored seconds an hour fall into wet hours than into dry ones."""
    told = series.between(case.at - LOOKED_AT, case.at)
    sums = {True: [0.0, 0.0], False: [0.0, 0.0]}
    for before, after in itertools.pairwise(told):
        hours = (after.at - before.at).total_seconds() / 3600
        if not 0 < hours <= 7:
            continue
        heap = sums[_is_wet(before.at + (after.at - before.at) / 2, wet)]
        heap[0] += max(0.0, float(after.value) - float(before.value))
        heap[1] += hours
    if sums[True][1] < 1 or sums[False][1] < 6 or sums[True][0] < 20:
        return None
    dry = (sums[False][0] + 1) / sums[False][1]
    return (sums[True][0] / sums[True][1]) / dry


def _drops_contrast(case: Case, wet: Stretches) -> float | None:
    """The same for breaks that keep to no period."""
    odd = [d for d in case.drops if (s := d.sign("period")) and s.value == "none"]
    if len(odd) < 3:
        return None
    inside = sum(_is_wet(drop.at, wet) for drop in odd)
    since = case.at - timedelta(days=7)
    spans = [(max(begin, since), min(end, case.at)) for begin, end in wet]
    hours = sum(max(0.0, (end - begin).total_seconds()) for begin, end in spans) / 3600
    share = min(0.9, hours / (7 * 24))
    if share == 0:
        return None
    return (inside / len(odd)) / share if inside / len(odd) > 0.6 else 0.0


def _others(case: Case, wet: Stretches) -> int:
    """How many neighbours of the same cable err in the wet too: a joint is of one cable."""
    found = 0
    cables = {one.key for one in case.facts.chain if one.kind == "cable"}
    for neighbour in case.facts.neighbours:
        if cables and not cables & set(neighbour.shared):
            continue
        series = [case.picture.series(key, ERRORED_SECONDS) for key in neighbour.resources]
        contrasts = [_contrast(one, wet, case) for one in series if one]
        found += any((one or 0) >= 2.5 for one in contrasts)
    return found


def _record(case: Case) -> tuple[Record, ...]:
    for site in case.facts.sites:
        rains = case.picture.series(site, RAIN).between(case.at - LOOKED_AT, case.at)
        heavy = max(rains, key=lambda reading: float(reading.value), default=None)
        if heavy is not None:
            return (finding.of_reading(heavy),)
    return ()


rule = Rule(
    key="wet_joint",
    label=_("Water in a joint"),
    prior=0.03,
    sentence=_(
        "Water gets into a joint of {element}: the line errs and breaks when it rains and recovers "
        "when it dries; lines struck: {affected}."
    ),
    next_check=_("Measure unbalance and insulation of the pair, dry and wet; open the joint."),
    refuted_by=_("The same breaks in dry weather, or other lines of the cable clean in rain."),
    predicts={
        "rain": {"yes": 0.93, "no": 0.07},
        "cause": {"carrier": 0.88, "service": 0.04, "none": 0.05, "timeout": 0.003},
        "period": {"none": 0.95},
        "gap": {"seconds": 0.1, "minutes": 0.55, "hour": 0.18, "long": 0.12},
        "retrain": {"yes": 0.97, "no": 0.03},
        "power": {"lost": 0.02, "kept": 0.98},
        "company": {"alone": 0.93, "cable": 0.05},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
    },
    weighs=weighs,
    access=("dsl", "docsis"),
    settled_by=("rain",),
    examples=(
        {
            "cause": "carrier",
            "period": "none",
            "gap": "minutes",
            "retrain": "yes",
            "company": "alone",
            "rain": "yes",
        },
    ),
)
