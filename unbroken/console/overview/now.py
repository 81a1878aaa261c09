"""What is wrong in the network now: each problem, what is known of it and what is not, on two maps;
the calls of the next hour. Made once in a few seconds for all who look."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.console.dashboards.need import on_shift
from unbroken.console.overview import burst, places, tree
from unbroken.conversation.queries import count_joined
from unbroken.evidence.queries.network import remembered
from unbroken.evidence.silence.network import Network
from unbroken.ground.kept import KeptMany
from unbroken.ground.sql import row, rows
from unbroken.ground.words import Phrase, _
from unbroken.outage import queries
from unbroken.outage.queries.problems import Problem
from unbroken.promise.queries import priced
from unbroken.quality.counting import desk_zone
from unbroken.quality.foreseeing import holidays_between, past_of
from unbroken.staffing.forecast import QUARTERS, TooLittle, foretell

QUERIES = "console/overview/queries"
KEPT_SECONDS, CALLS_KEPT_SECONDS, YEAR_KEPT_SECONDS = 3.0, 300.0, 3600.0
YEAR = timedelta(days=365)
NONE = (0, 0, 0)

NO_CAUSE, GUESSED = _("what it is"), _("whether it is that: nobody has seen it")
NOT_SEEN = _("whether the lines are away: the records do not show it yet")
NOBODY_GOES = _("who goes there, and when")
NO_NEWS = _("when there is news: none is promised")
NO_NUMBER = _("the partner's number for it")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem that is open, how many suffer, and what nobody knows of it yet."""

    problem: Problem
    away: int
    affected: int
    minutes_lost: int
    joined: int
    unknown: tuple[Phrase, ...]
    is_shared: bool = True
    """Whether what failed is a thing of the network, not of one customer or somebody's words."""


@dataclass(frozen=True, slots=True)
class Deaf:
    """A NAS of which nothing is heard, and since when."""

    nas: str
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Present:
    """Everything the page shows; `map` None: no place has its longitude and latitude."""

    troubles: tuple[Trouble, ...]
    tree: tree.Tree
    map: places.Map | None
    deaf: tuple[Deaf, ...]
    calls: burst.Expected
    at: datetime

    @property
    def away(self) -> int:
        """Services that are away, of all problems."""
        return sum(one.away for one in self.troubles)

    @property
    def news(self) -> list[Trouble]:
        """Those of which news is promised, the next first."""
        due = [one for one in self.troubles if one.problem.next_news_at]
        return sorted(due, key=lambda one: one.problem.next_news_at or self.at)

    @property
    def crews(self) -> list[Trouble]:
        """Those to which somebody goes or at which somebody works, the latest step first."""
        going = [one for one in self.troubles if one.problem.step]
        return sorted(going, key=lambda one: one.problem.step_at or self.at, reverse=True)


@dataclass(frozen=True, slots=True)
class _Away:
    problem: int
    service: str
    place: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    name: str
    latitude: float
    longitude: float
    services: int


@dataclass(frozen=True, slots=True)
class _Called:
    joined: int
    affected: int


_kept: KeptMany[Present] = KeptMany(KEPT_SECONDS)
_usual: KeptMany[tuple[float, ...] | None] = KeptMany(CALLS_KEPT_SECONDS)
_called: KeptMany[float] = KeptMany(YEAR_KEPT_SECONDS)


def present(*, at: datetime) -> Present:
    """As it stands, at most a few seconds old."""
    return _kept.get("now", lambda: _made(at))


def _made(at: datetime) -> Present:
    found, network = queries.open_problems(), remembered().network
    away = rows(_Away, f"{QUERIES}/away.sql") if found else []
    return Present(
        troubles=_troubles(found, network, at),
        tree=tree.tree(
            network,
            (one.service for one in away),
            {one.element: one.id for one in reversed(found)},
        ),
        map=places.drawn(_spots(away)),
        deaf=tuple(rows(Deaf, f"{QUERIES}/deaf.sql", at=at)),
        calls=_calls(found, away, at),
        at=at,
    )


def _troubles(found: Sequence[Problem], network: Network, at: datetime) -> tuple[Trouble, ...]:
    if not found:
        return ()
    numbers = [one.id for one in found]
    sums, joined = queries.sums_of(numbers, at=at), count_joined(numbers)
    made = [
        Trouble(
            one, *sums.get(one.id, NONE), joined.get(one.id, 0), unknown(one),
            tree.is_shared(network, one.element),
        )
        for one in found
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.away, one.problem.since, one.problem.id)))


def unknown(problem: Problem) -> tuple[Phrase, ...]:
    """What nobody knows of it yet, the most pressing first."""
    doubts = (
        (problem.finding_id is None, NOT_SEEN),
        (not problem.cause, NO_CAUSE),
        (bool(problem.cause) and not problem.is_confirmed, GUESSED),
        (not problem.step and problem.partner_id is None, NOBODY_GOES),
        (problem.partner_id is not None and not problem.partner_ticket, NO_NUMBER),
        (problem.next_news_at is None, NO_NEWS),
    )
    return tuple(words for is_open, words in doubts if is_open)


def _spots(away: Sequence[_Away]) -> list[places.Spot]:
    gone: Counter[int] = Counter()
    because: dict[int, set[int]] = defaultdict(set)
    for one in away:
        if one.place is not None:
            gone[one.place] += 1
            because[one.place].add(one.problem)
    return [
        places.Spot(
            one.name, one.latitude, one.longitude, one.services, gone[one.id],
            tuple(sorted(because[one.id])),
        )
        for one in rows(_Place, f"{QUERIES}/spots.sql")
    ]  # fmt: skip


# ── the calls of the next hour ────────────────────────────────────────────────


def _calls(found: Sequence[Problem], away: Sequence[_Away], at: datetime) -> burst.Expected:
    gone = Counter(one.problem for one in away)
    bursts = [burst.Burst(gone[one.id], (at - one.since).total_seconds()) for one in found]
    more = burst.still_to_call(bursts, _share(at)) if bursts else 0.0
    costs = priced.costs()
    how = burst.Answering(
        60 * priced.past(costs, at=at).minutes.value,
        costs["desk_pick_up"],
        costs["answered_share"],
        costs["patience"],
    )
    local = at.astimezone(desk_zone())
    quarter = local.hour * 4 + local.minute // 15
    on = on_shift(None, local.date())[quarter]
    return burst.expected(_usual_hour(at, quarter), more, on=on, how=how)


def _usual_hour(at: datetime, quarter: int) -> float | None:
    today = at.astimezone(desk_zone()).date()
    day = _usual.get(today, lambda: _usual_day(at))
    return sum(day[n % QUARTERS] for n in range(quarter, quarter + 4)) if day else None


def _usual_day(at: datetime) -> tuple[float, ...] | None:
    today = at.astimezone(desk_zone()).date()
    try:
        (day,) = foretell(past_of(at), [today], holidays=holidays_between(today, today))
    except TooLittle:
        return None
    return day.quarters


def _share(at: datetime) -> float:
    def ask() -> float:
        known = row(_Called, f"{QUERIES}/called.sql", since=at - YEAR)
        return burst.share_who_call(known.joined, known.affected) if known else 0.05

    return _called.get(at.date(), ask)
