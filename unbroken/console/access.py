"""Who may see what in the console: permission is part of fetching.

An agent sees the requests of their teams, those not yet sorted to a team, and those given to
them; an administrator sees all. Anything else is "not found", so that nobody learns it exists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.pages import go_for_everyone
from unbroken.ground.sql import row, rows
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import LoginId
from unbroken.staffing.queries import AgentCard

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Seen:
    """The number of a ticket that the reader may see."""

    id: int


class AgentRequest(HttpRequest):
    """A request by somebody who works here: their card, and they as the one who acts."""

    agent: AgentCard
    actor: Actor


AgentView = Callable[Concatenate[AgentRequest, Rest], HttpResponse]


def agent_required(
    view: AgentView[Rest],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Only for agents; anybody else is asked to sign in, and brought back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        agent = agent_of(request)
        if agent is None:
            here = request.get_full_path() if request.method == "GET" else ""
            query = f"?{urlencode({'next': here})}" if here not in ("", "/") else ""
            return go_for_everyone(request, reverse("console:sign_in") + query)
        theirs = cast(AgentRequest, request)
        theirs.agent, theirs.actor = agent, Actor.agent(agent.id)
        return view(theirs, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, Rest], HttpResponse], guarded)


def agent_of(request: HttpRequest) -> AgentCard | None:
    """The agent who signed in with this browser."""
    if not request.user.is_authenticated:
        return None
    return staffing.agent_of(LoginId(request.user.pk))


def sight(agent: AgentCard) -> dict[str, Any]:
    """What every list of tickets is told about the reader."""
    return {"sees_all": agent.is_admin, "teams": list(agent.team_ids), "me": agent.id}


def ticket_for(agent: AgentCard, number: TicketId) -> TicketId:
    """The ticket's id if this agent may see it; not found otherwise."""
    seen = row(Seen, "console/tickets/queries/may_see.sql", number=number, **sight(agent))
    if seen is None:
        raise Http404("ticket")
    return TicketId(seen.id)


def tickets_seen(agent: AgentCard, numbers: Iterable[int]) -> frozenset[int]:
    """Which of these tickets this agent may see."""
    asked = sorted(set(numbers))
    found = rows(Seen, "console/tickets/queries/may_see_these.sql", numbers=asked, **sight(agent))
    return frozenset(seen.id for seen in found)
