"""The promise of the next news is near, or was missed: noted once each."""

from datetime import datetime

from unbroken.ground.actor import HOUSE
from unbroken.ground.change import change
from unbroken.ground.log import events_of
from unbroken.outage import states
from unbroken.outage.events_news import NewsMissed, NewsWarned
from unbroken.outage.models import ServiceProblem
from unbroken.outage.news.clock import WARN_BEFORE, running


def look_at_news(*, at: datetime) -> int:
    """Note of every promise that is near or over, once each; how many were looked at."""
    near = ServiceProblem.objects.filter(
        closed_at__isnull=True, state__in=states.OPEN, next_news_at__lte=at + WARN_BEFORE
    )
    numbers = list(near.values_list("id", flat=True))
    for number in numbers:
        _note(number, at=at)
    return len(numbers)


def _note(problem_id: int, *, at: datetime) -> None:
    with change(ServiceProblem, problem_id, by=HOUSE, at=at) as problem:
        owed = running(events_of([f"problem:{problem_id}"]))
        if owed is None or owed.is_missed:
            return
        if owed.due_at <= at:
            problem.tell(NewsMissed(due_at=owed.due_at, promised_by=owed.by))
        elif owed.warn_at <= at and not owed.is_warned:
            problem.tell(NewsWarned(due_at=owed.due_at, promised_by=owed.by))
