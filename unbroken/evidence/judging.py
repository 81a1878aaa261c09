"""From facts to a verdict: every cause is weighed, none is first. Pure.

For each cause: how likely are the drops, and what is seen beside them, if it were so, against how
likely anyway; times how often it is the cause at all. A drop may also be explained by what happens
by design (a planned reset beside a fault) or by a single harmless break. With too little to tell
causes apart the verdict is `unknown`: abstaining is right, guessing is not.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.evidence.complaint import Complaint
from unbroken.evidence.drops import Drop
from unbroken.evidence.excuses import may_be_worse
from unbroken.evidence.facts import Element, Facts
from unbroken.evidence.finding import Finding, Record
from unbroken.evidence.gaps import Missing, missing
from unbroken.evidence.onset import onset
from unbroken.evidence.rule import NOTHING, Case, Rule, Weighed, shares_of
from unbroken.evidence.rules import all_rules
from unbroken.evidence.weighing import Explanations

NO_FAULT, UNKNOWN = "no_fault_found", "unknown"
TEMPERATURE = 0.72
"""How much the logarithms are worth: signs are not independent. Tuned for calibration."""
SURE_ENOUGH = 0.5
MOST_CERTAIN = 0.98
UNSUPPORTED = -3.2
"""Nothing was there to see the sign by which this cause is known."""
NEEDS_NO_DROPS = 1.9
"""So much seen beside the drops names a cause without any."""
PRIOR_NO_FAULT, PRIOR_UNKNOWN = 0.12, 0.035


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A cause with its certainty."""

    finding: Finding
    certainty: float

    @property
    def key(self) -> str:
        return self.finding.key


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is most likely, how certain that is, and what would settle it otherwise."""

    service: str
    at: datetime
    key: str
    certainty: float
    since: datetime | None
    hypotheses: tuple[Hypothesis, ...]
    missing: tuple[Missing, ...]
    element: Element | None = None
    affected: int = 0
    values: Mapping[str, object] | None = None
    also: tuple[str, ...] = ()

    @property
    def leading(self) -> Hypothesis | None:
        """The cause that leads, named or not."""
        return self.hypotheses[0] if self.hypotheses else None


def judge(facts: Facts, complaint: Complaint | None = None) -> Verdict:
    """Weigh every cause and name one, or say what is missing."""
    return judge_case(Case(facts, complaint))


def judge_case(case: Case) -> Verdict:
    """The same, where the case is wanted for something else too."""
    facts = case.facts
    rules = [rule for rule in all_rules().values() if rule.fits(case)]
    explained = Explanations(case, rules)
    findings = [_finding(case, rule, explained) for rule in rules]
    findings += [_no_fault(case, explained), _unknown(case)]
    certain = _certainties(findings)
    ranked = sorted(findings, key=lambda one: (-certain[one.key], one.key))
    lacking = missing(case)
    key = ranked[0].key
    if certain[key] < SURE_ENOUGH or _has_nothing(case) or not _is_settled(ranked[0], case):
        key = UNKNOWN
    told = [
        Hypothesis(one, certain[one.key]) for one in ranked if _is_told(one, certain, key, case)
    ]
    top = next((one for one in ranked if one.key == key), None)
    changed = case.mode_changed.at if case.mode_changed else None
    also = ("access_mode_changed",) if changed and key != "access_mode_changed" else ()
    return Verdict(
        facts.service.key, facts.at, key,
        certain[key] if key != UNKNOWN else round(1 - certain[ranked[0].key], 4),
        top.onset if top else None, tuple(told), lacking,
        top.element if top else None, top.affected if top else 0,
        _values(case, top, changed), also,
    )  # fmt: skip


def _finding(case: Case, rule: Rule, explained: Explanations) -> Finding:
    """One cause, weighed."""
    beside = rule.weighs(case) if rule.weighs else NOTHING
    weight = math.log(case.prior(rule.key, rule.prior)) + beside.weight
    mine = explained.own_drops(rule.key)
    weight += explained.all_by(rule.key, bool(mine) or rule.weighs is None)
    if rule.predicts is not None and not mine and beside.weight < NEEDS_NO_DROPS:
        weight -= 4.0
    if rule.settled_by and mine and not any(d.sign(n) for d in mine for n in rule.settled_by):
        weight += UNSUPPORTED
    weight += _state(case, rule, mine)
    speaks_for, speaks_against = _evidence(case, rule, beside, mine)
    crowd = next((drop.company.lowest for drop in reversed(mine) if drop.company.lowest), None)
    named = _named(case, rule, mine, beside)
    affected = beside.affected or (_affected(crowd.element, crowd.share) if crowd else 1)
    if named is not None and crowd is not None and named.key != crowd.element.key:
        affected = max(2, _affected(named, crowd.share))
    since = onset(case, rule, mine) or beside.onset
    if rule.predicts is None or (beside.onset and rule.key in _KNOWS_ITS_ONSET):
        since = beside.onset
    return Finding(
        rule.key, weight, speaks_for, speaks_against, since, named, affected,
        dict(beside.values), tuple(drop.at for drop in mine),
    )  # fmt: skip


_KNOWS_ITS_ONSET = frozenset(
    {"optical_degradation", "login_rejected", "access_mode_changed", "line_rate_low",
     "quota_reached", "cpe_firmware"}
)  # fmt: skip


def _affected(element: Element, share: float) -> int:
    """How many services are struck: all that hang on it, by the share seen to be."""
    return max(2, round(element.services * share)) if element.services else 2


def _is_settled(finding: Finding, case: Case) -> bool:
    """Whether some drop shows a sign that tells this cause from its rivals; else it is a guess."""
    rule = all_rules().get(finding.key)
    if rule is not None and rule.is_harmless and may_be_worse(case):
        return False
    if rule is None or not rule.settled_by or not finding.explains:
        return True
    return any(drop.sign(name) for drop in case.drops for name in rule.settled_by)


def _state(case: Case, rule: Rule, mine: Sequence[Drop]) -> float:
    """What is down now asks for a cause of that, and a mend of everything else is no help."""
    if case.is_down and rule.predicts is not None and case.last_drop is not None:
        return 0.0 if case.last_drop in mine else -1.0
    if case.is_down and rule.predicts is None:
        return -2.5
    if case.picture.state == "silent" and rule.key != "accounting_gap" and not mine:
        return -2.5
    complaint = case.complaint
    if complaint is not None and rule.is_harmless and complaint.is_about("slow", "content"):
        return -0.8
    return 0.0


def _evidence(
    case: Case, rule: Rule, beside: Weighed, mine: Sequence[Drop]
) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """The records of the signs that weigh most, either way; no record twice."""
    pros: dict[Record, float] = dict.fromkeys(beside.speaks_for, 9.0)
    cons: dict[Record, float] = dict.fromkeys(beside.speaks_against, 9.0)
    own = {drop.at for drop in mine}
    predicts = rule.predicts or {}
    for drop in reversed(case.drops if predicts else ()):
        for sign, share in zip(drop.signs, shares_of(predicts, drop), strict=True):
            if (share > 0.2 and drop.at not in own) or -0.7 <= share <= 0.2:
                continue
            heap = pros if share > 0 else cons
            for record in sign.records:
                heap[record] = max(heap.get(record, 0.0), abs(share))
    return _heaviest(pros), _heaviest({one: w for one, w in cons.items() if one not in pros})


EVIDENCE_MAX = 14


def _heaviest(heap: Mapping[Record, float]) -> tuple[Record, ...]:
    chosen = sorted(heap, key=lambda one: -heap[one])[:EVIDENCE_MAX]
    return tuple(sorted(chosen, key=lambda one: one.at))


def _named(case: Case, rule: Rule, mine: Sequence[Drop], beside: Weighed) -> Element | None:
    """Where it is: the element the crowd names, or of the alarm, or of the kind the cause is of."""
    if beside.element is not None:
        return beside.element
    kinds = _KINDS.get(rule.key)
    elements = case.picture.elements
    for drop in reversed(mine):
        alarm = drop.sign("alarm")
        told = [elements[one.resource] for one in alarm.records if one.resource in elements] if (
            alarm is not None
        ) else []  # fmt: skip
        crowd = [one.element for one in drop.company.crowds]
        for element in [*told, *crowd]:
            if kinds is None or element.kind in kinds:
                return element
        if kinds is not None and crowd:
            fitting = [one for one in case.facts.chain if one.kind in kinds]
            return fitting[0] if fitting else crowd[0]
    if rule.key in _OWN:
        return _own_element(case, rule.key)
    if kinds is not None and mine:
        return next((one for one in case.facts.chain if one.kind in kinds), None)
    return None


_KINDS: Mapping[str, tuple[str, ...]] = {
    "fibre_cut": ("splitter", "port", "cable"),
    "cable_cut": ("cable",),
    "wet_joint": ("cable",),
    "access_node": ("card", "dslam", "olt", "cmts", "switch", "server"),
    "uplink_down": ("link", "satellite", "radio"),
    "nas_restart": ("nas",),
    "area_power": ("feeder", "site", "splitter", "cable", "dslam"),
}
_OWN: Mapping[str, tuple[str, ...]] = {
    "line_unstable": ("line", "cpe"),
    "drop_fibre": ("line", "cpe"),
    "optical_degradation": ("line", "cpe"),
    "line_rate_low": ("line", "cpe"),
    "customer_power": ("cpe",),
    "home_network": ("cpe",),
    "cpe_firmware": ("cpe",),
    "access_mode_changed": ("cpe",),
    "cpe_scheduled_reconnect": ("cpe",),
}


def _own_element(case: Case, key: str) -> Element | None:
    return next((one for kind in _OWN[key] for one in case.facts.chain if one.kind == kind), None)


def _no_fault(case: Case, explained: Explanations) -> Finding:
    """Nothing to find: what was looked at is well."""
    weight = math.log(case.prior(NO_FAULT, PRIOR_NO_FAULT)) + explained.all_by(None)
    state = case.picture.state
    if state == "up":
        weight += 0.8
    elif state in ("down", "silent", "unheard"):
        weight -= 4.0
    if case.complaint is not None and case.complaint.kinds:
        weight -= 1.6
    by_design = [d for d in case.drops if (s := d.sign("period")) and s.value != "none"]
    if len(by_design) >= 2:
        # Somebody who looks finds the resets, and they are the answer to what is felt.
        weight -= 1.8
    return Finding(NO_FAULT, weight)


def _unknown(case: Case) -> Finding:
    """Something that nobody here has a rule for."""
    weight = math.log(PRIOR_UNKNOWN)
    if _has_nothing(case):
        weight += 20.0
    return Finding(UNKNOWN, weight)


def _has_nothing(case: Case) -> bool:
    """Neither a session nor a refused log-in nor a reading of the service's own for weeks."""
    if case.facts.rejects:
        return False
    since = case.at - timedelta(days=14)
    heard = any(
        (one.ended or one.heard_at or one.started) >= since or one.ended is None
        for one in case.facts.sessions[-3:]
    )
    return not heard and not case.picture.was_read(since) and not case.picture.own_alarms


