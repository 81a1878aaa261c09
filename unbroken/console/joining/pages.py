"""Finding the other request, and both side by side before anything is done. All of it is asked
with GET and told in the address, so that it works without JavaScript; the deeds are the ticket's.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console import access
from unbroken.console.access import AgentRequest, Seen, agent_required, sight, tickets_seen
from unbroken.console.joining.lately import DIGITS_MAX, lately
from unbroken.console.search import lines_of, numbered, sight_of
from unbroken.console.tickets import labels
from unbroken.console.tickets.work_list import WaitingTicket
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.sql import rows
from unbroken.search import asking
from unbroken.search import queries as search
from unbroken.staffing.queries import AgentCard

OFFERED_MAX, FOUND_MAX = 8, 12


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two requests that are compared."""

    number: int
    name: str
    status: str
    customer_id: int | None
    contact_id: int | None
    merged_into: int | None
    customer: str | None
    contact: str | None
    reported_at: datetime
    hands: str | None
    messages: int
    first: str | None
    last: str | None

    def is_of(self, other: "Side") -> bool:
        """Whether both are one customer's, else one person's: no others are merged."""
        if None not in (self.customer_id, other.customer_id):
            return self.customer_id == other.customer_id
        return self.contact_id == other.contact_id


@agent_required
@require_GET
def joining(request: AgentRequest, number: int) -> HttpResponse:
    """What may belong to this request; or, when one was chosen, both side by side."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    context = {"agent": request.agent, "place": "work", "number": ticket_id}
    other = request.GET.get("other", "").lstrip("#")
    if other.isascii() and other.isdigit() and len(other) <= DIGITS_MAX:
        return _both(request, ticket_id, TicketId(int(other)), context)
    typed = " ".join(request.GET.get("q", "").replace("\0", "").split())[: asking.LETTERS_MAX]
    offers = [] if typed else _offers(request.agent, ticket_id)
    viewed = [] if typed else _viewed(request, {ticket_id, *(one.number for one in offers)})
    found = [one for one in _found(request.agent, typed) if one.number != ticket_id]
    context |= {"typed": typed, "offers": offers, "viewed": viewed, "found": found}
    return answer(request, "console/joining/pick.html", context)


def _both(
    request: AgentRequest, ticket_id: TicketId, other: TicketId, context: dict[str, object]
) -> HttpResponse:
    other = access.ticket_for(request.agent, other)
    found = rows(Side, "console/joining/queries/both.sql", numbers=[ticket_id, other])
    by_number = {one.number: one for one in found}
    this, that = by_number[ticket_id], by_number[other]
    may_merge = this is not that and this.is_of(that) and not (this.merged_into or that.merged_into)
    context |= {"this": this, "that": that, "may_merge": may_merge, "relations": labels.RELATIONS}
    return answer(request, "console/joining/both.html", context)


def _offers(agent: AgentCard, number: TicketId) -> list[WaitingTicket]:
    query = "console/joining/queries/offers.sql"
    found = rows(Seen, query, number=number, limit=OFFERED_MAX, **sight(agent))
    return lines_of(agent, [one.id for one in found])


def _viewed(request: AgentRequest, shown: set[int]) -> list[WaitingTicket]:
    numbers = [one for one in lately(request) if one not in shown]
    seen = tickets_seen(request.agent, numbers) if numbers else frozenset()
    return lines_of(request.agent, [one for one in numbers if one in seen])


def _found(agent: AgentCard, typed: str) -> list[WaitingTicket]:
    if not typed:
        return []
    asked = asking.read(typed)
    found = search.find(asked, sight_of(agent), None, today=now().astimezone(UTC).date())
    first = numbered(agent, asked)
    numbers = [*first, *(hit.number for hit in found.hits if hit.number not in first)]
    return lines_of(agent, numbers[:FOUND_MAX])
