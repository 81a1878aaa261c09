"""The complaint is present, the session is up and the line is well: the network at home (S14)."""

from datetime import timedelta

from unbroken.evidence import finding
from unbroken.evidence.carried import UNANSWERED
from unbroken.evidence.finding import Record
from unbroken.evidence.rule import Case, Rule, Weighed
from unbroken.ground.words import _

FLOWS_OCTETS = 2_000_000
FILLS_ITSELF = 3.5
"""The customer's own uploads or downloads fill the line, hour after hour (S16, second half)."""


def weighs(case: Case) -> Weighed:
    """Someone complains now of what the records do not show."""
    complaint = case.complaint
    if complaint is None or not complaint.kinds:
        return Weighed(-6.0)
    last = case.picture.last
    if case.picture.state != "up" or last is None:
        return Weighed(-4.0)
    told: tuple[Record, ...] = (finding.of_start(last),)
    weight = 2.2
    if _is_seen(case):
        weight -= 4.0
    if complaint.is_about("wifi"):
        weight += 2.0
    if complaint.is_about("content") and not complaint.is_about("none", "wifi"):
        weight -= 1.5
    if last.input_octets + last.output_octets > FLOWS_OCTETS:
        weight += 0.3
    if case.at - last.started < timedelta(minutes=30):
        weight -= 1.5
    link = case.picture.link.before(case.at)
    if link is not None and link.value == "Up":
        told += (finding.of_reading(link),)
        weight += 0.2
    seen, beside = _carried(case)
    return Weighed(weight + beside, told + seen, onset=complaint.since)


def _carried(case: Case) -> tuple[tuple[Record, ...], float]:
    """Flows and probes: the line filled by its own customer, names not answered, a clear way."""
    way, complaint = case.carried, case.complaint
    assert complaint is not None
    weight = 0.0
    if way.fills_itself and complaint.is_about("slow"):
        weight += FILLS_ITSELF
    if way.names_answered is not None and complaint.is_about("none", "content", "wifi"):
        weight += 1.0 if way.names_answered < UNANSWERED else 0.4
    if way.is_clear:
        weight += 0.8
    if way.loses_behind_nas and complaint.is_about("slow"):
        weight += 0.6
    if way.loses_before_nas:
        weight -= 1.5
    return (way.records if weight > 0 else ()), weight


def _is_seen(case: Case) -> bool:
    """Whether the records show breaks that the customer can mean."""
    complaint = case.complaint
    assert complaint is not None
    days = 7 if complaint.is_about("drops") else 1
    if not complaint.is_about("drops", "none"):
        return False
    lately = [drop for drop in case.drops if case.at - drop.at <= timedelta(days=days)]
    if complaint.is_about("drops"):
        return len(lately) >= 2
    return any(
        (drop.gap_seconds or 0) >= 60 or drop.company.crowds or (s and s.value == "yes")
        for drop in lately
        for s in (drop.sign("restart"),)
    )


rule = Rule(
    key="home_network",
    label=_("Network at home"),
    prior=0.1,
    sentence=_(
        "The session is up since {started} and the line is well: what is felt arises behind the "
        "device, in Wi-Fi, cabling or one machine."
    ),
    next_check=_("Test by cable at the device: names answered, speed, then Wi-Fi beside it."),
    refuted_by=_("A break of the session, or errors of the line, at the time complained of."),
    weighs=weighs,
    ask=_("Does it happen by cable too; on every device?"),
)
