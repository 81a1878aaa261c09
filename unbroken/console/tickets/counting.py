"""How many requests stand behind a list, counted once for everybody who asks.

The standing queues are never counted here: their counts are kept with every change. Any other
list is counted to a thousand and no further, once in a few seconds for all readers with the same
rights; only what is about the reader themselves is counted for them alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from unbroken.console.access import sight
from unbroken.console.tickets.filters import Ask, read
from unbroken.console.tickets.narrowing import QUERIES, narrowing
from unbroken.ground.kept import KeptMany
from unbroken.ground.sql import row, rows, rows_of
from unbroken.ground.words import current_language
from unbroken.staffing.queries import AgentCard

COUNT_MAX = 1000
KEPT_SECONDS = 2.0
NO_TEAM = 0
GROUPING: Final = {"en": ",", "it": ".", "ru": "\u00a0"}


@dataclass(frozen=True, slots=True)
class Size:
    """How many; `is_more` when it was counted no further."""

    count: int
    is_more: bool = False

    def __str__(self) -> str:
        """1,000+ or 37, with the marks of the reader's language."""
        figures = f"{self.count:,}".replace(",", GROUPING[current_language()])
        return f"{figures}+" if self.is_more else figures


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader has before them, by queue."""

    everything: int
    unassigned: int
    pending: int
    mine: int
    lent: int
    asleep: int
    teams: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Cell:
    team: int
    status: str
    is_taken: bool
    tickets: int


@dataclass(frozen=True, slots=True)
class _Own:
    mine: int
    lent: int
    lent_pending: int
    asleep: int


@dataclass(frozen=True, slots=True)
class _Count:
    count: int


_cells: KeptMany[list[_Cell]] = KeptMany(KEPT_SECONDS)
_sizes: KeptMany[int] = KeptMany(KEPT_SECONDS)


def standing(agent: AgentCard) -> Standing:
    """The standing queues of this reader: from the kept counts, and what is in their own hands."""
    seen = sight(agent)
    own = row(_Own, f"{QUERIES}/own_counts.sql", **seen)
    assert own is not None
    cells = _cells.get("", lambda: rows(_Cell, f"{QUERIES}/standing_counts.sql"))
    lent, lent_pending = (0, 0) if seen["sees_all"] else (own.lent, own.lent_pending)
    if not seen["sees_all"]:
        cells = [cell for cell in cells if cell.team in (NO_TEAM, *seen["teams"])]
    return Standing(
        everything=_sum(cells) + lent,
        unassigned=_sum(cell for cell in cells if not cell.is_taken),
        pending=_sum(cell for cell in cells if cell.status == "pending") + lent_pending,
        mine=own.mine,
        lent=lent,
        asleep=own.asleep,
        teams={team: _sum(c for c in cells if c.team == team) for team in {c.team for c in cells}},
    )


def size(agent: AgentCard, words: str, lent: int, at: datetime, *, exact: bool = False) -> Size:
    """How many requests fit these words. `lent`: how many the reader alone sees by their hands."""
    ask, seen = read(words), sight(agent)
    is_own = ask.is_personal or lent
    reader = seen["me"] if is_own else (seen["sees_all"], *sorted(seen["teams"]))
    limit = None if exact else COUNT_MAX + 1
    count = _sizes.get((words, reader, exact), lambda: _counted(agent, ask, limit, at))
    is_more = not exact and count > COUNT_MAX
    return Size(COUNT_MAX if is_more else count, is_more)


def _counted(agent: AgentCard, ask: Ask, limit: int | None, at: datetime) -> int:
    narrow = narrowing(agent, ask, at)
    name = "ended_size" if "ended" in ask.flags else "work_size"
    name = "any_size" if ask.counted else name
    return rows_of(_Count, narrow.statement(name), {**narrow.values, "limit": limit})[0].count


def _sum(cells: Iterable[_Cell]) -> int:
    return sum(cell.tickets for cell in cells)
