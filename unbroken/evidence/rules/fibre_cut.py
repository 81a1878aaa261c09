"""A fibre is cut: everybody on one splitter or port loses the light at once, powered (S7)."""

from unbroken.evidence.rule import Rule
from unbroken.ground.words import _

rule = Rule(
    key="fibre_cut",
    label=_("Fibre cut"),
    prior=0.03,
    sentence=_(
        "The fibre at {element} is cut: {affected} services lost the light within minutes, "
        "and none reported lost power."
    ),
    next_check=_(
        "Look for loss of signal on the port and at the other ports of the card; measure the fibre."
    ),
    refuted_by=_(
        "Last gasps of the devices (power), or light on a neighbour of the same splitter."
    ),
    predicts={
        "cause": {"carrier": 0.85, "service": 0.05, "none": 0.06},
        "period": {"none": 0.97},
        "gap": {"seconds": 0.01, "minutes": 0.05, "hour": 0.2, "long": 0.6, "open": 0.14},
        "light": {"lost": 0.96, "kept": 0.04},
        "power": {"lost": 0.03, "kept": 0.97},
        "their_power": {"lost": 0.02, "kept": 0.98},
        "company": {"alone": 0.02, "splitter": 0.48, "port": 0.36, "cable": 0.06, "access": 0.06},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.38, "port": 0.55, "cable": 0.04, "access": 0.02},
    },
    access=("fibre", "ethernet"),
    settled_by=("company", "alarm"),
    examples=(
        {
            "cause": "carrier",
            "gap": "long",
            "light": "lost",
            "power": "kept",
            "their_power": "kept",
            "company": "splitter",
            "alarm": "none",
        },
    ),
)
