"""The palette: one box for tickets, people, numbers, circuits and articles, while one types.

The same questions as the page of the search, a few answers of each; what one may not see is not
found. The commands stand in the page already, so they answer without being asked for here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.search import (
    KnownThing,
    address_of,
    articles_of,
    lines_of,
    numbered,
    sight_of,
    things_of,
)
from unbroken.console.tickets.work_list import WaitingTicket
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, wants_part
from unbroken.knowledge.queries import ShelfRow
from unbroken.search import asking
from unbroken.search import queries as search
from unbroken.staffing.queries import AgentCard

TICKETS_MAX, THINGS_MAX, ARTICLES_MAX = 6, 5, 3
LETTERS_MIN = 2
PART = "console/anywhere/_found.html"


@dataclass(frozen=True, slots=True)
class Quick:
    """A few of what fits: requests best first, names and numbers, articles."""

    typed: str
    tickets: tuple[WaitingTicket, ...] = ()
    things: tuple[KnownThing, ...] = ()
    articles: tuple[ShelfRow, ...] = ()

    @property
    def everything(self) -> str:
        """Where all that fits stands."""
        return address_of(self.typed)

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self.tickets) + len(self.things) + len(self.articles)


@agent_required
@require_GET
def palette(request: AgentRequest) -> HttpResponse:
    """What fits the letters so far; whoever comes without a script gets the page of the search."""
    typed = request.GET.get("q", "")
    if not wants_part(request):
        return go(address_of(typed))
    context = {"agent": request.agent, "quick": quick(request.agent, typed, now())}
    return answer(request, PART, context, parts=(PART,))


def quick(agent: AgentCard, typed: str, at: datetime) -> Quick:
    """A few of what fits."""
    typed = " ".join(typed.replace("\0", "").split())[: asking.LETTERS_MAX]
    if len(typed) < LETTERS_MIN:
        return Quick(typed)
    asked, own = asking.read(typed), sight_of(agent)
    found = search.find(asking.read(growing(typed)), own, None, today=at.astimezone(UTC).date())
    first = numbered(agent, asked)
    numbers = [*first, *(hit.number for hit in found.hits if hit.number not in first)]
    return Quick(
        typed,
        tickets=tuple(lines_of(agent, numbers[:TICKETS_MAX])),
        things=things_of(asked, own)[:THINGS_MAX],
        articles=articles_of(asked, at)[:ARTICLES_MAX],
    )


def growing(typed: str) -> str:
    """The last word may be only begun, or be whole in some other form. Pure."""
    last = typed.rpartition(" ")[2]
    return f"{typed} OR {last}*" if last.isalpha() and last != "OR" else typed
