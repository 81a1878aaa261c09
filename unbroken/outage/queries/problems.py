"""Problems as rows: one, all that are open, those of some services."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import F, Q

from unbroken.outage.ids import ProblemId
from unbroken.outage.models import AffectedService, ServiceProblem
from unbroken.outage.states import OPEN, RESOLVED


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as it stands; the fields are its columns."""

    id: int
    element: str
    origin: str
    state: str
    cause: str
    is_confirmed: bool
    severity: str
    since: datetime
    detected_at: datetime
    until: datetime | None
    left_at: datetime | None
    closed_at: datetime | None
    announced: str
    finding_id: int | None
    merged_into: int | None
    next_news_at: datetime | None
    news_at: datetime | None
    news_id: int | None
    step: str
    step_at: datetime | None
    due_at: datetime | None
    partner_id: int | None
    partner_ticket: str
    workaround_id: int | None
    root_cause_id: int | None
    lesson_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether service is not back yet."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Affected:
    """A service that a problem took along; `until` empty: it is still away."""

    problem_id: int
    service_id: int
    since: datetime
    until: datetime | None


_PROBLEM = tuple(field.name for field in fields(Problem))
_AFFECTED = tuple(field.name for field in fields(Affected))


def problem(problem_id: ProblemId | int) -> Problem | None:
    """One problem; None: there is none of this number."""
    row = ServiceProblem.objects.filter(pk=problem_id).values_list(*_PROBLEM).first()
    return Problem(*row) if row else None


def problem_of_silence(silence_id: int) -> Problem | None:
    """The problem that stands for a silence, if one was opened."""
    row = ServiceProblem.objects.filter(finding_id=silence_id).values_list(*_PROBLEM).first()
    return Problem(*row) if row else None


def open_problems() -> list[Problem]:
    """All from which somebody suffers now, the earliest first."""
    rows = ServiceProblem.objects.filter(closed_at__isnull=True, state__in=OPEN)
    return [Problem(*row) for row in rows.order_by("since", "id").values_list(*_PROBLEM)]


def latest_problems(*, since: datetime, limit: int = 200) -> list[Problem]:
    """Those that are open, or ended since then; the latest first."""
    rows = ServiceProblem.objects.filter(Q(until__isnull=True) | Q(until__gte=since))
    return [Problem(*row) for row in rows.order_by("-since", "-id").values_list(*_PROBLEM)[:limit]]


def ended_lately(element: str, *, since: datetime) -> int | None:
    """The problem of this element that ended since then and was not closed: may be the same."""
    found = ServiceProblem.objects.filter(
        element=element, state=RESOLVED, closed_at__isnull=True, until__gte=since
    )
    return found.order_by("-until").values_list("id", flat=True).first()


def affected_by(problem_id: ProblemId | int, *, only_away: bool = False) -> list[Affected]:
    """The services it took along, again if they came and went; in order of service."""
    rows = AffectedService.objects.filter(problem_id=problem_id)
    if only_away:
        rows = rows.filter(until__isnull=True)
    return [Affected(*row) for row in rows.order_by("service_id", "id").values_list(*_AFFECTED)]


def problems_of(services: Sequence[int]) -> dict[int, Problem]:
    """By service that is away now: the open problem that it suffers from, the earliest."""
    rows = AffectedService.objects.filter(
        service_id__in=list(services),
        until__isnull=True,
        problem__closed_at__isnull=True,
        problem__state__in=OPEN,
    ).order_by("-problem__since", "-problem_id")
    names = [F(f"problem__{name}") for name in _PROBLEM]
    return {row[0]: Problem(*row[1:]) for row in rows.values_list("service_id", *names)}
