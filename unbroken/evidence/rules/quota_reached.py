"""The plan's octets are used up: the session is cut by design (S17)."""

from unbroken.evidence import finding
from unbroken.evidence.drops import octets_between, period_start
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed
from unbroken.ground.words import _


def weighs(case: Case) -> Weighed:
    """What was used since the month of the quota began, against the quota."""
    service = case.facts.service
    if not service.quota_octets:
        return Weighed(-8.0)
    since = period_start(service.quota_day or 1, case.at, case.picture.zone)
    used = octets_between(case.picture.sessions, since, case.at)
    share = used / service.quota_octets
    told = (finding.of_inventory(
        service.key, case.at, quota_octets=service.quota_octets, used_octets=round(used)
    ),)  # fmt: skip
    values = {"share": f"{share:.0%}"}
    if share >= 0.97:
        cut = [drop for drop in case.drops if (one := drop.sign("quota")) and one.value == "yes"]
        onset = cut[0].at if cut else None
        return Weighed(2.5 if cut else 0.8, told, onset=onset, values=values)
    return Weighed(-4.0, (), told, values=values) if share < 0.9 else NOTHING


rule = Rule(
    key="quota_reached",
    label=_("Quota used up"),
    prior=0.02,
    sentence=_("The plan's volume is used up ({share}): the session was ended by design."),
    next_check=_("Compare the volume of the plan with what the sessions counted this month."),
    refuted_by=_("Volume left, or a break before it was used up."),
    predicts={
        "quota": {"yes": 0.95, "no": 0.05},
        "cause": {"user": 0.4, "request": 0.25, "admin": 0.2, "timeout": 0.06},
        "period": {"none": 0.95},
        "retrain": {"yes": 0.03, "no": 0.97},
        "power": {"lost": 0.01, "kept": 0.99},
        "light": {"lost": 0.01, "kept": 0.99},
        "company": {"alone": 0.98},
        "restart": {"yes": 0.005, "no": 0.995},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.98},
    },
    weighs=weighs,
    settled_by=("quota",),
    examples=(
        {"cause": "user", "period": "none", "quota": "yes", "retrain": "no", "company": "alone"},
    ),
)