def _certainties(findings: Sequence[Finding]) -> dict[str, float]:
    """Shares that add up to one, never quite certain."""
    highest = max(one.weight for one in findings)
    heap = {one.key: math.exp((one.weight - highest) * TEMPERATURE) for one in findings}
    total = sum(heap.values())
    return {key: round(min(MOST_CERTAIN, share / total), 4) for key, share in heap.items()}


def _is_told(finding: Finding, certain: Mapping[str, float], key: str, case: Case) -> bool:
    """Worth a line: likely, or the excuse that the records refute."""
    if finding.key == UNKNOWN and key != UNKNOWN:
        return False
    excuse = finding.key == "planned_reset" and bool(finding.speaks_against)
    excuse = excuse or (finding.key == "access_mode_changed" and case.mode_changed is not None)
    return certain[finding.key] >= 0.01 or finding.key == key or excuse


def _values(case: Case, top: Finding | None, changed: datetime | None) -> dict[str, object]:
    """What the sentences speak of."""
    mine = set(top.explains) if top else set()
    trained = sum(
        1 for drop in case.drops
        if drop.at in mine and (one := drop.sign("retrain")) and one.value == "yes"
    )  # fmt: skip
    values: dict[str, object] = {
        "drops": len(mine), "trained": trained, "affected": top.affected if top else 1,
        "element": (top.element.name or top.element.key) if top and top.element else "",
        "length": case.picture.lengths[0] if case.picture.lengths else None,
        "clock": case.picture.nights[0] if case.picture.nights else None,
        "since": top.onset if top else None,
        "started": case.picture.last.started if case.picture.last else None,
        "nas": case.picture.last.nas if case.picture.last else "",
        "changed": changed,
        **_work(case),
    }  # fmt: skip
    return values | dict(top.values if top else {})


def _work(case: Case) -> dict[str, object]:
    """The notice of the work near the last break, and when that was to be over."""
    near = [
        dict(record.data) for drop in case.drops if (one := drop.sign("work"))
        for record in one.records
    ]  # fmt: skip
    if not near:
        return {"work": "", "work_until": None}
    return {"work": str(near[-1]["key"]), "work_until": datetime.fromisoformat(near[-1]["until"])}
