"""Which impact and urgency give a priority, by the operator's own matrix."""

from unbroken.conversation.queries import matrix
from unbroken.conversation.states import LEVELS
from unbroken.ground.change import Refused


def levels_for(priority: str) -> tuple[str, str]:
    """The pair nearest to the diagonal: what is urgent is mostly also felt."""
    pairs = [(impact, urgency) for impact in LEVELS for urgency in LEVELS]
    pairs.sort(key=lambda pair: abs(LEVELS.index(pair[0]) - LEVELS.index(pair[1])))
    for impact, urgency in pairs:
        if matrix.priority_for(impact, urgency) == priority:
            return impact, urgency
    raise Refused("routine.not_understood", value=priority)
