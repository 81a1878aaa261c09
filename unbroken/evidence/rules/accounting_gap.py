"""Nothing is heard of sessions, and nothing says that they ended: our own accounting path (S12).

Never a fault of the customer's line by itself, and never a reason to open an outage.
"""

from datetime import timedelta

from unbroken.evidence.finding import Record
from unbroken.evidence.rule import Case, Rule, Weighed
from unbroken.ground.words import _

LATELY = timedelta(hours=48)


def weighs(case: Case) -> Weighed:
    """Silence of whole NASes while lines are up and nobody raises an alarm."""
    last = case.picture.last
    if last is None:
        return Weighed(-4.0)
    silences = [one for one in case.facts.silences if (one.until or case.at) >= case.at - LATELY]
    open_now = [one for one in silences if one.until is None]
    mine = [one for one in silences if one.nas == last.nas]
    if not silences and case.picture.state != "silent":
        return Weighed(-4.0)
    quiet = _neighbours_silent(case)
    weight = -1.0
    if case.picture.state == "silent" or any(one.nas == last.nas for one in open_now):
        weight = 1.5 + (1.0 if mine else 0.0) + (1.5 if len(open_now) > 1 else 0.0)
        weight += 1.5 if quiet >= 0.7 else -2.0 if quiet == 0.0 and not mine else 0.0
        weight += _line_says(case)
    elif mine and not case.drops:
        weight = 2.0 + (1.0 if len(silences) > 1 else 0.0)
    since = mine[-1].since if mine else last.heard_at or last.started
    record = Record(
        "last_heard", last.heard_at or last.started, "radius", resource=last.nas,
        service=last.service, session=last.session,
    )  # fmt: skip
    return Weighed(weight, (record,), onset=since, values={"nas": last.nas})


def _line_says(case: Case) -> float:
    """The line was seen up after the last that was heard of the session, or down."""
    heard = case.picture.last.heard_at if case.picture.last else None
    told = case.picture.link.before(case.at)
    if told is None or heard is None or told.at <= heard:
        return 0.0
    return 1.5 if told.value == "Up" else -3.0


def _neighbours_silent(case: Case) -> float:
    """The share of neighbours on the same NAS whose open sessions are not heard of either."""
    last = case.picture.last
    assert last is not None
    heard = last.heard_at or last.started
    states = [
        (one.heard_at or one.started) <= heard + timedelta(minutes=20)
        for neighbour in case.facts.neighbours
        for one in neighbour.sessions[-1:]
        if one.ended is None and one.nas == last.nas
    ]
    return sum(states) / len(states) if len(states) >= 2 else 0.5


rule = Rule(
    key="accounting_gap",
    label=_("Accounting not heard"),
    prior=0.02,
    sentence=_(
        "Nothing was heard of the sessions of {nas} for a while and no session ended: our own "
        "accounting is silent, not the customer's line."
    ),
    next_check=_("Look at the way from the NAS to the accounting server, and at other NASes."),
    refuted_by=_("A stop of a session, an alarm, or a line seen down in that time."),
    weighs=weighs,
)
