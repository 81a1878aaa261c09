"""The customer's device reconnects by itself every night at one time (S2)."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="cpe_scheduled_reconnect",
    label=_("Device reconnects by schedule"),
    prior=0.035,
    sentence=_(
        "The customer's device reconnects by itself at about {clock} every day; every break "
        "fits that, and the line itself holds."
    ),
    next_check=_("Look into the device's settings for a scheduled reconnect at that minute."),
    refuted_by=_(
        "An end at another time of day, or a new training of the line at the same moment."
    ),
    predicts={
        "work": {"yes": 0.003, "no": 0.997},
        "period": {"clock": 0.62, "both": 0.37},
        "cause": {"user": 0.86, "carrier": 0.06, "none": 0.03, "timeout": 0.01},
        "gap": {"seconds": 0.7, "minutes": 0.28, "hour": 0.01},
        "retrain": {"yes": 0.04, "no": 0.96},
        "power": {"lost": 0.01, "kept": 0.99},
        "company": {"alone": 0.96},
        "restart": {"yes": 0.005, "no": 0.995},
        "alarm": {"none": 0.98},
    },
    is_harmless=True,
    ask=_("Is a nightly reconnect switched on in the device?"),
    examples=(
        {"cause": "user", "period": "clock", "gap": "seconds", "retrain": "no", "company": "alone"},
    ),
)
