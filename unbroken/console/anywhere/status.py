"""Saying how one can be reached: from the bar, in one click or by keys."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.anywhere.statuses import STATUSES, status_word
from unbroken.console.doors.entering import safe
from unbroken.console.many.choices import kept_agents
from unbroken.console.tickets.choices import forget_choices
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, tell
from unbroken.ground.words import _, in_language
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing

NOW_YOU = _("Colleagues see: {status}.")
PARTS = ("console/anywhere/_status.html", "look/_toasts.html")


@agent_required
@require_POST
def status(request: AgentRequest) -> HttpResponse:
    """Available, only writing, in a call, away or off, and why."""
    wanted = request.POST.get("status", "")
    if wanted in STATUSES:
        actions.set_status(
            agent_id=request.agent.id, status=wanted, words=request.POST.get("words", ""),
            by=request.actor, at=now(),
        )  # fmt: skip
        kept_agents.forget()
        forget_choices()
        tell(request, in_language(NOW_YOU, status=status_word(wanted)))
    agent = staffing.agent(request.agent.id) or request.agent
    to = safe(request.POST.get("next", ""))
    return answer(request, PARTS[0], {"agent": agent}, parts=PARTS, to=to)
