"""How long each kind of record is kept; what is older goes, whole parts at a time."""

import logging
from datetime import timedelta

from django.conf import settings

from unbroken.evidence.state import ageing, expiry, filling, thinning
from unbroken.ground.clock import now

log = logging.getLogger(__name__)


def drop_what_is_old() -> None:
    """Raw packets first: the sessions folded from them stay much longer.

    Readings go only when every day that is over was thinned out: an hour later they go too.
    """
    keeps = settings.UNBROKEN
    at = now()
    raw = at - timedelta(days=keeps.radius_days)
    long = at - timedelta(days=keeps.evidence_days)
    dropped = expiry.drop_raw(raw) + expiry.drop_records(long)
    if not thinning.thin_what_is_over(now=at):
        dropped += expiry.drop_readings(at - timedelta(days=keeps.readings_days))
    gone = expiry.drop_sessions(long) + ageing.drop_lists(long.date())
    gone += filling.drop_lists(long.date())
    if dropped or gone:
        log.info("records of the network: %s dropped, %d sessions gone", dropped, gone)
