"""The weekly lists of lines that will soon fail, as pages and mails show them."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from unbroken.ground.sql import row, rows

LISTS_MAX = 12
FAILED_MIN = 5
"""From so many lines that failed on is told what a failing line costs in requests."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list and what became of its lines; see `AgeingList`."""

    monday: date
    made_at: datetime
    is_backcast: bool
    lines: int
    looked_at: int
    failed: int
    foreseen: int
    entries: int
    came_true: int
    held: int
    mended: int
    open: int
    unknown: int
    reports: int
    chances: float

    @property
    def decided(self) -> int:
        """Of so many it is known whether they failed, nobody having mended them."""
        return self.came_true + self.held


@dataclass(frozen=True)
class LineRow:
    """A line on a list; see `AgeingLine`."""

    id: int
    service_id: int
    service: str
    resource: str
    element: str
    place: str
    place_name: str
    owner: str
    owner_name: str
    customer: str
    chance: float
    signs: str
    became: str
    became_on: date | None
    reports: int
    ticket_id: int | None

    @cached_property
    def why(self) -> list[dict[str, Any]]:
        """Its signs, the strongest first: fields of `ageing.judging.Sign`."""
        found: list[dict[str, Any]] = json.loads(self.signs)
        return found


@dataclass(frozen=True, slots=True)
class Record:
    """How often such lists came true here. `requests_each`: of a line that failed; None: unknown.

    A line on four lists counts four times: each list said it anew.
    """

    decided: int
    came_true: int
    failed: int
    foreseen: int
    requests_each: float | None

    @property
    def precision(self) -> float | None:
        """The share of lines that failed, of those nobody mended before."""
        return self.came_true / self.decided if self.decided else None

    @property
    def recall(self) -> float | None:
        """The share of lines that began to fail and had been named before."""
        return self.foreseen / self.failed if self.failed else None


def latest_lists() -> list[ListRow]:
    """The last twelve, the latest first."""
    return rows(ListRow, "evidence/queries/ageing_lists.sql", limit=LISTS_MAX)


def lines_on(monday: date) -> list[LineRow]:
    """The lines of one list, the likeliest first."""
    return rows(LineRow, "evidence/queries/ageing_page.sql", monday=monday)


def record_of(lists: list[ListRow]) -> Record:
    """All of them together."""
    came_true, reports = sum(o.came_true for o in lists), sum(o.reports for o in lists)
    # The first list has no lists before it that could have named anything.
    later = lists[:-1]
    return Record(
        sum(o.decided for o in lists), came_true, sum(o.failed for o in later),
        sum(o.foreseen for o in later), reports / came_true if came_true >= FAILED_MIN else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Monday:
    monday: date


def latest_monday() -> date | None:
    """Of the latest list that there is."""
    found = row(_Monday, "evidence/queries/ageing_latest.sql")
    return found.monday if found else None
