"""The calendar of work on the network: a month or a week, our plans and carriers' windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from unbroken.console.access import ANYBODY, AgentRequest, allowed
from unbroken.console.planned.frame import page
from unbroken.console.planned.words import PLAN_WORDS
from unbroken.evidence.facts import PlannedWindow
from unbroken.evidence.queries.windows import planned_windows
from unbroken.ground.clock import now
from unbroken.ground.words import in_language
from unbroken.outage.plans import queries
from unbroken.outage.plans.queries import Plan
from unbroken.routines.schedule import WEEKDAYS
from unbroken.staffing.permissions import PLAN_WORK


@dataclass(frozen=True, slots=True)
class Entry:
    """One work on one day. `state` is a plan's; a carrier's window has its own word."""

    name: str
    since: datetime
    state: str
    address: str
    overran: bool
    at: str
    """The hour at which it begins, empty where it goes on from the day before."""


@dataclass(frozen=True, slots=True)
class Day:
    """One field of the calendar."""

    on: date
    weekday: str
    is_outside: bool
    is_today: bool
    freezes: list[str]
    entries: list[Entry]


@allowed(do=PLAN_WORK, read=ANYBODY)
@require_GET
def calendar(request: AgentRequest) -> HttpResponse:
    """The days around one, in the reader's zone."""
    zone, at = ZoneInfo(request.agent.timezone), now()
    today = at.astimezone(zone).date()
    on = _day(request.GET.get("on", ""), today)
    is_week = request.GET.get("span") == "week"
    first, last, back, ahead = _span(on, is_week)
    since, until = (_midnight(day, zone) for day in (first, last + timedelta(days=1)))
    plans = queries.plans_between(since, until)
    windows = planned_windows(since=since, until=until, known_by=at)
    freezes = queries.freezes()
    days = [
        Day(
            day,
            in_language(WEEKDAYS[day.weekday()]),
            not is_week and day.month != on.month,
            day == today,
            [one.name for one in freezes if one.first <= day <= one.last],
            _entries(day, zone, plans, windows),
        )
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
    ]
    return page(
        request, "console/planned/calendar.html", "calendar",
        on=on, is_week=is_week, back=back.isoformat(), ahead=ahead.isoformat(),
        days=days, is_empty=not any(day.entries for day in days), states=PLAN_WORDS,
    )  # fmt: skip


def _day(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if abs((found - today).days) < 5000 else today


def _span(on: date, is_week: bool) -> tuple[date, date, date, date]:
    """First and last day to show, and the days to which back and ahead lead."""
    if is_week:
        monday = on - timedelta(days=on.weekday())
        return monday, monday + timedelta(days=6), on - timedelta(days=7), on + timedelta(days=7)
    first = on.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    before = (first - timedelta(days=1)).replace(day=1)
    shown = first - timedelta(days=first.weekday())
    return shown, last + timedelta(days=6 - last.weekday()), before, after


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _entries(
    day: date, zone: ZoneInfo, plans: Sequence[Plan], windows: Sequence[PlannedWindow]
) -> list[Entry]:
    begins, ends = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    ours = [
        Entry(
            one.name, one.since, one.state, reverse("console:plan", args=[one.id]),
            one.overran_at is not None, _hour(one.since, begins, zone),
        )
        for one in plans
        if one.since < ends and one.until > begins
    ]  # fmt: skip
    theirs = [
        Entry(one.key, one.since, "carrier", "", False, _hour(one.since, begins, zone))
        for one in windows
        if one.since < ends and one.until > begins
        and one.status != "CANCELLED" and not one.key.startswith("plan ")
    ]  # fmt: skip
    return sorted([*ours, *theirs], key=lambda one: one.since)


def _hour(since: datetime, day_begins: datetime, zone: ZoneInfo) -> str:
    return "" if since < day_begins else since.astimezone(zone).strftime("%H:%M")
