"""A week that comes: how many requests, how many people they need, and who could be there.

What came is read from the record, the sums are those of `staffing.forecast`, `staffing.erlang` and
`staffing.planning`; how quick everybody is answered is what prices are reckoned with (costs).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from unbroken.calendars import queries as calendars
from unbroken.ground.kept import KeptMany
from unbroken.ground.sql import rows
from unbroken.promise.queries import agreements, priced
from unbroken.quality.counting import desk_zone
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.erlang import Load, TooMany, need
from unbroken.staffing.forecast import QUARTERS, Foretold, Past, TooLittle, foretell
from unbroken.staffing.permissions import ANSWER
from unbroken.staffing.planning import HOURS, Planned, Shift, Worker, plan
from unbroken.staffing.shift_queries import kept_plans
from unbroken.staffing.shifts import Plan, shifts_between

DAYS_BACK = 400
LOOKED_AT_MAX = 300_000
KEPT_SECONDS = 3600.0
HOURS_A_WEEK = 40


@dataclass(frozen=True, slots=True)
class _Came:
    """One line of `came_lately.sql`."""

    day: date
    quarter: int
    requests: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A week from Monday: requests in each quarter of each day, people needed in them."""

    monday: date
    days: tuple[Foretold, ...]
    need: tuple[tuple[int, ...], ...]
    minutes: float

    @property
    def hourly(self) -> tuple[int, ...]:
        """The most that are needed in any quarter of each hour."""
        return tuple(
            max(day[4 * hour : 4 * hour + 4]) for day in self.need for hour in range(HOURS // 7)
        )


_kept: KeptMany[Past] = KeptMany(KEPT_SECONDS)


def foreseen(monday: date, team: int = 0, *, at: datetime) -> Foreseen:
    """What a week brings to a team, 0: to everybody; TooLittle where history is too short."""
    past = past_of(at, team)
    days = [monday + timedelta(days=n) for n in range(7)]
    found = foretell(past, days, holidays=holidays_between(days[0], days[-1]))
    costs = priced.costs()
    minutes = priced.past(costs, at=at).minutes.value
    needed = tuple(
        tuple(_people(one, minutes, costs["desk_pick_up"], costs["answered_share"],
                      costs["patience"]) for one in day.quarters)
        for day in found
    )  # fmt: skip
    return Foreseen(monday, tuple(found), needed, minutes)


def past_of(at: datetime, team: int = 0) -> Past:
    """What came on each day until yesterday; read once in an hour."""
    today = at.astimezone(desk_zone()).date()
    return _kept.get((today, team) if team else today, lambda: read_past(today, team))


def read_past(today: date, team: int = 0) -> Past:
    """The same, read from the record now. A day without a request between others is a day too."""
    since = today - timedelta(days=DAYS_BACK)
    came = rows(
        _Came, "quality/queries/came_lately.sql", zone=str(desk_zone()), limit=LOOKED_AT_MAX,
        since=since, until=today, team=team or None,
    )  # fmt: skip
    if not came:
        return Past({})
    first = min(one.day for one in came)
    days = {first + timedelta(days=n): [0] * QUARTERS for n in range((today - first).days)}
    for one in came:
        days[one.day][one.quarter] += one.requests
    return Past(days, holidays_between(first, today))


def holidays_between(first: date, last: date) -> frozenset[date]:
    """The days off of the calendar that everybody is promised by."""
    default = next((one.calendar for one in agreements() if one.is_default), "")
    found = calendars.calendars([default]) if default else []
    named = set(json.loads(found[0].text).get("holidays", ())) if found else set()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(day for day in days if day.isoformat() in named or f"{day:%m-%d}" in named)


def _people(
    requests: float, minutes: float, within_seconds: float, share: float, patience: float
) -> int:
    if requests < 0.01:
        return 0
    try:
        load = Load(requests, 900, 60 * minutes, patience)
        return need(load, within_seconds=within_seconds, service_level=share).agents
    except TooMany:
        return 0


# ── who could be there ────────────────────────────────────────────────────────


def workers(monday: date, team: int = 0) -> list[Worker]:
    """Everybody of a team (0: of the desk) who answers, the hours of their week, days away."""
    plans = kept_plans()
    return [
        Worker(int(one.id), one.name, _hours(plans.get(one.id), monday),
               _away(plans.get(one.id), monday))
        for one in people_who_answer(team)
    ]  # fmt: skip


def people_who_answer(team: int = 0) -> list[AgentCard]:
    """Those whose role lets them answer requests; of a team, or (0) all."""
    return [
        one
        for one in staffing.agents()
        if ANSWER in one.permissions and (not team or team in one.team_ids)
    ]


def _hours(plan: Plan | None, monday: date) -> int:
    """The hours of their usual week; a full week for whoever has none."""
    week = plan.week_on(monday) if plan is not None else {}
    minutes = sum(_minutes(ends) - _minutes(begins)
                  for spans in week.values() for begins, ends in spans)  # fmt: skip
    return minutes // 60 or HOURS_A_WEEK


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _away(plan: Plan | None, monday: date) -> frozenset[int]:
    others = plan.days if plan is not None else ()
    gone = {one.day for one in others if not one.hours and one.reason in ("leave", "illness")}
    return frozenset(n for n in range(7) if monday + timedelta(days=n) in gone)


def rostered(monday: date, team: int = 0) -> Mapping[tuple[int, int], Shift]:
    """Who is on in this week as it is planned now, in whole hours on the desk's wall."""
    zone, plans = desk_zone(), kept_plans()
    begins = datetime.combine(monday, datetime.min.time(), zone)
    found: dict[tuple[int, int], Shift] = {}
    for one in people_who_answer(team):
        if one.id not in plans:
            continue
        for since, until in shifts_between(plans[one.id], begins, begins + timedelta(days=7)):
            local = max(since, begins).astimezone(zone)
            day, first = (local.date() - monday).days, local.hour
            hours = max(1, round((until - max(since, begins)).total_seconds() / 3600))
            before = found.get((int(one.id), day))
            # A day in two parts counts from the first to the last hour.
            found[int(one.id), day] = (
                Shift(before.begins, first + hours) if before else Shift(first, first + hours)
            )
    return found


def planned(
    monday: date, team: int = 0, *, at: datetime, seconds_max: float
) -> tuple[Foreseen, Planned]:
    """A new plan for a week: what it needs, and the shifts that cover it best."""
    week = foreseen(monday, team, at=at)
    return week, plan(week.hourly, workers(monday, team), seconds_max=seconds_max)


def names(people: Sequence[AgentCard]) -> dict[int, str]:
    """By number."""
    return {int(one.id): one.name for one in people}


__all__ = ["Foreseen", "TooLittle", "foreseen", "planned", "rostered", "workers"]
