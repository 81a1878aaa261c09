"""What keeps rules from running in circles. Pure.

An event that a rule caused does not start the same rule again for this ticket, however many rules
lie between; chains end; and no ticket is acted on without end within an hour.
"""

from collections.abc import Sequence
from typing import Final

from unbroken.ground.words import Phrase, _

DEPTH_MAX: Final = 4
"""How many rules may follow one from another."""

PER_HOUR_MAX: Final = 20
"""How often rules may act on one ticket within an hour, all rules together."""

ITSELF, DEPTH, OFTEN = "itself", "depth", "often"
TRIPPED: Final[dict[str, Phrase]] = {
    ITSELF: _("Stopped: it would have started itself again."),
    DEPTH: _("Stopped: too many rules followed one from another."),
    OFTEN: _("Stopped: rules acted on this request too often within an hour."),
}


def stopped(rule_id: int, chain: Sequence[int], *, within_hour: int) -> str:
    """Why a rule must not act, as a key of TRIPPED; empty when it may.

    `chain`: the rules that led to the event, the first one first. `within_hour`: how often rules
    have acted on the ticket in the last hour.
    """
    if rule_id in chain:
        return ITSELF
    if len(chain) >= DEPTH_MAX:
        return DEPTH
    return OFTEN if within_hour >= PER_HOUR_MAX else ""
