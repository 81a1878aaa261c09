"""The list of what to do next."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.tickets.filters import read_place
from unbroken.console.tickets.work_list import work_page
from unbroken.ground.clock import now
from unbroken.ground.pages import answer


@agent_required
@require_GET
def work(request: AgentRequest) -> HttpResponse:
    """What to do next, or what these words ask for."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    place = read_place(request.GET.get("after", ""))
    page = work_page(request.agent, words, place, now())
    context = {"agent": request.agent, "place": "work", "work": page}
    parts = ("console/tickets/_list.html", "console/tickets/_views.html")
    return answer(request, "console/tickets/list.html", context, parts=parts)
