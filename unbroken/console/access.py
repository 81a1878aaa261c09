"""Who may see what in the console: permission is part of fetching.

An agent sees the requests of their teams, those of teams whose queue lets theirs see them, those
not yet sorted to a team, and those given to them; who may see every queue sees all. Of people they
see those who take part in such a request. Anything else is "not found", so that nobody learns it
exists.

What somebody may do is asked in one place, `allowed`. A view that names no permission lets every
agent look, and only those change anything who may answer requests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from unbroken.console.anywhere.bar import Bar
from unbroken.console.doors import entering
from unbroken.conversation.ids import TicketId
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.clock import now
from unbroken.ground.pages import go_for_everyone
from unbroken.ground.sql import row, rows
from unbroken.routing import queries as routing
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import LoginId
from unbroken.staffing.permissions import ANSWER, SEE_EVERY_QUEUE
from unbroken.staffing.queries import AgentCard
from unbroken.staffing.state import traces

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Seen:
    """The number of a ticket that the reader may see."""

    id: int


@dataclass(frozen=True, slots=True)
class SeenTicket:
    """A ticket, a person, a customer; `is_elsewhere`: only who sees every queue sees it."""

    id: int
    is_elsewhere: bool


class AgentRequest(HttpRequest):
    """A request by somebody who works here: their card, they as the one who acts, their bar."""

    agent: AgentCard
    actor: Actor
    bar: Bar


AgentView = Callable[Concatenate[AgentRequest, Rest], HttpResponse]


LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
ANYBODY = ""


def allowed(
    *, do: str, read: str | None = None, is_own: bool = False
) -> Callable[[AgentView[Rest]], Callable[Concatenate[HttpRequest, Rest], HttpResponse]]:
    """A view only for agents who have the permission `do` or, if they only look, `read`.

    A stranger is asked to sign in, and brought back afterwards; who has to set up a second proof
    first sees nothing but their own pages (`is_own`).
    """

    def guard(view: AgentView[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            agent = agent_of(request)
            if agent is None:
                return _to_the_door(request)
            is_looking = request.method in LOOKING and read is not None
            if not (may(agent, do) or (is_looking and may(agent, read or ANYBODY))):
                raise PermissionDenied
            if not is_own and entering.needs_more(request, agent):
                return go_for_everyone(request, reverse("console:own"))
            entering.note_seen(request)
            theirs = cast(AgentRequest, request)
            theirs.agent, theirs.actor = agent, Actor.agent(agent.id)
            theirs.bar = Bar(agent)
            return view(theirs, *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, Rest], HttpResponse], guarded)

    return guard


def agent_required(
    view: AgentView[Rest],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Every agent may look; to change something one needs to be allowed to answer."""
    guard: Any = allowed(do=ANSWER, read=ANYBODY)
    return cast(Callable[Concatenate[HttpRequest, Rest], HttpResponse], guard(view))


def may(agent: AgentCard, permission: str) -> bool:
    """Whether this agent may do that; without a name, everybody may."""
    return not permission or permission in agent.permissions


def _to_the_door(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': here})}" if here not in ("", "/") else ""
    return go_for_everyone(request, reverse("console:sign_in") + query)


def agent_of(request: HttpRequest) -> AgentCard | None:
    """The agent who signed in with this browser."""
    if not request.user.is_authenticated:
        return None
    return staffing.agent_of(LoginId(request.user.pk))


def sight(agent: AgentCard) -> dict[str, Any]:
    """What every list of tickets is told about the reader."""
    return routing.sight(agent)


def ticket_for(agent: AgentCard, number: TicketId, *, note: str = "") -> TicketId:
    """The ticket's id if this agent may see it; not found otherwise.

    Whoever sees it only because they may see every queue leaves a trace; `note` says of what in it.
    """
    seen = row(SeenTicket, "console/tickets/queries/may_see.sql", number=number, **sight(agent))
    if seen is None:
        raise Http404("ticket")
    if seen.is_elsewhere:
        note_reading(agent, f"ticket:{seen.id}", note=note)
    return TicketId(seen.id)


def is_elsewhere(agent: AgentCard, team_id: int | None, assignee_id: int | None) -> bool:
    """Whether a ticket of this team is in none of the agent's queues, nor theirs to do."""
    return team_id is not None and team_id not in agent.team_ids and assignee_id != agent.id


def note_reading(agent: AgentCard, thing: str, *, note: str = "") -> None:
    """They read what is not in their queues: on record, with the permission that let them."""
    traces.note_reading(agent.id, thing, note=note, why=SEE_EVERY_QUEUE, at=now())


def contact_for(agent: AgentCard, contact_id: ContactId) -> ContactCard:
    """A person, if one of their requests is one that this agent may see; not found otherwise."""
    seen = row(
        SeenTicket, "console/queries/may_see_contact.sql", contact=contact_id, **sight(agent)
    )
    card = directory.contact(contact_id) if seen is not None else None
    if card is None or seen is None:
        raise Http404("contact")
    if seen.is_elsewhere:
        note_reading(agent, f"contact:{contact_id}")
    return card


def tickets_seen(agent: AgentCard, numbers: Iterable[int]) -> frozenset[int]:
    """Which of these tickets this agent may see."""
    asked = sorted(set(numbers))
    found = rows(Seen, "console/tickets/queries/may_see_these.sql", numbers=asked, **sight(agent))
    return frozenset(seen.id for seen in found)
