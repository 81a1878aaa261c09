"""How somebody works here: their own switches, on one page."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from unbroken.console import state
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.feed import pages as feed
from unbroken.ground.pages import answer, tell
from unbroken.ground.words import _, in_language

KEPT = _("Kept.")


@agent_required
@require_http_methods(["GET", "HEAD", "POST"])
def habits(request: AgentRequest) -> HttpResponse:
    """Whether single keys do something, and what comes by mail."""
    if request.method == "POST":
        state.set_habits(
            request.agent.id, has_shortcuts="shortcuts" in request.POST, mails=set(request.POST)
        )
        tell(request, in_language(KEPT))
    own = state.habits_of(request.agent.id)
    context = {
        "agent": request.agent,
        "place": "",
        "habits": own,
        "calendar": feed.address_of(request, request.agent.id, own.calendar_edition),
    }
    return answer(request, "console/habits.html", context, to=reverse("console:habits"))
