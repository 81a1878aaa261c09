"""The RADIUS server refuses the log-in again and again: a wrong password, or a block (S13)."""

from datetime import timedelta

from unbroken.evidence import finding
from unbroken.evidence.rule import Case, Rule, Weighed
from unbroken.ground.words import _

LATELY = timedelta(hours=48)


def weighs(case: Case) -> Weighed:
    """Refusals since the last session, while there is none."""
    lately = [one for one in case.facts.rejects if case.at - LATELY <= one.at <= case.at]
    if not lately:
        return Weighed(-7.0)
    last = case.picture.last
    got_in = last is not None and last.started > lately[-1].at
    told = tuple(finding.of_reject(one, case.facts.service.key) for one in lately[-5:])
    values = {"message": lately[-1].message or "Access-Reject"}
    if got_in:
        return Weighed(-1.0, (), told)
    weight = 5.5 if len(lately) >= 3 else 3.0
    if case.picture.state == "up":
        weight = -1.0
    summed = (finding.summary("access_rejects", told, count=len(lately)),)
    return Weighed(weight, summed, onset=lately[0].at, values=values)


rule = Rule(
    key="login_rejected",
    label=_("Log-in refused"),
    prior=0.04,
    sentence=_("The log-in is refused ({message}): a wrong password in the device, or a block."),
    next_check=_("Compare the account (blocked, unpaid, password changed) with what was sent."),
    refuted_by=_("A session that began after the last refusal."),
    predicts={
        "cause": {"user": 0.45, "carrier": 0.3, "timeout": 0.12},
        "gap": {"long": 0.5, "hour": 0.3, "open": 0.1},
        "company": {"alone": 0.96},
        "restart": {"yes": 0.02, "no": 0.98},
        "light": {"lost": 0.05, "kept": 0.95},
        "work": {"yes": 0.003, "no": 0.997},
        "alarm": {"none": 0.97},
    },
    weighs=weighs,
    ask=_("Was the device reset or replaced, or the password changed?"),
)
