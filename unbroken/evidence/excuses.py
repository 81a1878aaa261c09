"""When what happens by design is no answer, though nothing else is seen just now. Pure."""

from datetime import datetime, timedelta

from unbroken.evidence.drops import looked_since
from unbroken.evidence.endings import CAUSES
from unbroken.evidence.periods import keeps_length
from unbroken.evidence.rule import Case

EARLIER, EARLIER_BREAKS = timedelta(days=21), 3
"""So many lost carriers in the weeks before those looked at: a reset is no answer to them."""


def may_be_worse(case: Case) -> bool:
    """Nothing is heard now, or breaks that are complained of ended only lately."""
    return case.picture.state == "silent" or ended_lately(case) is not None


def ended_lately(case: Case) -> datetime | None:
    """The last of several lost carriers before the days looked at, where breaks are complained of.

    A fault that was quiet for a week may come back, and the customer speaks of it.
    """
    if case.complaint is None or not case.complaint.is_about("drops", "none"):
        return None
    since, until = case.at - EARLIER, looked_since(case.picture)
    odd = [
        at
        for session, at, _back in case.picture.ends
        if since <= at < until
        and CAUSES.get(session.cause) == "carrier"
        and keeps_length(session, at, case.picture.lengths) is None
    ]
    return odd[-1] if len(odd) >= EARLIER_BREAKS else None
