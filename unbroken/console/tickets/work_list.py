"""What to do next: one list over every queue the agent may see, the earliest promise first.

Open requests without a running promise stand below the others, never nowhere. Pages go on
after a place (a due time and a number), so the hundredth costs what the first does.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.console.access import Seen
from unbroken.console.news import latest_event
from unbroken.console.presence.people import Looker, people_in
from unbroken.console.tickets import counting, labels
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counting import Size, Standing
from unbroken.console.tickets.filters import Ask, Place, read, without
from unbroken.console.tickets.narrowing import QUERIES, Narrowing, narrowing
from unbroken.console.tickets.side import ViewGroup, groups_of, title_of
from unbroken.ground.sql import rows, rows_of
from unbroken.ground.words import current_language, in_language
from unbroken.staffing.queries import AgentCard

PAGE = 50
LOOKED_AT = 1000
"""How many promises are looked at one by one before all that fit are taken and sorted."""


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """One line of the list."""

    number: int
    name: str
    customer: str | None
    sender: str | None
    is_vip: bool
    topic: str | None
    channel: str
    status: str
    waiting_for: str
    customer_wrote_last: bool
    priority: str
    team: str | None
    assignee: str | None
    is_mine: bool
    is_unread: bool
    sleep: str
    sleeps_until: datetime | None
    is_back: bool
    looks: Any
    due_at: datetime | None
    risk_at: datetime | None
    promise_key: str | None
    promise_state: str
    progress: list[int]

    @property
    def lookers(self) -> list[Looker]:
        """Who has it open now."""
        return people_in(self.looks)

    @property
    def waits(self) -> str:
        """Who waits for whom."""
        return labels.who_waits(self.status, self.waiting_for, self.customer_wrote_last)

    @property
    def priority_word(self) -> str:
        """Only what is above the ordinary is named."""
        phrase = labels.MARKED_PRIORITIES.get(self.priority)
        return in_language(phrase) if phrase else ""

    @property
    def promise(self) -> str:
        """What was promised."""
        return labels.promise_word(self.promise_key) if self.promise_key else ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One word of the address, and the list without it."""

    word: str
    address: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything the list page shows."""

    title: str
    words: str
    address: str
    chips: tuple[Chip, ...]
    unknown: tuple[str, ...]
    strangers: tuple[str, ...]
    is_narrowed: bool
    size: Size
    exact_address: str
    rows: tuple[WaitingTicket, ...]
    views: tuple[ViewGroup, ...]
    next_address: str
    since: int


def work_page(
    agent: AgentCard, words: str, place: Place | None, at: datetime, *, exact: bool = False
) -> WorkPage:
    """The list for these words, from this place on."""
    ask, stands = read(words), counting.standing(agent)
    narrow = narrowing(agent, ask, at)
    found = _lines(_found(ask, narrow, place, stands), narrow)
    shown, more = found[:PAGE], found[PAGE:]
    views = groups_of(agent, stands, words, at)
    here = next((v for group in views for v in group.views if v.is_current), None)
    return WorkPage(
        title=here.name if here else title_of(ask),
        words=words,
        address=address_of(words, place),
        chips=tuple(
            Chip(word, address_of(without(words, n))) for n, word in enumerate(words.split())
        ),
        unknown=ask.unknown,
        strangers=narrow.strangers,
        is_narrowed=ask.is_narrowed,
        size=Size(len(found))
        if place is None and not more
        else _size(agent, ask, words, stands, at, exact=exact),
        exact_address=address_of(words, exact=True),
        rows=tuple(shown),
        views=views,
        next_address=address_of(words, _place_of(shown[-1])) if more else "",
        since=latest_event(),
    )


def _size(
    agent: AgentCard, ask: Ask, words: str, stands: Standing, at: datetime, *, exact: bool
) -> Size:
    if not ask.is_narrowed:
        return Size(stands.everything)
    if words == "mine":
        return Size(stands.mine)
    return counting.size(agent, words, stands.lent, at, exact=exact)


def lines_for(agent: AgentCard, words: str, at: datetime, *, limit: int) -> list[WaitingTicket]:
    """The list without its page: every line in order, up to the limit."""
    ask = read(words)
    narrow = narrowing(agent, ask, at)
    if ask.numbers:
        name = "work_numbers"
    elif ask.counted:
        name = "work_any"
    else:
        name = "work_ended" if "ended" in ask.flags else "work_sorted"
    numbers = _numbers(name, narrow, None, limit=limit)
    parts = (numbers[place : place + LOOKED_AT] for place in range(0, len(numbers), LOOKED_AT))
    return [line for part in parts for line in _lines(part, narrow)]


def _found(ask: Ask, narrow: Narrowing, place: Place | None, stands: Standing) -> list[int]:
    """The numbers of the lines in their order, one more than a page."""
    if ask.numbers:
        return _numbers("work_numbers", narrow, None)
    if ask.counted:
        return _numbers("work_any", narrow, place)
    if "ended" in ask.flags:
        return _numbers("work_ended", narrow, place)
    is_few = ask.customer or ask.tag or ask.assigned or "mine" in ask.flags
    if stands.everything > LOOKED_AT and not is_few and (place is None or place.due_at):
        found = _numbers("work_first", narrow, place)
        if len(found) > PAGE:
            return found
    return _numbers("work_sorted", narrow, place)


def _numbers(
    name: str, narrow: Narrowing, place: Place | None, *, limit: int = PAGE + 1
) -> list[int]:
    values = {
        **narrow.values,
        "after_due": place.due_at if place else None,
        "after_number": place.number if place else None,
        "looked_at": LOOKED_AT,
        "limit": limit,
    }
    return [one.id for one in rows_of(Seen, narrow.statement(name), values)]


def _lines(numbers: list[int], narrow: Narrowing) -> list[WaitingTicket]:
    if not numbers:
        return []
    lines = rows(
        WaitingTicket,
        f"{QUERIES}/work_rows.sql",
        shown=numbers,
        me=narrow.values["me"],
        at=narrow.values["at"],
        language=current_language(),
    )
    by_number = {line.number: line for line in lines}
    return [by_number[number] for number in numbers if number in by_number]


def _place_of(ticket: WaitingTicket) -> Place:
    return Place(ticket.due_at, ticket.number)
