"""Power is out in the area: every device gasps at once (S8)."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="area_power",
    label=_("Power outage in the area"),
    prior=0.03,
    sentence=_(
        "Power is out in the area ({element}): {affected} services fell silent together, and "
        "their devices reported lost power."
    ),
    next_check=_(
        "Ask the electricity network about this area; look at other kinds of access there."
    ),
    refuted_by=_(
        "Devices that fell silent without a last gasp, or an access node that says it was cut"
        " off from the network."
    ),
    predicts={
        "cause": {"carrier": 0.85, "none": 0.06, "service": 0.05},
        "period": {"none": 0.96},
        "gap": {"seconds": 0.02, "minutes": 0.22, "hour": 0.4, "long": 0.3},
        "retrain": {"yes": 0.95, "no": 0.05},
        "power": {"lost": 0.88, "kept": 0.12},
        "their_power": {"lost": 0.96, "kept": 0.04},
        "light": {"lost": 0.4, "kept": 0.6},
        "company": {
            "alone": 0.02,
            "cable": 0.12,
            "splitter": 0.16,
            "port": 0.14,
            "access": 0.22,
            "feeder": 0.26,
            "site": 0.06,
        },
        "restart": {"yes": 0.02, "no": 0.98},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.5, "feeder": 0.4, "access": 0.06},
    },
    settled_by=("company", "alarm"),
    examples=(
        {
            "cause": "carrier",
            "gap": "hour",
            "power": "lost",
            "their_power": "lost",
            "company": "cable|access|feeder",
        },
    ),
)
