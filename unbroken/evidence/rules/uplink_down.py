"""What joins the access node to the network is down: uplink, circuit, radio, satellite."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="uplink_down",
    label=_("Uplink down"),
    prior=0.02,
    sentence=_(
        "The uplink {element} is down: {affected} services behind it lost the network while "
        "their lines stayed up."
    ),
    next_check=_("Look at the port's state at both ends; ask the carrier whose circuit it is."),
    refuted_by=_("Services behind the same uplink that stayed up, or lines that lost sync."),
    predicts={
        "cause": {"carrier": 0.7, "service": 0.22, "none": 0.05},
        "period": {"none": 0.97},
        "gap": {"seconds": 0.03, "minutes": 0.27, "hour": 0.4, "long": 0.25},
        "retrain": {"yes": 0.06, "no": 0.94},
        "power": {"lost": 0.02, "kept": 0.98},
        "their_power": {"lost": 0.02, "kept": 0.98},
        "light": {"lost": 0.06, "kept": 0.94},
        "company": {"alone": 0.06, "uplink": 0.62, "access": 0.18, "nas": 0.06},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.3, "uplink": 0.62, "access": 0.05},
    },
    settled_by=("company", "alarm"),
    examples=(
        {
            "cause": "service",
            "gap": "hour",
            "retrain": "no",
            "power": "kept",
            "company": "uplink",
            "alarm": "uplink",
        },
    ),
)
