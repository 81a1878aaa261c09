"""Who may stop the clocks of a request, and for which reason."""

from collections.abc import Collection
from datetime import datetime

from unbroken.conversation.events import PauseRulesSet
from unbroken.conversation.models import PauseRules
from unbroken.conversation.queries.pauses import may_hold, reserved_reasons
from unbroken.conversation.states import HOLD_REASONS
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _

refusals(
    {
        "ticket.may_not_hold": _("Only those who may stop clocks hold a request for this reason."),
        "ticket.unknown_partner": _("There is no such partner."),
        "pause_rules.unknown_reason": _("There is no reason “{reason}” to hold a request."),
    }
)


def check_may_hold(reason: str, *, by: Actor) -> None:
    """Refused where the reason is reserved and this agent may not give it."""
    if not may_hold(reason, by=by):
        raise Refused("ticket.may_not_hold")


def set_pause_rules(*, reserved: Collection[str], by: Actor, at: datetime) -> None:
    """Only those who may stop clocks hold a request for these reasons from now on."""
    strange = set(reserved) - set(HOLD_REASONS)
    if strange:
        raise Refused("pause_rules.unknown_reason", reason=min(strange))
    wanted = [one for one in HOLD_REASONS if one in reserved]
    was = list(reserved_reasons())
    if wanted == was:
        return
    known = PauseRules.objects.order_by("id").values_list("pk", flat=True).first()
    doing = change(PauseRules, known, by=by, at=at) if known else begin(PauseRules, by=by, at=at)
    with doing as rules:
        rules.reserved = wanted
        rules.tell(PauseRulesSet(was={"reserved": was}, now={"reserved": wanted}))
