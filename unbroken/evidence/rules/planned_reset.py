"""The planned reset: the session ends after a constant length, by design (S1).

It explains an end only when the length fits; never a loss of sync, and never several a day.
"""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="planned_reset",
    label=_("Planned reset"),
    prior=0.05,
    sentence=_(
        "The session is reset every {length} by design; every break fits that, and the line "
        "itself holds."
    ),
    next_check=_(
        "Compare the Session-Timeout that was sent at log-in with the length of the sessions."
    ),
    refuted_by=_("An end at another length, or a new training of the line at the same moment."),
    predicts={
        "work": {"yes": 0.003, "no": 0.997},
        "period": {"length": 0.62, "both": 0.37},
        "cause": {"timeout": 0.84, "admin": 0.05, "request": 0.05, "user": 0.03, "carrier": 0.01},
        "gap": {"seconds": 0.72, "minutes": 0.25, "hour": 0.02},
        "retrain": {"yes": 0.02, "no": 0.98},
        "power": {"lost": 0.005, "kept": 0.995},
        "light": {"lost": 0.01, "kept": 0.99},
        "company": {"alone": 0.97},
        "restart": {"yes": 0.005, "no": 0.995},
        "alarm": {"none": 0.98},
    },
    is_harmless=True,
    examples=(
        {
            "cause": "timeout",
            "period": "length",
            "gap": "seconds",
            "retrain": "no",
            "company": "alone",
        },
    ),
)
