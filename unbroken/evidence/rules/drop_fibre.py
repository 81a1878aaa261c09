"""The drop fibre or a connector at home: one terminal lost the light, the siblings did not (S9)."""

from unbroken.evidence import finding
from unbroken.evidence.facts import LIGHT
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _


def weighs(case: Case) -> Weighed:
    """The light went from one reading to the next, while that of the siblings is as before."""
    dark = case.picture.standing(("LOSi", "LOS", "LOBi"), case.picture.own)
    if not dark:
        return NOTHING
    siblings = [
        case.picture.series(key, LIGHT).before(case.at)
        for neighbour in case.facts.neighbours
        for key in neighbour.resources
    ]
    lit = [one for one in siblings if one is not None and float(one.value) > -28_500]
    told = tuple(finding.of_alarm(alarm) for alarm in dark)
    told += tuple(finding.of_reading(one) for one in lit[:2])
    return Weighed(1.0 if lit else 0.5, told, onset=dark[0].at)


rule = Rule(
    key="drop_fibre",
    label=_("Drop fibre or connector"),
    prior=0.03,
    sentence=_(
        "This terminal alone lost the light, its neighbours on the splitter have it: the drop "
        "fibre or a connector at the customer's."
    ),
    next_check=_("Have the connector at the terminal looked at, then measure the drop."),
    refuted_by=_("Neighbours of the splitter without light, or a last gasp (power)."),
    predicts={
        "light": {"lost": 0.96, "kept": 0.04},
        "cause": {"carrier": 0.86, "service": 0.04, "none": 0.06},
        "period": {"none": 0.97},
        "gap": {"seconds": 0.03, "minutes": 0.15, "hour": 0.2, "long": 0.5, "open": 0.12},
        "power": {"lost": 0.02, "kept": 0.98},
        "company": {"alone": 0.97},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
    },
    weighs=weighs,
    access=("fibre",),
    settled_by=("light",),
    ask=_("Was the cable at the terminal moved or bent; which lamp is red?"),
    examples=(
        {"cause": "carrier", "gap": "long", "light": "lost", "power": "kept", "company": "alone"},
    ),
)
