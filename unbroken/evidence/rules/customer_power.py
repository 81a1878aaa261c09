"""The customer's device loses its power: a plug, a power supply, a fuse (S4).

The device's last gasp, or the line's own report of lost power, comes before the end; the
neighbours keep theirs.
"""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="customer_power",
    label=_("Power at the customer's"),
    prior=0.09,
    sentence=_(
        "The customer's device loses power: before the break it reported so with its last "
        "gasp; the neighbours were not struck."
    ),
    next_check=_(
        "Ask for the power supply and the socket; compare the time with the neighbours' last gasps."
    ),
    refuted_by=_(
        "Neighbours without power at the same second, or breaks without any report of lost power."
    ),
    predicts={
        "cause": {"carrier": 0.82, "service": 0.05, "none": 0.07},
        "period": {"none": 0.93},
        "gap": {"seconds": 0.05, "minutes": 0.45, "hour": 0.25, "long": 0.2},
        "retrain": {"yes": 0.93, "no": 0.07},
        "power": {"lost": 0.93, "kept": 0.07},
        "light": {"lost": 0.35, "kept": 0.65},
        "company": {"alone": 0.95},
        "restart": {"yes": 0.01, "no": 0.99},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.96},
        "rain": {"yes": 0.15, "no": 0.85},
    },
    settled_by=("power",),
    ask=_("Did other devices in the house go off too; is the power supply warm or loose?"),
    examples=(
        {
            "cause": "carrier",
            "period": "none",
            "gap": "minutes",
            "retrain": "yes",
            "power": "lost",
            "company": "alone",
        },
    ),
)
