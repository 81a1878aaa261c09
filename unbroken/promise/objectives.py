"""The only functions that change targets within the house, and what is promised over a month."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from unbroken.calendars import queries as calendars
from unbroken.conversation.states import PRIORITIES
from unbroken.directory import queries as directory
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.promise.book import plain_key
from unbroken.promise.events import InternalTargetSet, PeriodObjectiveSet
from unbroken.promise.measures import all_measures
from unbroken.promise.models import Agreement, InternalTarget, PeriodObjective
from unbroken.promise.queries.terms import kept_has_internal
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import TeamId

AVAILABILITY = "availability"
SECONDS_MAX = 10 * 366 * 86400

refusals(
    {
        "internal_target.nobody": _("There is no such team or partner."),
        "internal_target.bad_seconds": _("Seconds are whole and positive, by priority."),
        "period_objective.bad_percent": _("A share is above 0 and at most 100 percent."),
        "period_objective.bad_seconds": _("Seconds are whole and positive."),
    }
)


def set_internal_target(
    *,
    whose: str,
    whose_id: int,
    calendar: str,
    seconds: Mapping[str, int],
    warning_share: float = 0.75,
    by: Actor,
    at: datetime,
) -> None:
    """Each leg of this team or partner is owed within so long; without seconds nothing is.

    Open requests are counted again by the timer, soon.
    """
    _check_target(whose, whose_id, calendar, seconds, warning_share)
    row = InternalTarget.objects.filter(whose=whose, whose_id=whose_id).first()
    was = {"calendar": row.calendar, "targets": row.seconds} if row else {}
    wanted = {"calendar": calendar, "targets": dict(seconds)}
    if row and (was, row.warning_share) == (wanted, warning_share):
        return
    doing = (
        change(InternalTarget, row.pk, by=by, at=at) if row else begin(InternalTarget, by=by, at=at)
    )
    with doing as target:
        target.whose, target.whose_id, target.calendar = whose, whose_id, calendar
        target.seconds, target.warning_share = dict(seconds), warning_share
        told = was or {"calendar": "", "targets": {}}
        target.tell(InternalTargetSet(whose, whose_id, told, wanted))
    kept_has_internal.forget()


def _check_target(
    whose: str, whose_id: int, calendar: str, seconds: Mapping[str, int], warning_share: float
) -> None:
    known = {
        "team": lambda: staffing.team(TeamId(whose_id)) is not None,
        "partner": lambda: whose_id in {partner.id for partner in directory.partners()},
    }
    if whose not in known or not known[whose]():
        raise Refused("internal_target.nobody")
    if calendars.calendar(calendar) is None:
        raise Refused("agreement.unknown_calendar", key=calendar)
    if not all(
        priority in PRIORITIES and type(value) is int and 0 < value <= SECONDS_MAX
        for priority, value in seconds.items()
    ):
        raise Refused("internal_target.bad_seconds")
    if not 0 < warning_share <= 1:
        raise Refused("agreement.bad_share", measure="")


def set_period_objective(
    *,
    agreement: str,
    measure: str,
    percent: Decimal,
    seconds: int | None = None,
    is_on: bool = True,
    objective_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """So many percent of a month's promises within so long; or of its hours the service works."""
    if not Agreement.objects.filter(key=plain_key(agreement)).exists():
        raise Refused("agreement.unknown", key=agreement)
    if measure != AVAILABILITY and measure not in all_measures():
        raise Refused("agreement.unknown_measure", measure=measure)
    if not (percent.is_finite() and 0 < percent <= 100):
        raise Refused("period_objective.bad_percent")
    if seconds is not None and not 0 < seconds <= SECONDS_MAX:
        raise Refused("period_objective.bad_seconds")
    doing = (
        change(PeriodObjective, objective_id, by=by, at=at)
        if objective_id
        else begin(PeriodObjective, by=by, at=at)
    )
    with doing as row:
        was = _told(row) if objective_id else None
        row.agreement, row.measure = plain_key(agreement), measure
        row.percent, row.is_on = percent.quantize(Decimal("0.001")), is_on
        row.seconds = None if measure == AVAILABILITY else seconds
        if was == _told(row):
            return int(row.id)
        row.tell(PeriodObjectiveSet(row.agreement, _told(row), was))
    return int(row.id)


def end_period_objective(*, objective_id: int, by: Actor, at: datetime) -> None:
    """It is promised no longer; months before are judged as they were."""
    with change(PeriodObjective, objective_id, by=by, at=at) as row:
        if not row.is_on:
            return
        was = _told(row)
        row.is_on = False
        row.tell(PeriodObjectiveSet(row.agreement, _told(row), was))


def _told(row: PeriodObjective) -> dict[str, object]:
    return {
        "measure": row.measure,
        "percent": str(row.percent),
        "seconds": row.seconds,
        "is_on": row.is_on,
    }
