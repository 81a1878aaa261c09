"""The device's mode was changed: what it bridged by itself became visible, it did not begin (S6).

Before a date the gaps were seconds, after it they are minutes or hours; the ends are the same.
"""

from unbroken.evidence import finding
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _


def weighs(case: Case) -> Weighed:
    """The gap histogram before and after, the device's address, and whether the ends changed."""
    change = case.mode_changed
    if change is None:
        return NOTHING
    told = (finding.summary(
        "gaps_changed", tuple(finding.of_start(one) for one in change.around),
        before_seconds=round(change.gap_before), after_seconds=round(change.gap_after),
    ),)  # fmt: skip
    weight = 3.6 + (1.6 if change.device_changed else 0.0)
    return Weighed(weight, told, onset=change.at)


rule = Rule(
    key="access_mode_changed",
    label=_("Device's mode changed"),
    prior=0.025,
    sentence=_(
        "The breaks did not begin then, they became visible: since {since} the device no longer "
        "reconnects by itself (a router became a bridge)."
    ),
    next_check=_("Ask which device dials in since then; put it back to routing."),
    refuted_by=_("Gaps as long before that date, or other causes of the ends since."),
    predicts={
        "cause": {"timeout": 0.4, "carrier": 0.2, "user": 0.2, "admin": 0.05, "request": 0.05},
        "period": {"none": 0.3, "length": 0.3, "clock": 0.2, "both": 0.2},
        "gap": {"seconds": 0.02, "minutes": 0.14, "hour": 0.4, "long": 0.4, "open": 0.04},
        "retrain": {"yes": 0.06, "no": 0.94},
        "power": {"lost": 0.02, "kept": 0.98},
        "light": {"lost": 0.02, "kept": 0.98},
        "company": {"alone": 0.96},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
    },
    weighs=weighs,
    ask=_("Was the modem changed or set to bridge, and does a computer dial in now?"),
)
