"""Work of which notice was given, and that was to be over long ago."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="work_overran",
    label=_("Notified work takes longer"),
    prior=0.012,
    sentence=_(
        "This began with notified work ({work}) that was to end at {work_until}; what lasts longer "
        "is an outage."
    ),
    next_check=_("Ask who does the work what went wrong, and by when service is back."),
    refuted_by=_("Service that was back when the window ended, or a break that began outside it."),
    predicts={
        "work": {"over": 0.975, "yes": 0.015, "no": 0.008},
        "period": {"none": 0.97},
        "cause": {"carrier": 0.5, "nas": 0.15, "admin": 0.12, "service": 0.1, "request": 0.05},
        "gap": {"seconds": 0.01, "minutes": 0.04, "hour": 0.4, "long": 0.5},
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
        {"cause": "carrier", "gap": "long", "work": "over", "company": "access", "alarm": "access"},
    ),
)
