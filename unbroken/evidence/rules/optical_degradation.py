"""The light fades week by week: a bend, water, a dirty splitter (S10)."""

from datetime import datetime, timedelta

from unbroken.evidence import finding
from unbroken.evidence.facts import LIGHT, Reading
from unbroken.evidence.picture import Series
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _

LOOKED_AT = timedelta(days=70)
SLOPE_DB_A_WEEK = -0.14
FALLEN_DB = 0.7
NO_LIGHT = -34_000


def weighs(case: Case) -> Weighed:
    """A steady slope over weeks; siblings that fade too put it above the drop."""
    mine = _slope(case.picture.light, case.at)
    if mine is None:
        return NOTHING
    slope, fallen, first, last = mine
    told = (finding.summary(
        "light_fading", (finding.of_reading(first), finding.of_reading(last)),
        db_a_week=round(slope, 2), fallen_db=round(fallen, 1),
    ),)  # fmt: skip
    if slope > SLOPE_DB_A_WEEK or fallen < FALLEN_DB:
        return Weighed(-2.0, (), told)
    fading = 0
    for neighbour in case.facts.neighbours:
        for key in neighbour.resources:
            theirs = _slope(case.picture.series(key, LIGHT), case.at)
            fading += theirs is not None and theirs[0] <= SLOPE_DB_A_WEEK
    weight = 4.0 + (1.0 if float(last.value) < -25_000 else 0.0)
    values = {"slope": f"{slope:.1f}", "level": f"{float(last.value) / 1000:.1f}"}
    onset = _onset(case.picture.light, case.at)
    return Weighed(weight, told, onset=onset, affected=fading + 1, values=values)


def _lit(series: Series, at: datetime) -> list[Reading]:
    seen = series.between(at - LOOKED_AT, at)
    return [one for one in seen if float(one.value) > NO_LIGHT]


def _slope(series: Series, at: datetime) -> tuple[float, float, Reading, Reading] | None:
    """Decibel a week over the last weeks, how far it fell in all, and both ends; None: too few."""
    lit = _lit(series, at)
    best: tuple[float, float, Reading, Reading] | None = None
    for weeks in (2, 4, 10):
        part = [one for one in lit if one.at >= lit[-1].at - timedelta(weeks=weeks)]
        if len(part) < 6 or (part[-1].at - part[0].at) < timedelta(days=9):
            continue
        slope, fits = _line(part)
        if fits < 0.55 and slope <= SLOPE_DB_A_WEEK:
            slope = 0.0
        found = (slope, _fallen(part, slope), part[0], part[-1])
        if best is None or found[0] < best[0]:
            best = found
    return best


def _fallen(part: list[Reading], slope: float) -> float:
    weeks = (part[-1].at - part[0].at).total_seconds() / 604800
    return -slope * weeks


def _line(part: list[Reading]) -> tuple[float, float]:
    """Least squares: slope in decibel a week, and the share of the change it explains."""
    begin = part[0].at
    xs = [(one.at - begin).total_seconds() / 604800 for one in part]
    ys = [float(one.value) / 1000 for one in part]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    xx = sum((x - mx) ** 2 for x in xs)
    yy = sum((y - my) ** 2 for y in ys)
    xy = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    if xx == 0 or yy == 0:
        return 0.0, 0.0
    return xy / xx, xy * xy / (xx * yy)


def _onset(series: Series, at: datetime) -> datetime | None:
    """From when on it was lower than before by more than readings wobble."""
    lit = _lit(series, at)
    if not lit:
        return None
    level = sorted(float(one.value) for one in lit[: max(3, len(lit) // 8)])
    usual = level[len(level) // 2]
    for index, one in enumerate(lit):
        later = lit[index : index + 5]
        if all(float(other.value) < usual - 300 for other in later):
            return one.at
    return lit[0].at


rule = Rule(
    key="optical_degradation",
    label=_("Light fading"),
    prior=0.03,
    sentence=_(
        "The light at the terminal fades by {slope} dB a week and stands at {level} dBm: a bend, "
        "water or a dirty connector on the way."
    ),
    next_check=_("Compare the siblings on the splitter, then clean or measure the branch."),
    refuted_by=_("A level that stays where it was for weeks, or that fell at one moment."),
    predicts={
        "light": {"lost": 0.45, "kept": 0.55},
        "cause": {"carrier": 0.84, "service": 0.05, "none": 0.06},
        "period": {"none": 0.95},
        "gap": {"seconds": 0.15, "minutes": 0.5, "hour": 0.2, "long": 0.1},
        "power": {"lost": 0.02, "kept": 0.98},
        "company": {"alone": 0.93},
        "restart": {"yes": 0.01, "no": 0.99},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
    },
    weighs=weighs,
    access=("fibre",),
)
