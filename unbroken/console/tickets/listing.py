"""The page of what to do next."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required, may
from unbroken.console.many import state as many
from unbroken.console.many.choices import deed_choices
from unbroken.console.saved_lists.queries import may_share_with_all, team_choices
from unbroken.console.tickets.filters import is_number, read_place, tidy
from unbroken.console.tickets.work_list import work_page
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.staffing.permissions import ANSWER

PARTS = ("console/tickets/_list.html", "console/tickets/_views.html")


@agent_required
@require_GET
def work(request: AgentRequest) -> HttpResponse:
    """What to do next, or what these words ask for."""
    words, place = tidy(request.GET.get("q", "")), read_place(request.GET.get("after", ""))
    is_exact = request.GET.get("count") == "exact"
    page = work_page(request.agent, words, place, now(), exact=is_exact)
    context = {
        "agent": request.agent,
        "place": "work",
        "work": page,
        "teams": team_choices(request.agent),
        "deeds": deed_choices(request.agent) if may(request.agent, ANSWER) else [],
        "done": _done(request),
        "may_share": may_share_with_all(request.agent),
    }
    return answer(request, "console/tickets/list.html", context, parts=PARTS)


def _done(request: AgentRequest) -> many.Done | None:
    """What the reader just did to many, so that it can be taken back from here."""
    number = request.GET.get("done", "")
    return many.kept(request.agent.id, int(number)) if is_number(number) else None
