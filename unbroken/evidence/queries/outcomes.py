"""Confirmed causes: what verdicts learn from, and what they are judged by."""

from datetime import datetime, timedelta

from unbroken.evidence.judging import NO_FAULT, PRIOR_NO_FAULT
from unbroken.evidence.picture import Picture
from unbroken.evidence.priors import Confirmed, Factors, factors
from unbroken.evidence.rules import all_rules
from unbroken.ground.kept import KeptMany
from unbroken.ground.sql import planned_once, text_of

LEARNED_FROM = timedelta(days=730)
SECONDS = 60.0

_kept: KeptMany[tuple[Confirmed, ...]] = KeptMany(SECONDS)


def learned(picture: Picture) -> Factors:
    """How much commoner or rarer each cause is on this kind of access than the trade says."""
    hour = picture.at.replace(minute=0, second=0, microsecond=0)
    rows = _kept.get(hour, lambda: _confirmed(picture.at))
    if not rows:
        return {}
    access = picture.access
    known = {
        rule.key: rule.prior
        for rule in all_rules().values()
        if not rule.access or not access or access in rule.access
    }
    return factors(known | {NO_FAULT: PRIOR_NO_FAULT}, rows, access)


def _confirmed(at: datetime) -> tuple[Confirmed, ...]:
    with planned_once() as cursor:
        cursor.execute(
            text_of("evidence/queries/outcomes.sql"), {"at": at, "since": at - LEARNED_FROM}
        )
        return tuple(Confirmed(access, cause, float(cases)) for access, cause, cases in cursor)
