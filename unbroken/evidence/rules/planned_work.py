"""Work of which notice was given: ours or a carrier's."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="planned_work",
    label=_("Notified work"),
    prior=0.03,
    sentence=_("This is notified work ({work}): the break lies inside its window."),
    next_check=_(
        "Ask who does the work whether it is over, and whether it took longer than notified."
    ),
    refuted_by=_("Breaks outside the window, or a service that the work does not touch."),
    predicts={
        "work": {"yes": 0.98, "no": 0.015},
        "period": {"none": 0.97},
        "cause": {"carrier": 0.5, "nas": 0.15, "admin": 0.12, "service": 0.1, "request": 0.05},
        "gap": {"seconds": 0.1, "minutes": 0.35, "hour": 0.38, "long": 0.12},
        "company": {
            "alone": 0.15,
            "access": 0.3,
            "nas": 0.2,
            "uplink": 0.12,
            "port": 0.08,
            "splitter": 0.06,
            "cable": 0.06,
        },
        "alarm": {"none": 0.5, "access": 0.3, "nas": 0.08, "uplink": 0.08, "port": 0.03},
        "quota": {"yes": 0.005, "no": 0.995},
    },
    examples=(
        {"cause": "carrier", "gap": "hour", "work": "yes", "company": "access", "alarm": "access"},
    ),
)
