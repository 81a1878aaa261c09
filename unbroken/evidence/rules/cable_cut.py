"""A copper cable is cut or pulled: everybody on it loses sync at once and stays away."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="cable_cut",
    label=_("Cable cut"),
    prior=0.03,
    sentence=_(
        "The cable {element} is cut: {affected} services on it lost sync together and their "
        "devices have power."
    ),
    next_check=_("Measure pairs of the cable from the exchange: where does it end?"),
    refuted_by=_("A line of the same cable in sync, or last gasps of the devices (power)."),
    predicts={
        "cause": {"carrier": 0.88, "service": 0.04, "none": 0.05},
        "period": {"none": 0.97},
        "gap": {"seconds": 0.01, "minutes": 0.05, "hour": 0.2, "long": 0.6, "open": 0.14},
        "retrain": {"yes": 0.97, "no": 0.03},
        "power": {"lost": 0.02, "kept": 0.98},
        "their_power": {"lost": 0.03, "kept": 0.97},
        "company": {"alone": 0.02, "cable": 0.88, "access": 0.06},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.75, "cable": 0.2, "access": 0.02},
    },
    access=("dsl", "docsis", "ethernet"),
    settled_by=("company", "alarm"),
    examples=(
        {
            "cause": "carrier",
            "gap": "long",
            "retrain": "yes",
            "power": "kept",
            "their_power": "kept",
            "company": "cable",
        },
    ),
)
