"""Who may hold a request for which reason, so that its clocks stand still."""

from unbroken.conversation.models import PauseRules
from unbroken.conversation.states import RESERVED
from unbroken.ground.actor import Actor
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import STOP_CLOCKS


def reserved_reasons() -> tuple[str, ...]:
    """What only those may give as a reason who may stop clocks; ours until the operator says."""
    found = PauseRules.objects.order_by("id").values_list("reserved", flat=True).first()
    return RESERVED if found is None else tuple(found)


def pause_rules_id() -> int | None:
    """The number of their stream, once they were edited."""
    found: int | None = PauseRules.objects.order_by("id").values_list("pk", flat=True).first()
    return found


def may_hold(reason: str, *, by: Actor) -> bool:
    """Agents by their permission; the house and other systems were told by somebody who may."""
    if by.kind != "agent" or by.id is None or reason not in reserved_reasons():
        return True
    known = staffing.agent(AgentId(by.id))
    return known is not None and STOP_CLOCKS in known.permissions
