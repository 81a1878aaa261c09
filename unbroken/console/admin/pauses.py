"""Who may stop the clocks of a request, and for which reason."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import CHANGED, done
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.console.tickets.labels import HOLD_REASONS
from unbroken.conversation import actions
from unbroken.conversation.queries.pauses import pause_rules_id, reserved_reasons
from unbroken.conversation.states import HOLD_REASONS as REASONS
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.staffing.permissions import MANAGE_PROMISES


def _reasons(value: object) -> str:
    return ", ".join(in_language(HOLD_REASONS[one]) for one in REASONS if one in _listed(value))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


SHOWN["reserved"] = Shown(_("Not for everybody"), _reasons)


@allowed(do=MANAGE_PROMISES)
@require_POST
def pauses(request: AgentRequest) -> HttpResponse:
    """These reasons are for those who may stop clocks; what is not a reason is left out."""
    reserved = [one for one in request.POST.getlist("reserved") if one in REASONS]
    actions.set_pause_rules(reserved=reserved, by=request.actor, at=now())
    return done(request, CHANGED, "console:admin_agreements")


def pauses_shown() -> dict[str, Any]:
    """What the page of agreements shows of it."""
    reserved, number = reserved_reasons(), pause_rules_id()
    return {
        "pause_reasons": [
            (one, in_language(HOLD_REASONS[one]), one in reserved) for one in REASONS
        ],
        "pause_history": history(f"pause_rules:{number}")[:3] if number else [],
    }
