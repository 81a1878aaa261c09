"""Somebody is absent: what they have in hand goes to colleagues at once."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest
from unbroken.console.admin import shifts
from unbroken.console.admin.frame import done
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.routing.actions import assign

GIVEN = _("With colleagues now: {moved}; back with their team: {left}.")


@shifts.doing
@require_POST
def work(request: AgentRequest, agent_id: int) -> HttpResponse:
    """All of it, with the reason on record."""
    card = shifts.card_of(agent_id)
    shifts.check_plans(request, card)
    moved, left = assign.hand_over_all(agent_id=card.id, by=request.actor, at=now())
    return done(request, GIVEN, "console:admin_shift", card.id, moved=moved, left=left)
