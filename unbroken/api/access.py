"""Who may see what over the API: permission is part of fetching.

A token sees every ticket, or, when it is limited to teams, the tickets of these teams and
those it opened itself. Anything else is "not found", so that nobody learns it exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from unbroken.api.errors import (
    NO_TICKET,
    NO_TOKEN,
    NOT_ALLOWED,
    TWICE,
    UNKNOWN_OPTION,
    Wrong,
    answer,
)
from unbroken.conversation import queries as record
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.clock import now
from unbroken.ground.sql import row
from unbroken.staffing.state.tokens import note_use
from unbroken.staffing.tokens import Caller, caller_with


class ApiRequest(HttpRequest):
    """A request by another system that showed its token."""

    auth: Caller


class Bearer(HttpBearer):
    """Lets in whoever shows a token that is good for `scope`."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller, or a refusal."""
        caller = caller_with(token)
        if caller is None:
            raise Wrong(401, "no_token", NO_TOKEN)
        if self.scope not in caller.scopes:
            raise Wrong(403, "no_scope", NOT_ALLOWED, scope=self.scope)
        note_use(caller, at=now())
        return caller


def options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only these options may stand behind the question mark: none is silently ignored."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            for given in request.GET:
                if given not in names:
                    known = ", ".join(names) or "-"
                    return answer(400, "bad_option", UNKNOWN_OPTION, option=given, known=known)
                if len(request.GET.getlist(given)) > 1:
                    return answer(400, "bad_option", TWICE, option=given)
            return view(request, *args, **kwargs)

        return checked

    return decorate


@dataclass(frozen=True, slots=True)
class Seen:
    """The number of a ticket that the caller may see."""

    id: int


def sight(caller: Caller) -> dict[str, Any]:
    """What every question about tickets is told about the caller."""
    return {
        "sees_all": not caller.team_ids,
        "teams": list(caller.team_ids),
        "token": str(caller.token_id),
    }


def ticket_for(request: HttpRequest, number: int) -> TicketFacts:
    """The ticket if this caller may see it; not found otherwise."""
    seen = row(Seen, "api/tickets/queries/may_see.sql", number=number, **sight(caller_of(request)))
    facts = record.ticket_facts(seen.id) if seen else None
    if facts is None:
        raise Wrong(404, "ticket.unknown", NO_TICKET, number=number)
    return facts


def caller_of(request: HttpRequest) -> Caller:
    """Who is asking; only behind `Bearer`."""
    return cast(ApiRequest, request).auth
