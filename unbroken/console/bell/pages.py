"""The bell's page, and its count in the bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, sight, ticket_for
from unbroken.console.bell import state
from unbroken.console.bell.words import why
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go
from unbroken.ground.sql import rows

SHOWN_MAX = 60
BELL = "console/bell/_bell.html"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that rings, or rang."""

    number: int
    name: str
    customer: str | None
    status: str
    kinds: Sequence[str]
    at: datetime
    seen_at: datetime | None

    @property
    def why(self) -> str:
        """What happened, the most pressing first."""
        return why(self.kinds)


@agent_required
@require_GET
def bell(request: AgentRequest) -> HttpResponse:
    """What waits for me, then what I have seen lately; htmx gets the count alone."""
    context = {"agent": request.agent, "place": "bell"}
    if request.headers.get("HX-Target") == "bell":
        return answer(request, BELL, context, parts=(BELL,))
    found = rows(
        Waiting, "console/bell/queries/waiting.sql", limit=SHOWN_MAX, **sight(request.agent)
    )
    context["waiting"] = [one for one in found if one.seen_at is None]
    context["seen"] = [one for one in found if one.seen_at is not None]
    return answer(request, "console/bell/show.html", context)


@agent_required
@require_POST
def seen(request: AgentRequest, number: int) -> HttpResponse:
    """I know of this one."""
    state.see(request.agent.id, ticket_for(request.agent, TicketId(number)), at=now())
    return go(reverse("console:bell"))
