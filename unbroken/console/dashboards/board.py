"""A team's board: what will break, what nobody has, who is on and how much each has in hand.

It names requests by number and topic, and people who work here; never a customer, never a word of
theirs, so that it may hang where visitors pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.console.anywhere.statuses import STATUSES
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import Tile
from unbroken.console.many.choices import kept_agents
from unbroken.console.saved_lists.queries import kept_teams
from unbroken.console.tickets import labels
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counted import counted_word
from unbroken.console.tickets.counting import Size
from unbroken.console.tickets.narrowing import QUERIES as LISTS
from unbroken.conversation import queries as record
from unbroken.ground.kept import KeptMany
from unbroken.ground.sql import rows
from unbroken.ground.words import _, current_language, in_language
from unbroken.promise.measures import all_measures
from unbroken.quality.figures import KEPT, MISSED, RECEIVED, RESOLVED
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.queries import AgentCard, TeamCard

QUERIES = "console/dashboards/queries"
SOON = timedelta(hours=2)
SHOWN_MAX = 8
PEOPLE_MAX = 16
ON_A_WALL, PEOPLE_ON_A_WALL = 5, 9
"""Fewer and larger: they are read from five metres."""

KEPT_SECONDS = 2.0

OPEN, UNASSIGNED = _("Open"), _("Nobody's yet")
LATE, SOON_WORD = _("Late"), _("Late or due within 2 hours")
CAME, DONE, KEPT_TODAY = _("Came in today"), _("Resolved today"), _("Promises kept today")
NOBODY, ALL_TEAMS = _("nobody has it"), _("All teams")


@dataclass(frozen=True, slots=True)
class Soon:
    """A promise that is late or about to break."""

    number: int
    topic: str
    team: str
    who: str
    waits: str
    promise: str
    due_at: datetime
    risk_at: datetime | None
    is_late: bool
    is_unassigned: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team: their status, and what they have in hand."""

    name: str
    status: str
    status_word: str
    tickets: int
    waiting: int
    address: str
    share: float
    waiting_share: float


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a team's board shows."""

    name: str
    tiles: tuple[Tile, ...]
    today: tuple[Tile, ...]
    soon: tuple[Soon, ...]
    more: int
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Soon:
    soon: int
    late: int
    unassigned: int
    number: int | None
    topic_id: int | None
    status: str | None
    waiting_for: str | None
    measure: str | None
    due_at: datetime | None
    risk_at: datetime | None
    team: str | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class _Cell:
    team: int
    status: str
    is_taken: bool
    tickets: int


@dataclass(frozen=True, slots=True)
class _Hands:
    agent: int
    tickets: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Figure:
    figure: str
    amount: int


_kept: KeptMany[Board] = KeptMany(KEPT_SECONDS)


def board(
    teams: Sequence[TeamCard], *, everything: bool, at: datetime, is_wall: bool = False
) -> Board:
    """The board of these teams, made once in two seconds for all who look."""
    ids: list[int] | None = None if everything else sorted(team.id for team in teams)
    key = (tuple(ids or ()), everything, is_wall, current_language())
    return _kept.get(key, lambda: _made(teams, ids, at, is_wall))


def _made(teams: Sequence[TeamCard], ids: list[int] | None, at: datetime, is_wall: bool) -> Board:
    limit = ON_A_WALL if is_wall else SHOWN_MAX
    soon = rows(_Soon, f"{QUERIES}/due_soon.sql", teams=ids, at=at, until=at + SOON, limit=limit)
    shown = [_soon(one, at) for one in soon if one.number is not None]
    return Board(
        name=in_language(ALL_TEAMS) if ids is None else ", ".join(team.name for team in teams),
        tiles=_tiles(teams, ids, soon[0]),
        today=_today(teams, ids, at),
        soon=tuple(shown),
        more=max(0, soon[0].soon - len(shown)),
        people=_people(teams)[: PEOPLE_ON_A_WALL if is_wall else PEOPLE_MAX],
    )


def _words(teams: Sequence[TeamCard], ids: list[int] | None) -> str:
    """The words of a list that narrow it to these teams."""
    return "" if ids is None else "team:" + ",".join(team.key for team in teams)


