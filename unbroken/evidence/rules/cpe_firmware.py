"""Devices of one model break after new software was pushed to them (S19)."""

import itertools
from datetime import datetime, timedelta

from unbroken.evidence import finding
from unbroken.evidence.endings import ends
from unbroken.evidence.facts import SOFTWARE, Reading, Session
from unbroken.evidence.periods import keeps_length
from unbroken.evidence.picture import Series
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _

LATELY = timedelta(days=21)


def weighs(case: Case) -> Weighed:
    """Breaks a day before and after the change; others of the model and of other models."""
    change = _change(case.picture.own_series(SOFTWARE), case.at)
    if change is None:
        return NOTHING
    before, after = change
    told = (finding.of_reading(before), finding.of_reading(after))
    was, now = _rates(case.picture.sessions, after.at, before.at, case)
    if now < 0.5 or now < 3 * was:
        return Weighed(-2.5, (), told)
    weight = 2.6 if was < 0.2 else 1.6
    alike, others = _like_mine(case)
    if alike:
        weight += 1.6
    if others:
        weight -= 1.2
    onset = next((at for _one, at, _back in case.picture.ends if at >= before.at), None)
    values = {"version": str(after.value)}
    return Weighed(weight, told, onset=onset, affected=alike + 1, values=values)


def _change(series: Series, at: datetime) -> tuple[Reading, Reading] | None:
    """The last change of the version."""
    lately = series.between(at - timedelta(days=60), at)
    pairs = [(a, b) for a, b in itertools.pairwise(lately) if a.value != b.value]
    return pairs[-1] if pairs and at - pairs[-1][1].at <= LATELY else None


def _rates(
    sessions: tuple[Session, ...], changed: datetime, before: datetime, case: Case
) -> tuple[float, float]:
    """Breaks a day that keep to no period: in the month before, and since."""
    odd = [
        at for one, at, _ in ends(sessions)
        if keeps_length(one, at, case.picture.lengths) is None
    ]  # fmt: skip
    since = max(changed - timedelta(days=30), sessions[0].started if sessions else changed)
    days_before = max(1.0, (before - since).total_seconds() / 86400)
    days_after = max(0.5, (case.at - before).total_seconds() / 86400)
    was = sum(since <= at < before for at in odd) / days_before
    now = sum(at >= before for at in odd) / days_after
    return was, now


def _like_mine(case: Case) -> tuple[int, int]:
    """Neighbours with changed software that break too; others with the same fate without it."""
    alike = others = 0
    for neighbour in case.facts.neighbours:
        series = [case.picture.series(key, SOFTWARE) for key in neighbour.resources]
        is_changed = any(_change(one, case.at) for one in series)
        odd = [
            one for one in neighbour.sessions
            if one.ended is not None and one.ended > case.at - timedelta(days=4)
            and keeps_length(one, one.ended, case.picture.lengths) is None
        ]  # fmt: skip
        if len(odd) >= 3:
            alike, others = alike + is_changed, others + (not is_changed)
    return alike, others


rule = Rule(
    key="cpe_firmware",
    label=_("Device's software"),
    prior=0.025,
    sentence=_(
        "The device breaks since its software was changed to {version}; devices of this model that "
        "break too: {affected}."
    ),
    next_check=_("Put the version before on one device, and stop the roll-out meanwhile."),
    refuted_by=_("The same breaks before the change, or on devices with the old version."),
    predicts={
        "software": {"changed": 0.97, "same": 0.03},
        "cause": {"carrier": 0.5, "user": 0.3, "service": 0.06, "none": 0.06, "timeout": 0.01},
        "period": {"none": 0.95},
        "gap": {"seconds": 0.3, "minutes": 0.6, "hour": 0.05},
        "power": {"lost": 0.04, "kept": 0.96},
        "light": {"lost": 0.05, "kept": 0.95},
        "company": {"alone": 0.95},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
    },
    weighs=weighs,
    settled_by=("software",),
    examples=(
        {
            "cause": "user",
            "period": "none",
            "gap": "minutes",
            "software": "changed",
            "company": "alone",
        },
    ),
)
