"""Were the verdicts right? Held against what it really was, as agents and crews recorded it.

Of verdicts said with 90 %, nine of ten should be right. The wrong ones are listed, each a door to
its request.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.dashboards.frame import page
from unbroken.evidence import wording
from unbroken.evidence.judging import UNKNOWN
from unbroken.ground.clock import now
from unbroken.ground.sql import rows
from unbroken.staffing.permissions import SEE_REPORTS

LOOKED_AT = timedelta(days=365)
WRONG_MAX = 100
TAKEN_FOR_MAX = 3


@dataclass(frozen=True, slots=True)
class Told:
    """So many cases of one verdict, one truth, one tenth of certainty (None: not said)."""

    said: str
    cause: str
    tenth: int | None
    how: str
    cases: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """One verdict that was wrong."""

    ticket_id: int | None
    problem_id: int | None
    said: str
    certainty: float | None
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Band:
    """Verdicts said with so much certainty (percent), and how many of them were right."""

    low: int
    high: int
    right: int
    cases: int

    @property
    def percent(self) -> int:
        """Of all of them."""
        return round(100 * self.right / self.cases)


@dataclass(frozen=True, slots=True)
class ByCause:
    """One true cause: how often it was named, abstained from, and what it was taken for."""

    label: str
    cases: int
    right: int
    abstained: int
    taken_for: tuple[tuple[str, int], ...]


@allowed(do=SEE_REPORTS)
@require_GET
def verdicts(request: AgentRequest) -> HttpResponse:
    """The last year: by certainty, by cause, and the wrong ones."""
    since = now() - LOOKED_AT
    folder = "console/verdict/queries"
    told = rows(Told, f"{folder}/verdicts.sql", since=since)
    wrong = rows(Wrong, f"{folder}/wrong_verdicts.sql", since=since, limit=WRONG_MAX)
    named = [one for one in told if one.said != UNKNOWN]
    context = {
        "cases": sum(one.cases for one in told),
        "named": sum(one.cases for one in named),
        "right": sum(one.cases for one in named if one.said == one.cause),
        "left": sum(one.cases for one in told if one.how == "resolving"),
        "bands": bands(named),
        "causes": by_cause(told),
        "wrong": [(one, wording.label(one.said), wording.label(one.cause)) for one in wrong],
    }
    return page(request, "console/verdict/truth.html", "verdicts", context)


def bands(named: Sequence[Told]) -> list[Band]:
    """By tenths of certainty, the surest first."""
    heap: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in named:
        if one.tenth is not None:
            heap[one.tenth][0] += one.cases * (one.said == one.cause)
            heap[one.tenth][1] += one.cases
    return [
        Band(10 * tenth, 10 * tenth + 10, right, cases)
        for tenth, (right, cases) in sorted(heap.items(), reverse=True)
    ]


def by_cause(told: Sequence[Told]) -> list[ByCause]:
    """By what it really was, the most frequent first."""
    found = []
    for cause in {one.cause for one in told}:
        mine = [one for one in told if one.cause == cause]
        missed: Counter[str] = Counter()
        for one in mine:
            if one.said not in (cause, UNKNOWN):
                missed[wording.label(one.said)] += one.cases
        found.append(ByCause(
            wording.label(cause), sum(one.cases for one in mine),
            sum(one.cases for one in mine if one.said == cause),
            sum(one.cases for one in mine if one.said == UNKNOWN),
            tuple(missed.most_common(TAKEN_FOR_MAX)),
        ))  # fmt: skip
    return sorted(found, key=lambda one: (-one.cases, one.label))
