"""What to do next: one list over every queue the agent may see, the earliest promise first.

Open requests without a running promise stand below the others, never nowhere. Pages go on
after a place (a due time and a number), so the hundredth costs what the first does.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from unbroken.console.access import Seen, sight
from unbroken.console.news import latest_event
from unbroken.console.tickets import labels
from unbroken.console.tickets.filters import Ask, Place, read
from unbroken.ground.sql import rows, rows_of, text_of
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.staffing.queries import AgentCard

PAGE = 50
COUNT_MAX = 1000

EVERYTHING, MINE = _("What to do next"), _("Mine")
UNASSIGNED, WAITING = _("Nobody's yet"), _("Waiting for customers")
LATE, ENDED = _("Late"), _("Ended")
TEAMS, FOUND = _("Teams"), _("Found")


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
    due_at: datetime | None
    risk_at: datetime | None
    promise_key: str | None
    promise_state: str

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
class View:
    """One entry at the side of the list."""

    sign: str
    name: str
    address: str
    current: bool
    count: str


@dataclass(frozen=True, slots=True)
class ViewGroup:
    """Views under one heading."""

    title: str
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything the list page shows."""

    title: str
    words: str
    address: str
    unknown: tuple[str, ...]
    is_narrowed: bool
    rows: tuple[WaitingTicket, ...]
    views: tuple[ViewGroup, ...]
    next_address: str
    since: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many open requests a view holds, counted no further than is cheap."""

    key: str
    name: str
    count: int


def work_page(agent: AgentCard, words: str, place: Place | None, at: datetime) -> WorkPage:
    """The list for these words, from this place on."""
    ask = read(words)
    counts = _counts(agent)
    found = _found(agent, ask, place, at, is_few=_size(ask, counts) <= COUNT_MAX)
    shown, more = found[:PAGE], found[PAGE:]
    return WorkPage(
        title=_title(ask),
        words=words,
        address=address_of(words, place),
        unknown=ask.unknown,
        is_narrowed=ask.is_narrowed,
        rows=tuple(shown),
        views=_views(counts, words),
        next_address=address_of(words, _place_of(shown[-1])) if more else "",
        since=latest_event(),
    )


def address_of(words: str = "", place: Place | None = None) -> str:
    """The address of a list; it says all there is to say."""
    query = {key: value for key, value in (("q", words), ("after", str(place or ""))) if value}
    return reverse("console:work") + (f"?{urlencode(query)}" if query else "")


def _found(
    agent: AgentCard, ask: Ask, place: Place | None, at: datetime, *, is_few: bool
) -> list[WaitingTicket]:
    """One more than a page. The promised first, then those that nobody promised anything."""
    params, few = _params(agent, ask, at), "_few" if is_few else ""
    if ask.numbers:
        found = _numbers("work_numbers", params, None, PAGE + 1)
    elif "ended" in ask.flags:
        found = _numbers("work_ended", params, place, PAGE + 1)
    else:
        found = []
        if place is None or place.due_at is not None:
            found = _numbers(f"work_promised{few}", params, place, PAGE + 1)
            place = None
        if len(found) <= PAGE and "late" not in ask.flags:
            found += _numbers(f"work_unpromised{few}", params, place, PAGE + 1 - len(found))
    return _lines(found, params)


def _size(ask: Ask, counts: dict[str, Count]) -> int:
    """About how many open requests the list may hold: it decides from which end to read them."""
    if ask.customer or ask.tag:
        return 0
    sizes = [counts["all"].count]
    if "mine" in ask.flags:
        sizes.append(counts["mine"].count)
    if ask.team:
        teams = [counts.get(f"team:{key}") for key in ask.team]
        sizes.append(sum(team.count for team in teams if team is not None))
    return min(sizes)


def _numbers(name: str, params: dict[str, Any], place: Place | None, limit: int) -> list[int]:
    """The numbers of the lines, in their order. NARROWED is the one checked part."""
    narrowed = text_of("console/tickets/queries/narrow.sql")
    statement = text_of(f"console/tickets/queries/{name}.sql").replace(
        "NARROWED", f"\n{narrowed}\n"
    )
    after = {
        "after_due": place.due_at if place else None,
        "after_number": place.number if place else None,
    }
    return [one.id for one in rows_of(Seen, statement, {**params, **after, "limit": limit})]


def _lines(numbers: list[int], params: dict[str, Any]) -> list[WaitingTicket]:
    if not numbers:
        return []
    lines = rows(
        WaitingTicket,
        "console/tickets/queries/work_rows.sql",
        shown=numbers,
        **{name: params[name] for name in ("me", "at", "language")},
    )
    by_number = {line.number: line for line in lines}
    return [by_number[number] for number in numbers if number in by_number]


def _params(agent: AgentCard, ask: Ask, at: datetime) -> dict[str, Any]:
    narrow: dict[str, Any] = {
        name: list(getattr(ask, name)) or None
        for name in ("status", "type", "priority", "channel", "tag", "numbers")
    }
    narrow["team"] = _ids("team_ids", ask.team)
    narrow["topic"] = _ids("topic_ids", ask.topic)
    narrow["customer"] = [int(key) for key in ask.customer] or None
    narrow["text"] = [f"%{_escaped(word)}%" for word in ask.text] or None
    flags = {name: name in ask.flags for name in ("mine", "unassigned", "unread", "late")}
    return {**sight(agent), **narrow, **flags, "at": at, "language": current_language()}


def _ids(name: str, keys: tuple[str, ...]) -> list[int] | None:
    """What these short names stand for; none of them known: an empty list, and nothing is found."""
    if not keys:
        return None
    return [one.id for one in rows(Seen, f"console/tickets/queries/{name}.sql", keys=list(keys))]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _place_of(ticket: WaitingTicket) -> Place:
    return Place(ticket.due_at, ticket.number)


def _title(ask: Ask) -> str:
    known: dict[Ask, Phrase] = {
        Ask(): EVERYTHING,
        Ask(flags=frozenset({"mine"})): MINE,
        Ask(flags=frozenset({"unassigned"})): UNASSIGNED,
        Ask(flags=frozenset({"late"})): LATE,
        Ask(flags=frozenset({"ended"})): ENDED,
        Ask(status=("pending",)): WAITING,
    }
    return in_language(known.get(ask, FOUND))


def _counts(agent: AgentCard) -> dict[str, Count]:
    found = rows(
        Count, "console/tickets/queries/work_counts.sql", **sight(agent), limit=COUNT_MAX + 1
    )
    counts = {count.key: count for count in found}
    if counts["all"].count > COUNT_MAX:
        for uncounted in ("unassigned", "pending"):
            del counts[uncounted]
    return counts


def _views(counts: dict[str, Count], words: str) -> tuple[ViewGroup, ...]:
    own = (
        ("list", EVERYTHING, "", "all"),
        ("person", MINE, "mine", "mine"),
        ("inbox", UNASSIGNED, "unassigned", "unassigned"),
        ("hourglass", WAITING, "status:pending", "pending"),
        ("done", ENDED, "ended", ""),
    )
    first = tuple(
        View(sign, in_language(name), address_of(query), words == query, _capped(counts.get(key)))
        for sign, name, query, key in own
    )
    teams = tuple(
        View("team", c.name, address_of(c.key), words == c.key, _capped(c))
        for c in counts.values()
        if c.key.startswith("team:")
    )
    groups = (ViewGroup("", first), ViewGroup(in_language(TEAMS), teams))
    return tuple(group for group in groups if group.views)


def _capped(count: Count | None) -> str:
    if count is None:
        return ""
    return f"{COUNT_MAX:,}+" if count.count > COUNT_MAX else str(count.count)
