"""Not ours: another network, a service on the internet, the mobile net of the street (S20)."""

from datetime import timedelta

from unbroken.evidence import finding
from unbroken.evidence.rule import Case, Rule, Weighed
from unbroken.ground.words import _

LATELY = timedelta(hours=4)


def weighs(case: Case) -> Weighed:
    """Several of one street complain at once and no record of any of them changed."""
    if case.picture.state != "up":
        return Weighed(-4.0)
    others = {
        report.service: report
        for report in case.facts.reports
        if report.service != case.facts.service.key and case.at - LATELY <= report.at <= case.at
    }
    complaint = case.complaint
    if complaint is None and not others:
        return Weighed(-5.0)
    weight = -1.0
    if complaint is not None and complaint.is_about("content"):
        weight = 4.6
        if complaint.is_about("none", "wifi", "drops"):
            weight -= 2.0
    if len(others) >= 2:
        weight = max(weight, 1.0) + min(3.0, 1.2 * len(others))
    told = tuple(finding.of_report(report) for report in list(others.values())[:5])
    first = min((report.at for report in others.values()), default=None)
    return Weighed(weight, told, onset=first, affected=len(others) + 1)


rule = Rule(
    key="elsewhere",
    label=_("Somebody else's trouble"),
    prior=0.025,
    sentence=_(
        "The session, the line and the neighbours are well: what fails lies outside our network, "
        "at one service or in another network."
    ),
    next_check=_("Reach the same service from another network; look at its status page."),
    refuted_by=_("The same service reached from elsewhere at that time."),
    weighs=weighs,
    ask=_("Which site or service exactly, and does anything else work?"),
)
