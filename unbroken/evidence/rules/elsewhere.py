"""Not ours: another network, a service on the internet, the mobile net of the street (S20)."""

from collections.abc import Mapping
from datetime import timedelta

from unbroken.evidence import finding
from unbroken.evidence.carried import ANSWERED
from unbroken.evidence.endings import CAUSES
from unbroken.evidence.facts import Report
from unbroken.evidence.rule import Case, Rule, Weighed
from unbroken.ground.words import _

LATELY = timedelta(hours=4)
FAR = 0.4
UNFELT = 3.0
"""Nobody on this line says anything: what the street writes about may not be felt here."""


def weighs(case: Case) -> Weighed:
    """Several of one street complain at once and no record of any of them changed."""
    if case.picture.state != "up":
        return Weighed(-4.0)
    others = _well_and_complaining(case)
    complaint = case.complaint
    if complaint is None and not others:
        return Weighed(-5.0)
    weight = -1.0
    if complaint is not None and complaint.is_about("content"):
        weight = 4.6
        if complaint.is_about("none", "wifi", "drops"):
            weight -= 2.0
    near = _as_near(case, others)
    if near >= 1.5:
        weight = max(weight, 1.0) + min(3.0, 1.2 * near)
    if complaint is None:
        weight -= UNFELT
    way = case.carried
    if way.is_clear or (way.names_answered is not None and way.names_answered >= ANSWERED):
        weight += 0.4
    if way.loses_behind_nas or way.loses_before_nas or way.fills_itself:
        weight -= 1.0
    told = tuple(finding.of_report(report) for report in list(others.values())[:5])
    first = min((report.at for report in others.values()), default=None)
    return Weighed(weight, told, onset=first, affected=len(others) + 1)


def _well_and_complaining(case: Case) -> dict[str, Report]:
    """The latest report of each neighbour who wrote lately although the own session is well."""
    well = {
        neighbour.service
        for neighbour in case.facts.neighbours
        if neighbour.sessions and neighbour.sessions[-1].ended is None
    } - _struck(case)
    return {
        report.service: report
        for report in case.facts.reports
        if report.service in well and case.at - LATELY <= report.at <= case.at
    }


def _as_near(case: Case, others: Mapping[str, Report]) -> float:
    """How many they are; one who shares no more than a NAS or the power counts for less."""
    wide = {one.key for one in case.facts.chain if one.kind in ("nas", "feeder", "site")}
    of_street = {
        neighbour.service
        for neighbour in case.facts.neighbours
        if not set(neighbour.shared) <= wide
    }
    return sum(1.0 if one in of_street else FAR for one in others)


def _struck(case: Case) -> set[str]:
    """This service, and neighbours whose own sessions broke: they write about their own lines."""
    since = case.at - LATELY - LATELY
    return {
        neighbour.service
        for neighbour in case.facts.neighbours
        for one in neighbour.sessions
        if one.ended is not None
        and one.ended >= since
        and CAUSES.get(one.cause) not in ("timeout", "user")
    }


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
