"""When somebody works: the week from a date on, and single days that are different."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from unbroken.calendars.definition import DAYS, BadCalendar, read
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import undoes
from unbroken.ground.words import _
from unbroken.staffing.events import ShiftDaySet, ShiftsSet
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent, ShiftDay, ShiftPattern
from unbroken.staffing.shift_queries import kept_plans

REASONS = ("leave", "illness", "swap", "extra", "plan")
DAYS_AWAY_MAX = 3660

refusals(
    {
        "shift.bad_hours": _("These are no hours of a day: {said}"),
        "shift.bad_reason": _("A day is different for leave, illness, a swap, or extra work."),
        "shift.too_far": _("Shifts are planned within ten years of today."),
    }
)

Hours = Sequence[Sequence[str]]


def set_shifts(
    *, agent_id: AgentId, since: date, week: Mapping[str, Hours], by: Actor, at: datetime
) -> None:
    """From this day on they work this week; a week set for the same day gives way."""
    _check({day: week[day] for day in DAYS if day in week}, since, at)
    wanted = {day: [list(pair) for pair in week[day]] for day in DAYS if week.get(day)}
    with change(Agent, agent_id, by=by, at=at) as agent:
        row = ShiftPattern.objects.filter(agent_id=agent_id, since=since).first()
        if row is not None and row.week == wanted:
            return
        was = row.week if row is not None else None
        row = row or ShiftPattern(agent_id=agent_id, since=since)
        row.week = wanted
        agent.add(row)
        agent.tell(ShiftsSet(since=since.isoformat(), week=wanted, week_was=was))
    kept_plans.forget()


def set_shift_day(
    *,
    agent_id: AgentId,
    day: date,
    hours: Hours | None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """On this day they work these hours: none, they are away; without any, the week holds again."""
    _check({DAYS[day.weekday()]: hours or ()}, day, at)
    if hours is not None and reason not in REASONS:
        raise Refused("shift.bad_reason")
    wanted = [list(pair) for pair in hours] if hours is not None else None
    with change(Agent, agent_id, by=by, at=at) as agent:
        row = ShiftDay.objects.filter(agent_id=agent_id, day=day).first()
        was = {"hours": row.hours, "reason": row.reason} if row is not None and row.counts else None
        if was == (None if wanted is None else {"hours": wanted, "reason": reason}):
            return
        row = row or ShiftDay(agent_id=agent_id, day=day)
        row.counts, row.hours, row.reason = wanted is not None, wanted or [], reason
        agent.add(row)
        told = tuple(tuple(pair) for pair in wanted) if wanted is not None else None
        agent.tell(ShiftDaySet(day=day.isoformat(), hours=told, reason=reason, day_was=was))
    kept_plans.forget()


def _check(week: Mapping[str, Hours], day: date, at: datetime) -> None:
    if abs((day - at.date()).days) > DAYS_AWAY_MAX:
        raise Refused("shift.too_far")
    try:
        read({"timezone": "UTC", "week": week})
    except BadCalendar as bad:
        raise Refused("shift.bad_hours", said=str(bad)) from bad


def _week_as_before(event: LoggedEvent, **told: Any) -> None:
    since, who = date.fromisoformat(event.data["since"]), AgentId(event.subject_id)
    was: Mapping[str, Hours] | None = event.data.get("week_was")
    if was is None:
        before = ShiftPattern.objects.filter(agent_id=who, since__lt=since).order_by("since").last()
        was = before.week if before is not None else {}
    set_shifts(agent_id=who, since=since, week=was, **told)


def _day_as_before(event: LoggedEvent, **told: Any) -> None:
    was = event.data.get("day_was") or {"hours": None, "reason": ""}
    day, who = date.fromisoformat(event.data["day"]), AgentId(event.subject_id)
    set_shift_day(agent_id=who, day=day, hours=was["hours"], reason=was["reason"], **told)


undoes({"agent.shifts_set": _week_as_before, "agent.shift_day_set": _day_as_before})
