"""Why is this due at 17:30? Start, calendar, pauses and whose time it was, to the second."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.admin.history import actor_names
from unbroken.console.clocks import drawing
from unbroken.console.tickets import labels
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.promise.queries.telling_why import as_json
from unbroken.promise.queries.why import Why, why


@agent_required
@require_GET
def clocks(request: AgentRequest, number: int) -> HttpResponse:
    """Every promise of a request, walked through from its start to its end."""
    found = _found(request, number)
    made_by = actor_names(one.by for told in found.promises for one in told.earlier)
    context = {
        "agent": request.agent,
        "place": "work",
        "number": number,
        "found": found,
        "told": drawing.told(found, request.agent.timezone),
        "made_by": made_by,
        "labels": labels,
        "exact": drawing.Exact(request.agent.timezone),
    }
    return answer(request, "console/clocks/show.html", context)


@agent_required
@require_GET
def clocks_json(request: AgentRequest, number: int) -> HttpResponse:
    """The same for another program."""
    return JsonResponse(as_json(_found(request, number)))


def _found(request: AgentRequest, number: int) -> Why:
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    found = why(ticket_id, at=now())
    assert found is not None  # it was just seen
    return found
