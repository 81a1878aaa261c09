"""The session breaks while the line stays in sync: the way to the BRAS, or its keep-alive (S5)."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="ppp_path",
    label=_("Session path"),
    prior=0.09,
    sentence=_(
        "The session breaks although the line stays in sync: the fault lies between the "
        "access node and the BRAS, or in the device's log-in."
    ),
    next_check=_(
        "Compare other sessions on the same port of the BRAS and read its log of missed keep-"
        "alives."
    ),
    refuted_by=_("A new training of the line at each break."),
    predicts={
        "cause": {"carrier": 0.62, "service": 0.22, "user": 0.05, "none": 0.03},
        "period": {"none": 0.95},
        "gap": {"seconds": 0.5, "minutes": 0.35, "hour": 0.1},
        "retrain": {"yes": 0.03, "no": 0.97},
        "power": {"lost": 0.01, "kept": 0.99},
        "light": {"lost": 0.01, "kept": 0.99},
        "company": {"alone": 0.8, "access": 0.06, "nas": 0.07, "uplink": 0.03},
        "restart": {"yes": 0.01, "no": 0.99},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
        "quota": {"yes": 0.005, "no": 0.995},
    },
    settled_by=("retrain", "light"),
    examples=(
        {
            "cause": "carrier",
            "period": "none",
            "gap": "seconds",
            "retrain": "no",
            "power": "kept",
            "company": "alone",
        },
    ),
)
