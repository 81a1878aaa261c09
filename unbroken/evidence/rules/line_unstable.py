"""The line loses sync at irregular times: noise, a joint, a pair (S3).

Each break comes with a new training of the line, keeps to no period and strikes nobody else.
"""

from datetime import timedelta

from unbroken.evidence import finding
from unbroken.evidence.facts import ATTENUATION_DOWN, MARGIN_DOWN
from unbroken.evidence.finding import Record
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _

LOW_TENTH_DB, HEALTHY_TENTH_DB = 60, 90


def weighs(case: Case) -> Weighed:
    """A thin noise margin, or copper that is suddenly longer."""
    margins = case.picture.own_series(MARGIN_DOWN).between(case.at - timedelta(days=4), case.at)
    values = sorted(float(reading.value) for reading in margins)
    if not values:
        return NOTHING
    low = values[len(values) // 10]
    least = min(margins, key=lambda reading: float(reading.value))
    told = (finding.of_reading(least),)
    weight = 0.0
    speaks_for: tuple[Record, ...] = ()
    speaks_against: tuple[Record, ...] = ()
    if low < LOW_TENTH_DB:
        weight, speaks_for = 0.9, told
    elif low > HEALTHY_TENTH_DB:
        weight, speaks_against = -0.2, told
    if _has_jumped(case):
        weight += 0.8
    return Weighed(weight, speaks_for, speaks_against)


def _has_jumped(case: Case) -> bool:
    """Attenuation is length: it changes only when the copper does (facts.md 6.1)."""
    series = case.picture.own_series(ATTENUATION_DOWN)
    old = series.between(case.at - timedelta(days=35), case.at - timedelta(days=10))
    new = series.between(case.at - timedelta(days=2), case.at)
    if len(old) < 3 or len(new) < 2:
        return False
    was = sorted(float(reading.value) for reading in old)[len(old) // 2]
    now = sorted(float(reading.value) for reading in new)[len(new) // 2]
    return abs(now - was) >= 30


rule = Rule(
    key="line_unstable",
    label=_("Line loses sync"),
    prior=0.2,
    sentence=_(
        "The line loses sync: breaks at irregular times in the last 7 days: {drops}, with a new "
        "training of the line: {trained}."
    ),
    next_check=_(
        "Run a line test (noise by frequency, attenuation) and compare the neighbours on the same "
        "cable; then have the joint or pair looked at."
    ),
    refuted_by=_("Breaks while the line stays in sync, or a last gasp of the device before each."),
    predicts={
        "cause": {"carrier": 0.86, "service": 0.04, "none": 0.05, "user": 0.02, "timeout": 0.003},
        "period": {"none": 0.95},
        "gap": {"seconds": 0.12, "minutes": 0.6, "hour": 0.14, "long": 0.1},
        "retrain": {"yes": 0.97, "no": 0.03},
        "power": {"lost": 0.02, "kept": 0.98},
        "light": {"lost": 0.1, "kept": 0.9},
        "company": {"alone": 0.96, "cable": 0.02},
        "restart": {"yes": 0.01, "no": 0.99},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
        "rain": {"yes": 0.14, "no": 0.86},
        "quota": {"yes": 0.005, "no": 0.995},
    },
    weighs=weighs,
    access=("dsl", "docsis", "radio", "satellite", "ethernet"),
    settled_by=("retrain",),
    ask=_("Is there a splitter or an old telephone socket before the device?"),
    examples=(
        {
            "cause": "carrier",
            "period": "none",
            "gap": "minutes",
            "retrain": "yes",
            "power": "kept",
            "company": "alone",
            "rain": "no",
        },
    ),
)
