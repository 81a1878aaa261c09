"""The one box: what was typed, whose name or number it is, and the requests that fit, best first.

A reader finds only what they may see, and is not told how much more there is.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required, sight, tickets_seen
from unbroken.console.tickets.work_list import WaitingTicket
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.sql import rows
from unbroken.ground.words import current_language
from unbroken.knowledge import queries as knowledge
from unbroken.knowledge.queries import ShelfRow
from unbroken.search import asking
from unbroken.search import queries as search
from unbroken.search.asking import Asked
from unbroken.search.queries import Found, Known, Place, Sentence, Sight
from unbroken.staffing.queries import AgentCard

ARTICLES_MAX = 5
FEW = 3
"""Hits below which it is asked whether something else was meant."""


@dataclass(frozen=True, slots=True)
class FoundTicket:
    """A request that fits, with the sentence that does."""

    ticket: WaitingTicket
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class KnownThing:
    """Something of the card index, and where its requests are; of a service, its line."""

    known: Known
    address: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the page shows. `instead` was searched for, `maybe` might have been meant."""

    typed: str
    asked: Asked
    found: Found
    tickets: tuple[FoundTicket, ...]
    things: tuple[KnownThing, ...]
    articles: tuple[ShelfRow, ...]
    instead: str
    maybe: str
    maybe_address: str
    next_address: str
    is_later: bool


@agent_required
@require_GET
def search_page(request: AgentRequest) -> HttpResponse:
    """The page of what was found."""
    typed = request.GET.get("q", "")
    place = search.read_place(request.GET.get("after", ""))
    is_exact = "exact" in request.GET
    page = page_of(request.agent, asking.read(typed), place, is_exact=is_exact)
    context = {"agent": request.agent, "place": "search", "page": page, "typed": page.typed}
    return answer(request, "console/search/show.html", context)


def page_of(agent: AgentCard, asked: Asked, place: Place | None, *, is_exact: bool) -> SearchPage:
    """What was found, and what else may have been meant."""
    own, at = sight_of(agent), now()
    today = at.astimezone(UTC).date()
    found, instead, maybe = search.find(asked, own, place, today=today), "", ""
    first = numbered(agent, asked) if place is None else []
    shown = asked
    if place is None and len(found.hits) < FEW and not (is_exact or first or found.is_building):
        other = search.meant(asked)
        maybe = other.typed if other else ""
        if maybe and not found.hits:
            read = asking.read(maybe)
            again = search.find(read, own, None, today=today)
            found, shown, instead = (again, read, maybe) if again.hits else (found, asked, "")
            maybe = "" if instead else maybe
    numbers = [*first, *(hit.number for hit in found.hits if hit.number not in first)]
    return SearchPage(
        typed=asked.typed,
        asked=asked,
        found=found,
        tickets=_tickets(agent, shown, numbers),
        things=things_of(asked, own) if place is None else (),
        articles=articles_of(shown, at) if place is None else (),
        instead=instead,
        maybe=maybe,
        maybe_address=address_of(maybe),
        next_address=_next(instead or asked.typed, found),
        is_later=place is not None,
    )


def address_of(typed: str, place: Place | None = None) -> str:
    """The address of a search; it says all there is to say."""
    query = {key: value for key, value in (("q", typed), ("after", str(place or ""))) if value}
    return reverse("console:search") + (f"?{urlencode(query)}" if query else "")


def _next(typed: str, found: Found) -> str:
    return address_of(typed, found.next_place) if found.next_place else ""


def sight_of(agent: AgentCard) -> Sight:
    """What the reader may see, as the search asks it."""
    own = sight(agent)
    return Sight(sees_all=own["sees_all"], teams=tuple(own["teams"]), me=own["me"])


def numbered(agent: AgentCard, asked: Asked) -> list[int]:
    """The ticket of the number that was typed, if the reader may see it."""
    return sorted(tickets_seen(agent, [asked.number])) if asked.number else []


def _tickets(agent: AgentCard, asked: Asked, numbers: list[int]) -> tuple[FoundTicket, ...]:
    lines = lines_of(agent, numbers)
    if not lines:
        return ()
    told = search.sentences(asked, {line.number: line.name for line in lines})
    return tuple(FoundTicket(replace(line, is_unread=False), told[line.number]) for line in lines)


def lines_of(agent: AgentCard, numbers: list[int]) -> list[WaitingTicket]:
    """These requests as lines of a list, in this order."""
    if not numbers:
        return []
    lines = rows(
        WaitingTicket,
        "console/tickets/queries/work_rows.sql",
        shown=numbers,
        me=agent.id,
        at=now(),
        language=current_language(),
    )
    by_number = {line.number: line for line in lines}
    return [by_number[n] for n in numbers if n in by_number]


def articles_of(asked: Asked, at: datetime) -> tuple[ShelfRow, ...]:
    """Articles with these words; not asked when keys narrow the search to requests."""
    if asked.wants or asked.before or asked.after or not asked.wanted:
        return ()
    words = " ".join(term.text for term in asked.wanted)
    found = knowledge.shelf(
        current_language(), at=at, state="published", words=words, limit=ARTICLES_MAX
    )
    return tuple(found)


def things_of(asked: Asked, own: Sight) -> tuple[KnownThing, ...]:
    """Whose name or number it is; not asked when keys narrow the search."""
    if not asked.clauses or asked.wants or any(c.is_without for c in asked.clauses):
        return ()
    found = search.known(asked, sees_all=own.sees_all, teams=own.teams, me=own.me)
    return tuple(KnownThing(one, _door_of(one)) for one in found)


def _door_of(one: Known) -> str:
    if one.kind == "service":
        return reverse("console:line", args=[one.ref_id])
    if one.customer_id is not None:
        return address_of(f"customer:{one.customer_id}")
    return address_of(f'from:"{one.name}"') if one.name and one.kind != "place" else ""
