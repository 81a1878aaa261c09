"""The NAS began anew: all its sessions end, Accounting-On follows (S11)."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="nas_restart",
    label=_("NAS restart"),
    prior=0.03,
    sentence=_(
        "The NAS {nas} restarted: all its sessions ended at once and could log in again when "
        "it was back."
    ),
    next_check=_("Read the NAS's log for a crash or a reload, and whether it was notified."),
    refuted_by=_("Sessions of the same NAS that went on, or no Accounting-On after it."),
    predicts={
        "restart": {"yes": 0.97, "no": 0.03},
        "cause": {"nas": 0.8, "carrier": 0.06, "admin": 0.05, "none": 0.06},
        "period": {"none": 0.97},
        "gap": {"seconds": 0.15, "minutes": 0.65, "hour": 0.15},
        "retrain": {"yes": 0.04, "no": 0.96},
        "power": {"lost": 0.02, "kept": 0.98},
        "their_power": {"lost": 0.02, "kept": 0.98},
        "light": {"lost": 0.03, "kept": 0.97},
        "company": {
            "alone": 0.06,
            "nas": 0.68,
            "access": 0.1,
            "uplink": 0.05,
            "feeder": 0.04,
            "cable": 0.03,
            "splitter": 0.02,
        },
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.7, "nas": 0.24},
    },
    settled_by=("restart",),
    examples=(
        {"cause": "nas", "gap": "minutes", "restart": "yes", "retrain": "no", "company": "nas"},
    ),
)