def _tiles(teams: Sequence[TeamCard], ids: list[int] | None, soon: _Soon) -> tuple[Tile, ...]:
    cells = [
        cell
        for cell in rows(_Cell, f"{LISTS}/standing_counts.sql")
        if ids is None or cell.team in ids
    ]
    words = _words(teams, ids)
    everything = sum(cell.tickets for cell in cells)
    nobodys = sum(cell.tickets for cell in cells if not cell.is_taken)
    return (
        Tile(
            in_language(SOON_WORD),
            str(Size(soon.soon)),
            _to(words, "due:2h"),
            "risk" if soon.soon else "",
        ),
        Tile(
            in_language(LATE),
            str(Size(soon.late)),
            _to(words, "late"),
            "alarm" if soon.late else "",
        ),
        Tile(in_language(UNASSIGNED), str(Size(nobodys)), _to(words, "unassigned")),
        Tile(in_language(OPEN), str(Size(everything)), address_of(words)),
    )


def _to(words: str, more: str) -> str:
    return address_of(f"{words} {more}".strip())


def _today(teams: Sequence[TeamCard], ids: list[int] | None, at: datetime) -> tuple[Tile, ...]:
    day, measures = days.today(at), list(all_measures())
    kept, missed = [KEPT + key for key in measures], [MISSED + key for key in measures]
    found = rows(
        _Figure,
        f"{QUERIES}/day.sql",
        figures=[RECEIVED, RESOLVED, *kept, *missed],
        day=day,
        teams=ids,
    )
    amounts = {one.figure: one.amount for one in found}
    good, bad = sum(amounts.get(k, 0) for k in kept), sum(amounts.get(k, 0) for k in missed)
    words = _words(teams, ids)
    share = f"{100 * good / (good + bad):.0f} %" if good + bad else "–"
    return (
        Tile(
            in_language(CAME),
            str(Size(amounts.get(RECEIVED, 0))),
            _to(words, counted_word("received", day, day)),
        ),
        Tile(
            in_language(DONE),
            str(Size(amounts.get(RESOLVED, 0))),
            _to(words, counted_word("resolved", day, day)),
        ),
        Tile(in_language(KEPT_TODAY), share, _to(words, counted_word("missed", day, day))),
    )


def _soon(one: _Soon, at: datetime) -> Soon:
    assert one.number is not None
    assert one.due_at is not None
    names = {topic.id: topic.name_in(current_language()) for topic in record.topic_tree()}
    return Soon(
        number=one.number,
        topic=names.get(one.topic_id or 0, ""),
        team=one.team or "",
        who=one.assignee or in_language(NOBODY),
        waits=labels.who_waits(one.status or "", one.waiting_for or "", False),
        promise=labels.promise_word(one.measure or ""),
        due_at=one.due_at,
        risk_at=one.risk_at,
        is_late=one.due_at < at,
        is_unassigned=one.assignee is None,
    )


def _people(teams: Sequence[TeamCard]) -> tuple[Person, ...]:
    """Those at the desk first, then those with most in hand."""
    wanted = {team.id for team in teams}
    hands = {one.agent: one for one in rows(_Hands, f"{QUERIES}/in_hands.sql")}
    found = [
        one
        for one in kept_agents()
        if ANSWER in one.permissions and not wanted.isdisjoint(one.team_ids)
    ]
    most = max((hands[one.id].tickets for one in found if one.id in hands), default=1)
    people = [_person(one, hands.get(one.id, _Hands(one.id, 0, 0)), most) for one in found]
    ranks = {status: place for place, status in enumerate(STATUSES)}
    people.sort(key=lambda one: (ranks.get(one.status, 9), -one.tickets, one.name))
    return tuple(people)


def _person(agent: AgentCard, hands: _Hands, most: int) -> Person:
    status = agent.availability
    return Person(
        name=agent.name,
        status=status,
        status_word=in_language(STATUSES[status]) if status in STATUSES else status,
        tickets=hands.tickets,
        waiting=hands.waiting,
        address=address_of(f"assigned:{agent.email}"),
        share=round(100 * (hands.tickets - hands.waiting) / most, 1),
        waiting_share=round(100 * hands.waiting / most, 1),
    )


def teams_seen(agent: AgentCard) -> list[TeamCard]:
    """The teams whose board this agent may look at."""
    return [team for team in kept_teams() if agent.sees_all or team.id in agent.team_ids]


def teams_named(ids: Sequence[int]) -> list[TeamCard]:
    """Teams by their numbers; one that was closed is left out."""
    return [team for team in kept_teams() if team.id in ids]
