"""The access node is down: a DSLAM, an OLT, a CMTS, or one of its cards."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="access_node",
    label=_("Access node down"),
    prior=0.03,
    sentence=_("{element} is down: all {affected} services on it fell silent together."),
    next_check=_(
        "Reach the node over its management; look at its power, cards and last log lines."
    ),
    refuted_by=_("Services of the same node that stayed up, or a restart of the BRAS above it."),
    predicts={
        "cause": {"carrier": 0.85, "service": 0.06, "none": 0.05},
        "period": {"none": 0.97},
        "gap": {"seconds": 0.02, "minutes": 0.3, "hour": 0.36, "long": 0.25},
        "retrain": {"yes": 0.72, "no": 0.28},
        "power": {"lost": 0.03, "kept": 0.97},
        "their_power": {"lost": 0.03, "kept": 0.97},
        "light": {"lost": 0.6, "kept": 0.4},
        "company": {
            "alone": 0.03,
            "access": 0.78,
            "port": 0.07,
            "cable": 0.04,
            "feeder": 0.02,
            "nas": 0.03,
        },
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.3, "access": 0.64, "port": 0.03},
    },
    settled_by=("company", "alarm"),
    examples=(
        {
            "cause": "carrier",
            "gap": "hour",
            "retrain": "yes",
            "power": "kept",
            "their_power": "kept",
            "company": "access",
            "alarm": "access",
        },
    ),
)
